#!/usr/bin/env python3
"""Make other slips than lost delimiters in real files, and count how often the first finding says which it was.

    .venv/bin/python benchmarks/diagnose_slips.py FOLDER... --places 100 --seed 1

Lost colons and semicolons, `=` for `==`, keywords with two letters swapped, merge marks. Slips after which the file
still parses are skipped.
"""

import argparse
import collections
import os
import random
import re
import sys
from collections.abc import Callable

from cq.diagnose.diagnosis import diagnose
from cq.diagnose.facts import facts_of
from cq.diagnose.source import Grammar
from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.lanes.table import lane_table
from cq.resources import data_folder

_LARGEST = 100_000


def swapped(found):
    """A word with two of its letters in each other's place."""
    word = found[0]
    return word[:1] + word[2:3] + word[1:2] + word[3:] if len(word) > 2 else word[::-1]


# name: (what is broken, what takes its place, codes that say so)
SLIPS: dict[str, tuple[bytes, bytes | Callable[[re.Match[bytes]], bytes], tuple[str, ...]]] = {
    "colon": (rb":(?=[ \t]*\n)", b"", ("missing-token",)),
    "semicolon": (rb";(?=[ \t]*\n)", b"", ("missing-token",)),
    "equals": (rb"(?<= )==(?= )", b"=", ("assignment-in-condition",)),
    "keyword": (
        rb"\b(?:import|return|class|while|except|def|struct|impl|enum|match|trait|use|pub|let|fn)\b(?= )",
        swapped,
        ("misspelt-keyword",),
    ),
    "merge": (rb"(?m)^.+\n", rb"<<<<<<< HEAD\n\g<0>=======\n\g<0>>>>>>>> other\n", ("merge-conflict",)),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--places", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    folders = (data_folder("queries"),)
    table = lane_table(folders)
    files = collections.defaultdict(list)
    for folder in options.folders:
        for where, _, names in os.walk(folder):
            for name in sorted(names):
                language, path = table.by_path(name), os.path.join(where, name)
                if language and os.path.isfile(path) and 0 < os.path.getsize(path) < _LARGEST:
                    files[language].append(path)
    for language, paths in sorted(files.items()):
        grammar = Grammar(language, load_language(table.languages[language].grammar), facts_of(folders, language))
        print(f"\n{language:<12}{'n':>6}{'place':>8}{'code':>8}{'parses':>8}{'equal':>8}")
        for slip in SLIPS:
            measure(slip, grammar, sorted(paths), options)
    return 0


def measure(slip, grammar, paths, options):
    """Break files in one way, and print a line."""
    find, new, codes = SLIPS[slip]
    draw = random.Random(options.seed)
    tally: collections.Counter[str] = collections.Counter()
    for _ in range(20 * options.places):
        if tally["n"] >= options.places:
            break
        with open(draw.choice(paths), "rb") as file:
            data = file.read()
        hits = list(re.finditer(find, data))
        if not hits or parse(grammar.language, data).root_node.has_error:
            continue
        found = draw.choice(hits)
        text = new(found) if callable(new) else found.expand(new)
        broken = data[: found.start()] + text + data[found.end() :]
        tree = parse(grammar.language, broken)
        if not tree.root_node.has_error:
            continue
        damages = [each for each in diagnose(grammar, broken, tree) if each.remark.severity == "error"]
        line = broken.count(b"\n", 0, found.start())
        fixed = broken
        edits = [each.edit for each in damages if each.edit is not None and each.edit.is_fix]
        for edit in sorted(edits, key=lambda each: -each.start):
            fixed = fixed[: edit.start] + edit.text + fixed[edit.end :]
        right = bool(damages) and damages[0].remark.code in codes
        tally["n"] += 1
        tally["code"] += right
        tally["place"] += bool(damages) and abs(broken.count(b"\n", 0, damages[0].start) - line) <= 1
        tally["parses"] += bool(edits) and not parse(grammar.language, fixed).root_node.has_error
        tally["equal"] += fixed == data
        if options.show and not right:
            begin = broken.rfind(b"\n", 0, found.start()) + 1
            print(
                "  ", broken[begin : broken.find(b"\n", found.start())], "->", *[d.remark.message for d in damages[:2]]
            )
    if tally["n"]:
        parts = "".join(f"{100 * tally[each] / tally['n']:>7.0f}%" for each in ("place", "code", "parses", "equal"))
        print(f"{slip:<12}{tally['n']:>6}{parts}")


if __name__ == "__main__":
    sys.exit(main())
