"""Which parts of a file are text in another language, or code that the grammar sees as text or tokens."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from tree_sitter import Language, Node

from cq.engine.execute import matches_in
from cq.lanes.doc_examples import DocExamples
from cq.lanes.regions import one_line
from cq.lanes.table import LaneTable, LanguageEntry, Profile
from cq.packs.pattern import PatternText, parts_of
from cq.packs.query import PackQuery

Span = tuple[int, int]
_PROFILE = "injection.profile."
_SELF = "self"
_WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]")
# Which patterns are asked: all; those in whose texts an error is an error; those of other languages in strings.
Which = Literal["all", "strict", "strings"]


class Injection(NamedTuple):
    """One text within a file."""

    language: str  # as the table has it; the word as it was written when the table has none
    grammar: str  # import name of the grammar's wheel; "" when no language is called so
    spans: tuple[Span, ...]  # of the file, in order; together they are one text
    told_by: str  # what told the language: "pattern", "capture", "self", "parent", "profile", "default"
    via: str  # for readers: "doctest", "call execute", "macro json!"
    lenient: bool  # what does not parse in it is no error
    brackets: bool  # may be parsed without the brackets around it, and what stands in brackets in it, too
    pattern: str  # path:line
    node: Node  # that it was found by
    gaps: tuple[Span, ...] = ()  # what is put into it later (interpolations), when its language knows of such places

    @property
    def start(self) -> int:
        """Its first byte."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """The byte after its last."""
        return self.spans[-1][1]


class _Part(NamedTuple):
    """One content node of a match, with what the match says of it."""

    node: Node
    unit: object  # parts with the same one are one text
    language: str
    told_by: str
    profile: Profile | None
    owner: int  # id of the profile's node
    via: str


class InjectionReader:
    """The injections pack of one lane. Owns C objects: made once per process."""

    def __init__(self, name: str, language: Language, table: LaneTable) -> None:
        self._name = name
        self._language = language
        self._table = table
        self._entry: LanguageEntry = table.languages[name]
        self._examples = DocExamples(self._entry)
        self._patterns: tuple[PatternText, ...] = table.packs.patterns(name, "injections")
        self._queries: dict[tuple[Which, bool], PackQuery | None] = {}
        each = [profile.each.encode() for profile in self._entry.profiles if profile.each]
        self._each = [re.compile(pattern) for pattern in each]

    def injections(
        self,
        data: bytes,
        root: Node,
        parent: str = "",
        windows: Sequence[Span] | None = None,
        which: Which = "all",
    ) -> list[Injection]:
        """The injections of a tree in the order of the text, an outer one before those in it; each text once.

        `parent` is the language that the tree is itself injected into. With windows only what touches one is found.
        """
        # Of examples only those of the file: the lines of one that stands in another begin like those around it.
        query = self._query(which, not parent and self._examples.are_in(data))
        if query is None:
            return []
        parts: dict[int, list[_Part]] = {}
        seen: set[tuple[int, int, int]] = set()
        for index, captures in matches_in(query, root, windows or [(root.start_byte, root.end_byte)]):
            for part in self._parts(query, index, captures, parent):
                identity = (index, part.node.start_byte, part.node.end_byte)
                if identity not in seen:
                    seen.add(identity)
                    parts.setdefault(index, []).append(part)
        # By text: of two patterns for one text the later counts.
        found: dict[tuple[Span, ...], Injection] = {}
        for index in sorted(parts):
            for injection in self._texts(query, index, data, parts[index]):
                found.pop(injection.spans, None)
                found[injection.spans] = injection
        _drop_parts(found)
        return sorted(found.values(), key=lambda injection: (injection.start, -injection.end))

    def code_spans(self, data: bytes, region: Span) -> list[Span]:
        """Where in a string, in order, names look like those in a format string."""
        spans = [
            found.span(found.lastindex)
            for pattern in self._each
            for found in pattern.finditer(data, *region)
            if found.lastindex
        ]
        spans.sort()
        return spans

    def singles(self, data: bytes, injection: Injection) -> Iterator[list[Span]]:
        """The spans of an example, in the parts that stand on their own; of another text all of them."""
        return self._examples.singles(data, injection.spans)

    def _query(self, which: Which, with_examples: bool) -> PackQuery | None:
        key = (which, with_examples)
        if key not in self._queries:
            patterns = [p for p in self._patterns if _is_asked(which, with_examples, parts_of(p).settings)]
            self._queries[key] = PackQuery(self._language, patterns) if patterns else None
        return self._queries[key]

    def _parts(self, query: PackQuery, index: int, captures: dict[str, list[Node]], parent: str) -> list[_Part]:
        settings = query.parts(index).settings
        language, told_by, profile = self._told(settings, captures, parent)
        if not language:
            return []
        label = settings.get("cq.via") or ""
        owner = 0
        for capture, nodes in captures.items():
            if capture.startswith(_PROFILE) and profile is not None:
                owner = nodes[0].id
                if profile.names and not label:
                    label = f"{profile.of.partition('-')[0]} {one_line(nodes[0])}"
        contents = captures.get("injection.content", [])
        units = captures.get("injection.unit")
        unit = units[0].id if units else None
        return [
            _Part(
                node,
                unit or (node.id if len(contents) == 1 else contents[0].id),
                language,
                told_by,
                profile,
                owner,
                label,
            )
            for node in contents
        ]

    def _told(
        self, settings: Mapping[str, str | None], captures: dict[str, list[Node]], parent: str
    ) -> tuple[str, str, Profile | None]:
        """The language of a match, what told it, and the profile that did."""
        word = settings.get("injection.language")
        if word:
            return word, "pattern", None
        words = captures.get("injection.language")
        if words:
            return one_line(words[0]), "capture", None
        if "injection.self" in settings:
            return self._name, "self", None
        if "injection.parent" in settings and parent:
            return parent, "parent", None
        for capture, nodes in captures.items():
            if capture.startswith(_PROFILE):
                profile = self._profile(capture.removeprefix(_PROFILE), nodes[0], _text_of(captures))
                if profile is not None:
                    return self._name if profile.language == _SELF else profile.language, "profile", profile
                return "", "", None
        return self._entry.default_injection, "default", None

    def _profile(self, of: str, node: Node, content: bytes) -> Profile | None:
        text = ""
        for profile in self._entry.profiles:
            if profile.of != of:
                continue
            if profile.names:
                text = text or one_line(node)
                separator = self._entry.separator
                if not any(text == name or text.endswith(separator + name) for name in profile.names):
                    continue
            if profile.content and not re.match(profile.content.encode(), content):
                continue
            return profile
        return None

    def _texts(self, query: PackQuery, index: int, data: bytes, parts: list[_Part]) -> list[Injection]:
        settings = query.parts(index).settings
        texts: list[list[_Part]] = []
        if "injection.combined" in settings:
            by_language: dict[str, list[_Part]] = {}
            for part in parts:
                by_language.setdefault(part.language, []).append(part)
            texts.extend(by_language.values())
        else:
            by_unit: dict[object, list[_Part]] = {}
            for part in parts:
                by_unit.setdefault(part.unit, []).append(part)
            texts.extend(by_unit.values())
        for text in texts:
            text.sort(key=lambda part: part.node.start_byte)
        if "cq.first" in settings:
            texts.sort(key=lambda text: text[0].node.start_byte, reverse=True)
            texts = list({text[0].owner: text for text in texts}.values())
        if "cq.adjacent" in settings:
            texts = _runs(data, texts)
        found = []
        for text in texts:
            first = text[0]
            spans = [s for part in text for s in _spans(part.node, "injection.include-children" in settings)]
            if "cq.examples" in settings:
                found.extend(self._of_examples(query, index, data, first, (spans[0][0], spans[-1][1])))
            elif first.profile is not None and first.profile.each:
                for span in _each(first.profile.each, data, spans):
                    found.append(self._injection(query, index, first, (span,)))
            elif any(start < end for start, end in spans):
                injection = self._injection(query, index, first, tuple(s for s in spans if s[0] < s[1]))
                if self._table.placeholders(injection.language) is not None:
                    injection = injection._replace(gaps=_gaps([part.node for part in text]))
                found.append(injection)
        return found

    def _of_examples(self, query: PackQuery, index: int, data: bytes, first: _Part, region: Span) -> list[Injection]:
        found = []
        for example in self._examples.examples(data, region):
            if example.ours:
                injection = self._injection(query, index, first, example.spans)
                # What is computed is not here to be judged.
                found.append(injection if example.whole else injection._replace(lenient=True))
            elif example.tag:
                part = first._replace(language=example.first_word, told_by="capture", via="code block")
                found.append(self._injection(query, index, part, example.spans))
        return found

    def _injection(self, query: PackQuery, index: int, part: _Part, spans: tuple[Span, ...]) -> Injection:
        settings = query.parts(index).settings
        pattern = query.patterns[index]
        language, grammar = self._table.injected_language(part.language)
        return Injection(
            language=language,
            grammar=grammar,
            spans=spans,
            told_by=part.told_by,
            via=part.via,
            lenient="cq.lenient" in settings or (part.profile is not None and not part.profile.strict),
            brackets="cq.brackets" in settings,
            pattern=f"{pattern.path}:{pattern.line}",
            node=part.node,
        )


def _is_asked(which: Which, with_examples: bool, settings: Mapping[str, str | None]) -> bool:
    if "cq.examples" in settings:
        return with_examples and which != "strings"
    if which == "strict":
        return "cq.lenient" not in settings
    return which == "all" or "cq.brackets" not in settings


def _spans(node: Node, include_children: bool) -> list[Span]:
    """The bytes of a content node; without those of its children unless they are asked for."""
    if include_children or not node.child_count:
        return [node.byte_range]
    spans: list[Span] = []
    at = node.start_byte
    for child in node.children:
        if at < child.start_byte:
            spans.append((at, child.start_byte))
        at = max(at, child.end_byte)
    if at < node.end_byte:
        spans.append((at, node.end_byte))
    return spans or [(node.start_byte, node.start_byte)]


def _text_of(captures: Mapping[str, Sequence[Node]]) -> bytes:
    """What begins a text, for the regular expression of a profile: up to the end of the unit, gaps and all."""
    content = captures["injection.content"][0]
    units = captures.get("injection.unit")
    if not units:
        return content.text or b""
    # A unit of several strings, or with gaps, matches once for each of its parts.
    first = content
    waiting = list(reversed(units[0].named_children))
    while waiting:
        node = waiting.pop()
        if node.start_byte > content.start_byte:
            break
        if node.type == content.type:
            first = node
            break
        waiting.extend(reversed(node.named_children))
    return (units[0].text or b"")[first.start_byte - units[0].start_byte :]


def _gaps(contents: Sequence[Node]) -> tuple[Span, ...]:
    """What stands beside content nodes in the same string, without its quotes."""
    seen = {node.id for node in contents}
    strings = {parent.id: parent for node in contents if (parent := node.parent) is not None}
    return tuple(
        child.byte_range for parent in strings.values() for child in parent.children[1:-1] if child.id not in seen
    )


def _drop_parts(found: dict[tuple[Span, ...], Injection]) -> None:
    """Drop texts that are a part of another one in the same language: one of several strings that stand together."""
    larger = {(span, each.language): each for each in found.values() if len(each.spans) > 1 for span in each.spans}
    for spans, injection in list(found.items()):
        whole = larger.get((spans[0], injection.language))
        if whole is not None and len(whole.spans) > len(spans):
            del found[spans]


def _runs(data: bytes, texts: list[list[_Part]]) -> list[list[_Part]]:
    """Texts whose lines follow one another, with nothing but marks between them, as one."""
    runs: list[list[_Part]] = []
    for text in sorted(texts, key=lambda text: text[0].node.start_byte):
        if runs:
            last = runs[-1][-1].node
            between = data[last.end_byte : text[0].node.start_byte]
            if between.count(b"\n") <= 1 and not _WORD.search(between):
                runs[-1].extend(text)
                continue
        runs.append(list(text))
    return runs


def _each(pattern: str, data: bytes, spans: Sequence[Span]) -> list[Span]:
    """What the groups of a regular expression find in these spans."""
    found = []
    for start, end in spans:
        for match in re.finditer(pattern.encode(), data[start:end]):
            if match.lastindex:
                first, last = match.span(match.lastindex)
                found.append((start + first, start + last))
    return found
