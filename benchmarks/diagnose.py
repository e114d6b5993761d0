#!/usr/bin/env python3
"""Delete one delimiter from real files at many places, diagnose each, and count how often the diagnosis is right.

    .venv/bin/python benchmarks/diagnose.py FOLDER... --places 500 --seed 1

Every place is drawn at random, a file and then a delimiter in it: ( ) [ ] { } or one quote (one mark of three counts as
one) of a string. Deletions after which the file still parses are skipped, since there is nothing to find.
"""

import argparse
import collections
import os
import random
import sys
import time

from cq.diagnose.diagnosis import Damage, diagnose
from cq.diagnose.facts import facts_of
from cq.diagnose.source import Grammar
from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.lanes.table import lane_table
from cq.resources import data_folder

_LARGEST = 300_000


def delimiters(grammar, data, tree):
    """(start, end) of every delimiter: brackets outside of strings and comments, and both quotes of each string."""
    spans = []
    stack = [tree.root_node]
    while stack:
        node = stack.pop()
        kind = node.type
        if kind in "()[]{}" and len(kind) == 1:
            spans.append((node.start_byte, node.end_byte))
        elif kind in ("string_start", "string_end", '"') or (
            kind == "char_literal" and node.end_byte > node.start_byte
        ):
            text = data[node.start_byte : node.end_byte]
            if kind == "char_literal":
                spans += [(node.start_byte, node.start_byte + 1), (node.end_byte - 1, node.end_byte)]
            else:
                marks = len(text) - len(text.rstrip(b"\"'"))
                if marks:
                    spans.append((node.end_byte - marks, node.end_byte))
        stack.extend(node.children)
    return spans


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--places", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", default="", help="misses of these measures: place, hint, fix, equal")
    options = parser.parse_args()
    folders = (data_folder("queries"),)
    table = lane_table(folders)
    files = collections.defaultdict(list)
    for folder in options.folders:
        for where, _, names in os.walk(folder):
            for name in sorted(names):
                language = table.by_path(name)
                path = os.path.join(where, name)
                if language and os.path.isfile(path) and 0 < os.path.getsize(path) < _LARGEST:
                    files[language].append(path)
    for language, paths in sorted(files.items()):
        paths.sort()
        measure(language, paths, table, folders, options)
    return 0


def measure(language, paths, table, folders, options):
    """Break files of one language, and print what the diagnosis says of them."""
    grammar = Grammar(language, load_language(table.languages[language].grammar), facts_of(folders, language))
    draw = random.Random(options.seed)
    tally: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    spent, parsing = [], []
    skipped = 0
    while tally["all"]["n"] < options.places:
        path = draw.choice(paths)
        with open(path, "rb") as file:
            data = file.read()
        tree = parse(grammar.language, data)
        spans = [] if tree.root_node.has_error else delimiters(grammar, data, tree)
        if not spans:
            continue
        start, end = draw.choice(spans)
        mark = data[start:end].decode()
        broken = data[:start] + data[end:]
        began = time.process_time()
        tree = parse(grammar.language, broken)
        parsed = time.process_time()
        if not tree.root_node.has_error:
            skipped += 1
            continue
        damages = [each for each in diagnose(grammar, broken, tree) if each.remark.severity == "error"]
        done = time.process_time()
        spent.append(done - began)
        parsing.append(max(parsed - began, 1e-5))
        said = judge(damages, broken, data, start, mark, grammar)
        said["both"] = said["place"] and said["hint"]
        for row in ("all", mark):
            tally[row]["n"] += 1
            for name, right in said.items():
                tally[row][name] += right
        if options.show and any(not said[name] for name in options.show.split(",")):
            line = broken.count(b"\n", 0, start) + 1
            found = damages[0] if damages else None
            told = "nothing"
            if found is not None:
                told = str(broken[: found.start].count(10) + 1) + ": " + found.remark.message
            text = data[data.rfind(b"\n", 0, start) + 1 : data.find(b"\n", end)].decode("utf-8", "replace").strip()
            column = start - data.rfind(b"\n", 0, start)
            wrong = ", ".join(name for name, right in said.items() if not right)
            place = f"{path}:{line}:{column}: lost {mark} in {text[:100]!r}"
            print(f"{place}; said {told}; {len(damages)} findings; not {wrong}")
    names = ("both", "one", "place", "hint", "fix", "parses", "equal")
    print(f"\n{language}: {options.places} places, seed {options.seed}; {skipped} deletions left a file that parses")
    print(f"{'lost':<6}{'n':>6}" + "".join(f"{name:>9}" for name in names))
    for row, counts in sorted(tally.items(), key=lambda each: (each[0] != "all", each[0])):
        print(f"{row:<6}{counts['n']:>6}" + "".join(f"{100 * counts[name] / counts['n']:>8.1f}%" for name in names))
    ratios = sorted(s / p for s, p in zip(spent, parsing, strict=True))
    middle, late = ratios[len(ratios) // 2], ratios[int(len(ratios) * 0.95)]
    mean = sum(spent) / sum(parsing)
    print(f"processor time against one parse: median {middle:.1f}x, 95th percentile {late:.1f}x, mean {mean:.1f}x")


def judge(damages: list[Damage], broken, data, start, mark, grammar):
    """What of the answer is right."""
    line = broken.count(b"\n", 0, start)
    first = damages[0] if damages else None
    said = dict.fromkeys(("one", "place", "hint", "fix", "parses", "equal"), False)
    if first is None:
        return said
    said["one"] = len(damages) == 1
    at = first.start
    if first.edit is not None and first.edit.text.startswith(b"\n"):
        at += 1
    said["place"] = abs(broken.count(b"\n", 0, at) - line) <= 1
    hints = first.remark.hints
    said["hint"] = bool(hints) and hints[0].message.endswith((f"`{mark}` is missing", f" lacks its other {mark}"))
    edits = [each.edit for each in damages if each.edit is not None and each.edit.is_fix]
    said["fix"] = bool(edits)
    fixed = broken
    for edit in sorted(edits, key=lambda each: -each.start):
        fixed = fixed[: edit.start] + edit.text + fixed[edit.end :]
    said["parses"] = bool(edits) and not parse(grammar.language, fixed).root_node.has_error
    said["equal"] = fixed == data
    return said


if __name__ == "__main__":
    sys.exit(main())
