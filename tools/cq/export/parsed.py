"""The analysis behind `cq export`: one file to its tree, or to the reason why it has none."""

import msgspec

from cq.export.rows import ParsedFile
from cq.grammar.language import is_installed, load_language
from cq.grammar.node_types import installed_version
from cq.grammar.parse import parse
from cq.lanes.table import lane_table
from cq.rows.shared import Diagnostic, as_text
from cq.settings import PARSE_LIMIT_BYTES


class ParsePlan(msgspec.Struct, frozen=True):
    """Which languages there are, and which one a file without an extension is in."""

    folders: tuple[str, ...]
    language: str = ""


class ParseAnalysis:
    """Parses single files."""

    def __init__(self, plan: ParsePlan) -> None:
        self._table = lane_table(plan.folders)
        self._language = plan.language
        self._versions: dict[str, str] = {}

    def run(self, path: str, data: bytes) -> ParsedFile | Diagnostic:
        """The tree of one file; a diagnostic where there is none to export."""
        language = self._language or self._table.by_content(path, data, self._table.data)
        if not language:
            return _refused(path, "unknown-language", "no grammar for this language: not exported")
        if len(data) > PARSE_LIMIT_BYTES:
            message = f"{len(data):,} bytes: files of more than {PARSE_LIMIT_BYTES:,} are not parsed"
            return _refused(path, "too-large-to-parse", message)
        grammar = self._table.languages[language].grammar
        if not is_installed(grammar):
            return msgspec.structs.replace(
                self._table.without_grammar(path, language, "not exported"), severity="error"
            )
        tree = parse(load_language(grammar), data)
        if grammar not in self._versions:
            self._versions[grammar] = installed_version(grammar)
        return ParsedFile(path, language, grammar, self._versions[grammar], data, tree)


def _refused(path: str, code: str, message: str) -> Diagnostic:
    return Diagnostic(path=as_text(path), code=code, severity="error", message=message)
