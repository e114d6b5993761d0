"""`queries/lanes.toml` as types: which languages there are, and what of each is data rather than a query."""

import fnmatch
import functools
import os
import re
import tomllib
from collections.abc import Container, Iterable, Sequence
from typing import Any

import msgspec

from cq.errors import CqError
from cq.grammar.language import is_installed, wheel_of
from cq.packs.source import PackSource
from cq.rows.shared import MISSING_GRAMMAR, Diagnostic, as_text


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the injections pack cannot say: the language of what is handed to certain functions or macros."""

    of: str  # which captures it speaks of: `@injection.profile.OF`
    names: tuple[str, ...] = ()  # the captured text, or its end after a separator; none: any
    language: str  # a word of the table, or "self"
    content: str = ""  # regular expression: how the content must begin
    strict: bool = False  # what does not parse in it is an error of the file
    each: str = ""  # regular expression: what its groups find is the content, each match a text of its own


class InjectedEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A language that is met within others only: there is a grammar, and no lane."""

    grammar: str
    aliases: tuple[str, ...] = ()
    extra: str = ""  # of the distribution, that installs the grammar
    # What programs put into a text of this language later: a regular expression for it. It is parsed as this character,
    # repeated, and so are the gaps of a text (interpolations). A group (?P<number>) in it is parsed as zeros.
    placeholders: str = ""
    filler: str = "_"


class LanguageEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language of the table."""

    extensions: tuple[str, ...]  # with the dot, lower case
    grammar: (
        str  # import name of the grammar's wheel; of one with several grammars, and the function: `wheel.language_x`
    )
    extra: str = ""  # of the distribution, that installs the grammar; without the grammar its files are text
    fallback: str = ""  # another language of the table, for a file that parses with fewer errors as that one
    macros: str = ""  # regular expression: what is no syntax; left out where the file has fewer errors without it
    base: str = ""  # another language of the same file: its values hold for all that is not said here
    ast_grep: str = ""  # what ast-grep calls it; without it there are no patterns and rules for it
    aliases: tuple[str, ...] = ()  # other names for --lang and -t
    interpreters: tuple[str, ...] = ()  # of a `#!` line
    separator: str = "."  # between the parts of a qualified name
    module_separator: str = "."
    package_files: tuple[str, ...] = ()  # file stems that name their folder
    constructors: tuple[str, ...] = ()  # members that making a value of a type calls
    closed_types: bool = False  # bases and members of a type stand in its definition, and nowhere else
    called_methods: tuple[str, ...] = ()  # members that calling a value of a type calls
    type_tests: tuple[str, ...] = ()  # functions that ask of a value whether it is of the types they are given
    test_scopes: tuple[str, ...] = ()  # names of modules within files that hold tests
    argument_name: str = ""  # regular expression: how an argument that names its parameter begins
    argument_spreads: tuple[str, ...] = ()  # what stands before an argument that is many, the longest first
    signature: str = ""  # a definition of nothing: `{}` is its name and parameters
    typing_conditions: tuple[str, ...] = ()  # under which code is for type checkers only
    test_functions: tuple[str, ...] = ()  # regular expressions: functions in files of tests that a runner calls
    test_types: tuple[str, ...] = ()  # regular expressions: types in whose members the runner looks for tests
    test_bases: tuple[str, ...] = ()  # the same, of types that inherit one of these
    injecting: tuple[
        str, ...
    ] = ()  # regular expressions: decorators of functions whose results tests take by their name
    injecting_files: tuple[str, ...] = ()  # names of files of which such functions are for all of their folder
    test_id: str = (
        ""  # what its runner calls a test: of {path}, {scopes} and its {name} "::" between; {inner}: no crate
    )
    self_words: tuple[str, ...] = ()  # receivers that mean the enclosing type
    bare_members: bool = False  # members of the enclosing scopes are called without a receiver
    keywords: tuple[str, ...] = ()  # words that are never names, even where the parser took one for a name
    type_keywords: tuple[str, ...] = ()  # words that name no type: where one stands for a type it is a keyword
    keyword_kinds: tuple[str, ...] = ()  # kinds of definition whose name may be a keyword all the same
    keyword_quotes: str = ""  # characters that make a name of the keyword behind them
    name_marks: str = ""  # characters before a name that are not of it: `attr_reader :rows` defines `rows`
    wrappers: tuple[str, ...] = ()  # node kinds around a definition that belong to it
    leading_decorators: tuple[str, ...] = ()  # node kinds that stand before the definition they are of
    leading_comments: tuple[str, ...] = ()
    doc_comment: str = ""  # regular expression: how a documentation comment begins
    inner_doc_comment: str = ""  # the same for one that documents what it stands in, not what follows
    doc_prompts: tuple[str, ...] = ()  # regular expressions: how a line of an example begins
    doc_fences: tuple[str, ...] = ()  # regular expressions: the line that opens or ends a code block
    doc_tags: tuple[str, ...] = ()  # regular expressions: a tag of a fence around code of this language
    doc_margin: str = ""  # regular expression: what stands before the code in a line of a fenced example
    doc_between: str = ""  # regular expression: a line that may stand between those of one documentation
    doc_computed: str = ""  # regular expression: such a line that stands for a text which is not known here
    doc_raw: str = ""  # regular expression: the quotes of a string in which backslashes mean nothing; "": all are such
    profiles: tuple[Profile, ...] = ()  # of injections
    default_injection: str = ""  # the language of an injection that nothing else tells
    qualifiers: dict[str, str] = {}  # node kind -> field that qualifies the name in it ("": what stands before)
    passages: tuple[str, ...] = ()  # node kinds between a name and the node that qualifies it
    part_kinds: tuple[str, ...] = ()  # node kinds that are understood without those before them, and begin with a word
    part_holders: tuple[str, ...] = ()  # those whose `body` holds others
    terminator: str = ""  # of a statement, where an expression alone is no program
    parameters_field: str = "parameters"  # of a definition: the node that holds them, brackets and all
    token_trees: tuple[str, ...] = ()  # node kinds that hold tokens without structure
    called_by_others: tuple[str, ...] = ()  # regular expressions: names that need no reference, such as `main`
    test_names: tuple[str, ...] = ()  # the same, in files of tests
    plain_decorators: tuple[str, ...] = ()  # decorators and attributes that hand nothing to others
    library: str = ""  # a file beside the packs that declares what the language's own library has
    library_name: str = ""  # regular expression: a name that it declares
    public: tuple[str, ...] = ()  # visibilities that promise a definition to other projects
    data: bool = False  # no code: looked at by what cuts and outlines files, by others only where it is asked for
    searched: bool = False  # of data: every search judges what stands in it
    levels: tuple[str, ...] = ()  # kinds of definition that go on up to the next of the same or an earlier kind
    outline_depth: int = 0  # how many levels of definitions an outline shows unless it is told; 0: all
    outline_reach: int = 0  # so deep in the tree do those stand
    outline_most: int = 0  # and so many of them side by side; 0: all


class Lexical(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of languages that have no entry."""

    definition_words: tuple[str, ...]
    import_words: tuple[str, ...]
    line_comments: tuple[str, ...]
    prose: tuple[str, ...]
    tests: tuple[str, ...]


class _TableFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    shared: tuple[str, ...] = ()  # folders of packs that are no languages: others inherit from them
    lexical: Lexical | None = None
    injected: dict[str, InjectedEntry] = {}
    languages: dict[str, LanguageEntry] = {}


class LaneTable:
    """All languages of one or more query folders; of two entries with one name the later folder's counts."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self.folders = folders
        self.languages: dict[str, LanguageEntry] = {}
        self.injected: dict[str, InjectedEntry] = {}
        self.shared: frozenset[str] = frozenset()
        self.packs = PackSource(folders)
        lexical = None
        for folder in folders:
            table = _read(folder)
            lexical = table.lexical or lexical
            self.injected.update(table.injected)
            self.shared |= frozenset(table.shared)
            for name, entry in table.languages.items():
                for extension in entry.extensions:
                    if not extension.startswith(".") or extension != extension.lower():
                        path = os.path.join(folder, "lanes.toml")
                        raise CqError(
                            f"{path}: [languages.{name}] extensions: {extension!r}",
                            'with the dot, in lower case: ".go"',
                        )
                self.languages[name] = entry
        for name, entry in self.languages.items():
            if entry.fallback and entry.fallback not in self.languages:
                raise CqError(f"[languages.{name}] fallback: no language {entry.fallback!r}", "one of the table")
        if lexical is None:
            raise CqError(f"no [lexical] table in {' or '.join(folders)}")
        self.lexical = lexical
        self._by_extension = {ext: name for name, entry in self.languages.items() for ext in entry.extensions}
        self._prose = frozenset(lexical.prose)
        self.data = frozenset(name for name, entry in self.languages.items() if entry.data)
        self.searched = frozenset(name for name in self.data if self.languages[name].searched)
        self._by_alias = {
            alias.lower(): name for name, entry in self.languages.items() for alias in (name, *entry.aliases)
        }
        self._injected_by_alias = {
            alias.lower(): name for name, entry in self.injected.items() for alias in (name, *entry.aliases)
        }
        self._tests = re.compile("|".join(fnmatch.translate(word) for word in lexical.tests))

    def named(self, word: str) -> str:
        """The language that the user calls `word`. Raises CqError with those there are."""
        try:
            return self._by_alias[word.lower()]
        except KeyError:
            raise CqError(f"unknown language: {word!r}", f"one of: auto, {', '.join(sorted(self._by_alias))}") from None

    def injected_language(self, word: str) -> tuple[str, str]:
        """The language that an injection calls `word`, and its grammar; the word itself and "" when there is none."""
        word = word.strip().lower()
        name = self._by_alias.get(word)
        if name is not None:
            return name, self.languages[name].grammar
        name = self._injected_by_alias.get(word)
        return (name, self.injected[name].grammar) if name is not None else (word, "")

    def placeholders(self, language: str) -> tuple[str, str] | None:
        """What stands for text to come in a language that is met within others, and what it is parsed as."""
        entry = self.injected.get(language)
        return (entry.placeholders, entry.filler) if entry is not None and entry.placeholders else None

    def aliases(self) -> frozenset[str]:
        """All words that `named` knows, in lower case."""
        return frozenset(self._by_alias)

    def named_or_all(self, words: Sequence[str]) -> tuple[str, ...]:
        """The languages that the user names, each once; all when there are no words."""
        return tuple(dict.fromkeys(map(self.named, words))) if words else tuple(sorted(self.languages))

    def bases(self, language: str) -> tuple[str, ...]:
        """The languages that a language is based on, the nearest first."""
        found: list[str] = []
        entry = self.languages.get(language)
        while entry is not None and entry.base:
            found.append(entry.base)
            entry = self.languages.get(entry.base)
        return tuple(found)

    def how_to_install(self, language: str) -> str:
        """What to type for the grammar of a language of the table, or of one that is met within others."""
        entry = self.languages.get(language) or self.injected.get(language)
        if entry is None:
            return ""
        return f'pip install "cq[{entry.extra}]"' if entry.extra else f"pip install {wheel_of(entry.grammar)}"

    def without_grammar(self, path: str, language: str, what: str) -> Diagnostic:
        """What to say of a file whose language has no grammar installed; `what` was not done with it."""
        message = f"no grammar for {language} installed: {what}; {self.how_to_install(language)}"
        return Diagnostic(path=as_text(path), code=MISSING_GRAMMAR, message=message)

    def installed(self) -> list[str]:
        """The languages whose grammars are there, sorted."""
        return sorted(name for name, entry in self.languages.items() if is_installed(entry.grammar))

    def by_path(self, path: str, asked: Container[str] = ()) -> str:
        """The language of a file by its extension, or ""; of the languages of data only one that is asked for."""
        found = self._by_extension.get(_extension(path), "")
        return found if found not in self.data or found in asked else ""

    def by_content(self, path: str, data: bytes, asked: Container[str] = ()) -> str:
        """The language of a file by its extension or its `#!` line, or ""; of the languages of data as `by_path`."""
        found = self.by_path(path, asked)
        if found or not data.startswith(b"#!"):
            return found
        words = data[2:128].split(b"\n", 1)[0].decode("ascii", "replace").replace("/", " ").split()
        for name, entry in self.languages.items():
            if any(word.rstrip("0123456789.") in entry.interpreters for word in words):
                return name
        return ""

    def asked(self, languages: Iterable[str], paths: Iterable[str]) -> frozenset[str]:
        """The languages of data that are asked for: by name, or by that of a file."""
        named = (self._by_extension.get(_extension(path), "") for path in paths)
        return self.data.intersection((*languages, *named))

    def related(self, language: str) -> tuple[str, ...]:
        """The language and those that share files with it, one being the fallback of the other: `.h` is of two."""
        entries = self.languages
        if language not in entries:
            return (language,)
        fallback = entries[language].fallback
        return tuple(n for n, entry in entries.items() if n in (language, fallback) or entry.fallback == language)

    def is_prose(self, path: str) -> bool:
        """Whether a file without a language is prose or data rather than code."""
        return _extension(path) in self._prose

    def is_test(self, path: str) -> bool:
        """Whether a file belongs to the tests, by the names of its folders and its own."""
        return any(self._tests.match(part) for part in path.split("/"))


def _extension(path: str) -> str:
    return os.path.splitext(path)[1].lower()


@functools.cache
def lane_table(folders: tuple[str, ...]) -> LaneTable:
    """The table of these query folders, read once."""
    return LaneTable(folders)


def _read(folder: str) -> _TableFile:
    path = os.path.join(folder, "lanes.toml")
    try:
        with open(path, "rb") as file:
            return msgspec.convert(_with_bases(path, tomllib.load(file)), _TableFile)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and _has_packs(folder):
            return _TableFile()
        hint = "a folder of queries has a lanes.toml, or folders of packs for known languages: LANGUAGE/calls.scm"
        raise CqError(f"{path}: {error.strerror}", hint) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise CqError(f"{path}: {error}") from error


def _with_bases(path: str, table: dict[str, Any]) -> dict[str, Any]:
    """The table with what each language takes over from its `base`."""
    languages = table.get("languages")
    if not isinstance(languages, dict):
        return table
    whole: dict[str, Any] = {}
    for name, entry in languages.items():
        base = entry.get("base") if isinstance(entry, dict) else None
        if base is not None and base not in whole:
            raise CqError(f"{path}: [languages.{name}] base: no language {base!r} stands before it")
        whole[name] = (
            entry if base is None else {**whole[base], "aliases": [], "interpreters": [], "fallback": "", **entry}
        )
    return {**table, "languages": whole}


def _has_packs(folder: str) -> bool:
    """Whether a folder has a folder with a pack in it."""
    for folder_or_file in _names_in(folder):
        if any(name.endswith(".scm") for name in _names_in(os.path.join(folder, folder_or_file))):
            return True
    return False


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # a file, or nothing that we may read
        return []
