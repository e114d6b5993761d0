"""Whether a printed rule finds the idiom again: its own example, all its places, and nothing else."""

import json
from typing import NamedTuple

from cq.grammar.parse import text_of
from cq.index.file_tree import FileTree
from cq.lanes.table import lane_table
from cq.mining.analysis import MineAnalysis, MinePlan
from cq.mining.form import FormMaker, is_instance
from cq.mining.normalize import Trace
from cq.mining.results import Result, Saved
from cq.rows.mining import Verified
from cq.rules.astgrep import matches, span_of, tree
from cq.rules.rule import Rule
from cq.scan.read import read_file
from cq.scan.results import Unread

# Of one idiom so many files are looked at, those with the fewest places first.
_FILES = 60


class Held(NamedTuple):
    """What a rule found in one file, held against the places there."""

    expected: int
    found: int
    again: int  # of the places, those that were found
    right: int  # of what was found, what is an instance of the pattern


def check_rule(result: Result, saved: Saved) -> Verified:
    """Run the rule of an idiom over its own files."""
    idiom = saved.idiom
    table = lane_table(result.folders)
    rules = {
        language: Rule(
            id=idiom.key, language=table.languages[language].ast_grep, route="config", config=json.loads(config)
        )
        for language, config in saved.configs.items()
    }
    checker = _Checker(result)
    example = idiom.examples[0] if idiom.examples else None
    finds_itself = False
    total = Held(0, 0, 0, 0)
    files = 0
    chosen = sorted(saved.places.items(), key=lambda each: (len(each[1]), result.paths[each[0]]))[:_FILES]
    for number, spans in chosen:
        path = result.paths[number]
        data = read_file(FileTree(result.root), path, True)
        if isinstance(data, Unread):
            continue
        files += 1
        rule = rules.get(table.by_path(path))
        found = set(spans_found(rule, data)) if rule is not None else set()
        if example is None or example.path == path:
            finds_itself |= example is None or (example.start_byte, example.end_byte) in found
        known = set(spans)
        right = len(found & known) + checker.instances(path, data, saved, found - known)
        held = Held(len(known), len(found), len(found & known), right)
        total = Held(*map(sum, zip(total, held, strict=True)))
    if example is not None and not finds_itself:
        data = read_file(FileTree(result.root), example.path, True)
        rule = rules.get(table.by_path(example.path))
        if rule is not None and not isinstance(data, Unread):
            finds_itself = (example.start_byte, example.end_byte) in spans_found(rule, data)
    return Verified(
        finds_itself=finds_itself,
        recall=total.again / total.expected if total.expected else 0.0,
        precision=total.right / total.found if total.found else 0.0,
        files=files,
    )


class _Checker:
    """Says whether what a rule found is an instance of the pattern: where that has a hole anything may stand."""

    def __init__(self, result: Result) -> None:
        level = "semantic" if result.level == "skeleton" else result.level
        self._level = result.level
        self._analysis = MineAnalysis(MinePlan(folders=result.folders, level=level))

    def instances(self, path: str, data: bytes, saved: Saved, spans: set[tuple[int, int]]) -> int:
        """How many of these places are instances."""
        language = saved.idiom.language
        table, normalizer = self._analysis.tables(language), self._analysis.normalizer(language)
        lane = self._analysis.lanes.lane_or_none(language)
        if not spans or table is None or normalizer is None or lane is None:
            return 0
        tree = lane.parse(data)
        source = text_of(tree, data)
        trace = Trace(set(), set())
        normalizer.anchors(tree, source, trace)
        # What is too large to be told is told here: it is the pattern that says where a hole is.
        maker = FormMaker(table, source, trace._replace(holes=set()), self._level)
        count = 0
        for start, end in spans:
            node = tree.root_node.descendant_for_byte_range(start, end)
            while node is not None and node.start_byte == start and node.end_byte == end:
                if node.type == saved.idiom.kind:
                    count += is_instance(saved.signature, maker.form(node).signature)
                    break
                node = node.parent
        return count


def spans_found(rule: Rule, data: bytes) -> list[tuple[int, int]]:
    """The spans of what a rule finds in a file, in bytes."""
    text = data.decode("utf-8", "replace")
    root = tree(text, rule.language).root()
    spans = [span_of(node) for node in matches(root, rule)]
    if text.isascii():
        return spans
    return [(len(text[:start].encode()), len(text[:end].encode())) for start, end in spans]
