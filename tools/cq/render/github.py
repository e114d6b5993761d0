"""Findings as workflow commands of GitHub: each becomes an annotation of its line."""

from collections.abc import Iterable, Iterator

from cq.rows.findings import Finding

_COMMANDS = {"error": "error", "warning": "warning"}
# One annotation has no more room.
_MESSAGE_LIMIT = 60_000


def github_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """A line for each finding: `::error file=...,line=...,endLine=...,col=...,endColumn=...,title=...::message`."""
    for finding in findings:
        command = _COMMANDS.get(finding.severity, "notice")
        # What ends at the beginning of a line does not stand on it.
        end_line = max(finding.line, finding.end_line - (finding.end_column == 1))
        properties = {"file": finding.path, "line": str(finding.line), "endLine": str(end_line)}
        # Columns count within one line only; the end of an annotation is its last column.
        if finding.line == finding.end_line:
            properties["col"] = str(finding.column)
            properties["endColumn"] = str(max(finding.column, finding.end_column - 1))
        properties["title"] = finding.code
        said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        yield f"::{command} {said}::{_data(_message(finding))}"


def _message(finding: Finding) -> str:
    parts = [finding.message, *(hint.message for hint in finding.hints)]
    if finding.note:
        parts.append(finding.note)
    return "\n".join(parts)[:_MESSAGE_LIMIT]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
