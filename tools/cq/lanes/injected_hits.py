"""Hits in strings and comments, judged again in the text that the string or comment holds."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from tree_sitter import Node

from cq.grammar.parse import parse_spans
from cq.lanes.doc_examples import DocExamples, Example
from cq.lanes.injections import Injection, InjectionReader
from cq.lanes.regions import Span
from cq.lanes.table import LaneTable
from cq.lanes.verdict import Verdict

if TYPE_CHECKING:
    from cq.lanes.lane import Lane

# How far hits are followed into injections: not at all; where that finds code of the file (macro bodies, names in
# format strings); everywhere: examples in documentation and strings in other languages are told apart, too.
Injected = Literal["none", "code", "all"]
_TEXT = ("string", "comment")


class InjectedHits:
    """Judges the hits of one lane's files. Owns C objects: made once per process."""

    def __init__(self, lane: "Lane", table: LaneTable, lane_of: Callable[[str], "Lane | None"]) -> None:
        self._lane = lane
        self._table = table
        self._lane_of = lane_of
        self.examples = DocExamples(lane.entry)
        self.reader = InjectionReader(lane.name, lane.language, table)

    def judge(
        self,
        data: bytes,
        root: Node,
        hits: Sequence[Span],
        regions: Sequence[Span | None],
        verdicts: list[Verdict],
        injected: Injected,
        depth: int,
    ) -> None:
        """Put better verdicts in place of those of hits that stand in a string or comment, each with its region."""
        everything = injected == "all"
        by_example: dict[Example, list[int]] = {}
        asked: list[int] = []
        for position, (hit, region) in enumerate(zip(hits, regions, strict=True)):
            verdict = verdicts[position]
            if region is None or verdict.role not in _TEXT:
                continue
            # Only in the file itself: the lines of an example in another begin like those around it.
            example = self.examples.example_at(data, region, hit[0]) if not depth else None
            if example is not None and (everything or example.ours):
                if example.ours:
                    verdicts[position] = verdict._replace(role="doc-example", kind="", via="doctest")
                if everything:
                    by_example.setdefault(example, []).append(position)
            elif verdict.role == "string" and (
                everything or any(a <= hit[0] < b for a, b in self.reader.code_spans(data, region))
            ):
                asked.append(position)
        for example, positions in by_example.items():
            self._in_example(data, example, hits, positions, verdicts, depth)
        if asked:
            windows = sorted({region for position in asked if (region := regions[position]) is not None})
            found = self.reader.injections(data, root, "", windows, "strings")
            by_text: dict[int, list[int]] = {}
            for position in asked:
                start = hits[position][0]
                # The innermost comes last.
                at = [number for number, each in enumerate(found) if any(a <= start < b for a, b in each.spans)]
                if at:
                    by_text.setdefault(at[-1], []).append(position)
            for number, positions in by_text.items():
                self._in_text(data, found[number], hits, positions, verdicts, depth)

    def _in_example(
        self,
        data: bytes,
        example: Example,
        hits: Sequence[Span],
        positions: list[int],
        verdicts: list[Verdict],
        depth: int,
    ) -> None:
        language = self._lane.name if example.ours else self._table.injected_language(example.first_word)[0]
        inner = self._verdicts(language, data, example.spans, [hits[position] for position in positions], depth)
        for number, position in enumerate(positions):
            outer = verdicts[position]
            via = "doctest" if example.ours else "code block"
            if inner is None:
                verdicts[position] = outer._replace(injected=language, via=via)
            else:
                role = inner[number].role
                kind = role if role != "unparsed" else ""
                verdicts[position] = outer._replace(role="doc-example", kind=kind, injected=language, via=via)

    def _in_text(
        self,
        data: bytes,
        text: Injection,
        hits: Sequence[Span],
        positions: list[int],
        verdicts: list[Verdict],
        depth: int,
    ) -> None:
        inner = self._verdicts(text.language, data, text.spans, [hits[position] for position in positions], depth)
        for number, position in enumerate(positions):
            outer = verdicts[position]
            if inner is None:
                verdicts[position] = outer._replace(injected=text.language, via=text.via)
                continue
            verdict = inner[number]
            verdicts[position] = verdict._replace(
                role="reference" if verdict.role == "unparsed" else verdict.role,
                scope=outer.scope + verdict.scope,
                names=outer.names + verdict.names,
                via=outer.via or text.via,
                injected=text.language,
            )

    def _verdicts(
        self, language: str, data: bytes, spans: Sequence[Span], hits: list[Span], depth: int
    ) -> list[Verdict] | None:
        """The hits as a lane judges them in a text of their own; None when there is no lane for it."""
        lane = self._lane_of(language)
        if lane is None:
            return None
        tree = parse_spans(lane.language, data, spans, lane.entry.terminator)
        return lane.classify(data, tree.root_node, hits, "all", depth + 1)
