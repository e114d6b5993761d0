"""`queries/chunks.toml` and the chunks packs: what cutting needs to know of each language, all of it data."""

import functools
import os

import msgspec
from tree_sitter import Language, Tree

from cq.chunking.definitions import Finder, KindTable, finder_of
from cq.chunking.kinds import NodeKinds, node_kinds
from cq.chunking.uses import FileUses, UseReader
from cq.grammar.language import grammar_version, is_installed, load_language, wheel_of
from cq.grammar.node_types import installed_version
from cq.lanes.table import LaneTable, lane_table
from cq.toml_file import read_toml


class ChunkEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language of chunks.toml; the file itself says what each key is."""

    extensions: tuple[str, ...] = ()
    grammar: str = ""
    comment: str = ""
    opaque: tuple[str, ...] = ()
    wrappers: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    definitions: dict[str, str] = {}
    names: tuple[str, ...] = ("name",)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    languages: dict[str, ChunkEntry] = {}


class ChunkTable:
    """The languages that files are cut in: those of lanes.toml, then those that only chunks.toml knows."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self.lanes: LaneTable = lane_table(folders)
        self.entries: dict[str, ChunkEntry] = {}
        for folder in folders:
            self.entries.update(_read(os.path.join(folder, "chunks.toml")))
        self._by_extension = {
            extension: name
            for name, entry in self.entries.items()
            if name not in self.lanes.languages
            for extension in entry.extensions
        }

    def by_content(self, path: str, data: bytes) -> str:
        """The language of a file, or ""."""
        return self.lanes.by_content(path, data, self.lanes.data) or self._other(path)

    def by_path(self, path: str) -> str:
        """The language of a file by its extension, or ""."""
        return self.lanes.by_path(path, self.lanes.data) or self._other(path)

    def _other(self, path: str) -> str:
        """The language without a lane of a file, or ""."""
        return self._by_extension.get(os.path.splitext(path)[1].lower(), "")

    def named(self, word: str) -> str:
        """The language that the user calls `word`. Raises CqError with those there are."""
        if word.lower() in self.entries and word.lower() not in self.lanes.aliases():
            return word.lower()
        return self.lanes.named(word)

    def grammar(self, name: str) -> str:
        """The import name of a language's grammar; "" when it has none."""
        lane = self.lanes.languages.get(name)
        return lane.grammar if lane is not None else self.entries[name].grammar

    def install(self, name: str) -> str:
        """How the grammar of a language is installed; "" when it has none."""
        lane = self.lanes.languages.get(name)
        if lane is not None and lane.extra:
            return f"pip install 'cq[{lane.extra}]'"
        grammar = self.grammar(name)
        return f"pip install {wheel_of(grammar)}" if grammar else ""

    def fallback(self, name: str) -> str:
        """Another language, for files that parse with fewer errors as that one; "" when there is none."""
        lane = self.lanes.languages.get(name)
        return lane.fallback if lane is not None else ""

    def comment(self, name: str) -> str:
        """How a comment line of a language begins."""
        return self.entries[name].comment if name in self.entries else ""


@functools.cache
def chunk_table(folders: tuple[str, ...]) -> ChunkTable:
    """The table of these query folders, read once."""
    return ChunkTable(folders)


def _read(path: str) -> dict[str, ChunkEntry]:
    said = read_toml(path, _File)
    return {} if said is None else said.languages


class ChunkLanguage:
    """What is needed to cut files of one language. Owns C objects: made once per process, never pickled."""

    def __init__(self, name: str, table: ChunkTable, query: str = "") -> None:
        self.name = name
        entry = table.entries.get(name, ChunkEntry())
        lane = table.lanes.languages.get(name)
        self.separator = lane.separator if lane is not None else "."
        self.comment = entry.comment
        self.language: Language = load_language(table.grammar(name))
        grammar = table.grammar(name)
        # Those of an older format tell no version of their own.
        version = grammar_version(self.language) or installed_version(grammar)
        self.grammar = f"{wheel_of(grammar)} {version}".strip()
        self.opaque = frozenset((*entry.opaque, *(lane.token_trees if lane is not None else ()), "ERROR"))
        self.leading = frozenset(
            (*entry.leading, *((*lane.leading_decorators, *lane.leading_comments) if lane is not None else ()))
        )
        wrappers = frozenset((*entry.wrappers, *(lane.wrappers if lane is not None else ())))
        packs = table.lanes.packs
        kinds = KindTable(entry.definitions, entry.names)
        self._packs = packs
        self._kinds: dict[bool, NodeKinds] = {}
        self._uses: UseReader | None = None
        self._finder_of = finder_of(self.language, packs, name, kinds, wrappers, query)

    def finder(self, tree: Tree) -> Finder:
        """Tells the definitions of one tree."""
        return self._finder_of(tree)

    def kinds(self, finder: Finder) -> NodeKinds:
        """What its kinds of nodes are, with the definitions that a finder knows."""
        candidates = finder.candidates  # the same for all trees, if any
        known = self._kinds.get(candidates is None)
        if known is None:
            known = node_kinds(self.language, candidates, self.leading, self.opaque)
            self._kinds[candidates is None] = known
        return known

    def uses(self, tree: Tree) -> FileUses:
        """What one file uses."""
        if self._uses is None:
            self._uses = UseReader(self.language, self._packs, self.name)
        return self._uses.read(tree)


class ChunkLanguages:
    """The languages of one process, each made when first met."""

    def __init__(self, table: ChunkTable, query: str = "") -> None:
        self.table = table
        self._query = query
        self._made: dict[str, ChunkLanguage | None] = {}

    def get(self, name: str) -> ChunkLanguage | None:
        """The language; None when its grammar is not installed."""
        if name not in self._made:
            grammar = self.table.grammar(name)
            there = bool(grammar) and is_installed(grammar)
            self._made[name] = ChunkLanguage(name, self.table, self._query) if there else None
        return self._made[name]
