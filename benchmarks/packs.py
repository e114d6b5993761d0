"""What the query packs of a language cost, relative to parsing the same files in the same run.

    python benchmarks/packs.py FOLDER... [--language python] [--files 300] [--rounds 5] [--patterns N] [--queries DIR]

One line per corpus. 1 is the CPU of `Parser.parse` alone; trees are kept, and each column adds to the parse:

    empty     a query that matches nothing: what walking the tree costs
    all       one merged query of all shipped packs, every capture made into nodes
    query     one merged query of all patterns that emit rows, only their names (and @before, @after) made into nodes
    rows      that query, and its rows: (start, end, pattern), without duplicates, in the order of the file
    captures  `QueryCursor.captures` of that query
    build     rows - query: what making the rows costs
    call      rows of the role `call` only, with a query of the patterns of that role

Issue 3 asks for rows <= 0.6 and build <= captures. With --patterns N the N patterns that add most over an empty query
are listed, each alone: what it costs, and its matches. The garbage collector is off, as it is in cq's processes.
Files are taken evenly from all of the folder's (--files 0: all). Each figure is the median over the rounds, in each of
which everything is measured once.
"""

import argparse
import gc
import statistics
import sys
import time
from itertools import islice
from operator import eq
from pathlib import Path

from tree_sitter import Parser, Query, QueryCursor

from cq.grammar.language import load_language
from cq.lanes.table import lane_table
from cq.packs.meaning import meaning_of
from cq.packs.pattern import parts_of
from cq.packs.query import PackQuery
from cq.resources import data_folder

TOO_LARGE = 400_000  # one such file would decide the figures of a folder
TOUCHING = {"before", "after"}


class Merged:
    """Patterns as one query; those whose neighbours must be looked at stand last."""

    def __init__(self, language, patterns, names_only):
        self.patterns = sorted(patterns, key=self._touches)  # stable
        self.plain = sum(not self._touches(pattern) for pattern in self.patterns)
        self.query = PackQuery(language, self.patterns).query
        if names_only:
            # What a predicate asks of must stay: of a capture that is disabled, it holds always.
            kept = {"name"} | TOUCHING | {word for pattern in self.patterns for word in self._asked(pattern)}
            for name in [self.query.capture_name(index) for index in range(self.query.capture_count)]:
                if name not in kept:
                    self.query.disable_capture(name)
        self.cursor = QueryCursor(self.query)

    @staticmethod
    def _touches(pattern):
        return not TOUCHING.isdisjoint(parts_of(pattern).captures)

    @staticmethod
    def _asked(pattern):
        return (a.value for clause in parts_of(pattern).predicates for a in clause.arguments if a.is_capture)

    def rows(self, root):
        """The rows of a file: the fastest way that was found, see the comments."""
        matches = self.cursor.matches(root)
        plain = self.plain
        # A list, not a set: matches come nearly sorted, which makes sorting cheap, and a set would undo it.
        rows = [
            ((name := captures["name"][0]).start_byte, name.end_byte, index)
            for index, captures in matches
            if index < plain or side_by_side(captures)
        ]
        rows.sort()
        if any(map(eq, rows, islice(rows, 1, None))):
            rows = list(dict.fromkeys(rows))
        return rows


def side_by_side(captures):
    """Whether @before and @after touch @name. Asking for a sibling is slow, and most touch to the byte."""
    name = captures["name"][0]
    before, after = captures.get("before"), captures.get("after")
    if before and before[0].end_byte != name.start_byte and name.prev_sibling != before[0]:
        return False
    return not after or after[0].start_byte == name.end_byte or name.next_sibling == after[0]


def emits(pattern):
    """The role of the rows that a pattern emits, or "" when it emits none."""
    parts = parts_of(pattern)
    meaning = meaning_of(parts.settings, parts.captures)
    return meaning.role if meaning.emit in ("definition", "reference") and "name" in parts.captures else ""


def sources(folder, extensions, count):
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix in extensions and path.is_file())
    if count and len(paths) > count:
        paths = [paths[index * len(paths) // count] for index in range(count)]
    read = (path.read_bytes() for path in paths)
    return [data for data in read if len(data) <= TOO_LARGE]


def seconds(function, items):
    gc.collect()
    began = time.process_time()
    for item in items:
        function(item)
    return time.process_time() - began


def measure(what, rounds, items):
    """Median over the rounds of each function's CPU, by name."""
    spent = {name: [] for name in what}
    for _ in range(rounds):  # in turn, so that a noisy moment meets all of them
        for name, (function, on) in what.items():
            spent[name].append(seconds(function, items[on]))
    # The parse is the measure of all: of each round its own.
    ratios = {name: [each / parse for each, parse in zip(spent[name], spent["parse"], strict=True)] for name in what}
    return {name: statistics.median(values) for name, values in ratios.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--language", default="python")
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--patterns", type=int, default=0)
    parser.add_argument("--queries", default=data_folder("queries"))
    options = parser.parse_args()
    gc.disable()

    table = lane_table((options.queries,))
    entry = table.languages[options.language]
    language = load_language(entry.grammar)
    packs = table.packs.names(options.language)
    shipped = [pattern for pack in packs for pattern in table.packs.patterns(options.language, pack)]
    emitting = [pattern for pattern in shipped if emits(pattern)]
    calls = [pattern for pattern in emitting if emits(pattern) == "call"]
    everything, named = Merged(language, shipped, False), Merged(language, emitting, True)
    called = Merged(language, calls, True) if calls else None
    empty = QueryCursor(Query(language, "(ERROR (MISSING)) @never"))
    odd = [p for p in shipped if is_odd(Merged(language, [p], False).query)]
    print(f"{options.language}: {len(shipped)} patterns in {len(packs)} packs, {len(emitting)} emit rows, ", end="")
    print(f"{len(odd)} unrooted or not local" + "".join(f"\n  {p.path}:{p.line}" for p in odd))
    heads = ("parse", "empty", "all", "query", "rows", "captures", "build", "call")
    print(f"{'corpus':<24} {'files':>6} {'MB':>6} " + " ".join(f"{head:>8}" for head in heads))
    parse = Parser(language).parse
    for folder in options.folders:
        files = sources(folder, entry.extensions, options.files)
        if not files:
            print(f"{folder}: no files of {options.language}", file=sys.stderr)
            continue
        items = {"files": files, "roots": [parse(data).root_node for data in files]}
        what = {
            "parse": (parse, "files"),
            "empty": (empty.matches, "roots"),
            "all": (everything.cursor.matches, "roots"),
            "query": (named.cursor.matches, "roots"),
            "rows": (named.rows, "roots"),
            "captures": (named.cursor.captures, "roots"),
        }
        if called:
            what["call"] = (called.rows, "roots")
        ratio = measure(what, options.rounds, items)
        ratio["build"] = ratio["rows"] - ratio["query"]
        size = sum(map(len, files)) / 1e6
        line = " ".join(f"{ratio.get(head, float('nan')):>8.3f}" for head in heads)
        print(f"{Path(folder).name:<24} {len(files):>6} {size:>6.1f} {line}", flush=True)
        if options.patterns:
            dearest(language, emitting, options, what["parse"], empty, items)


def is_odd(query):
    return not query.is_pattern_rooted(0) or query.is_pattern_non_local(0)


def dearest(language, patterns, options, parse, empty, items):
    """Print the patterns that cost most, each in a query of its own."""
    alone = {f"{index}": Merged(language, [pattern], True) for index, pattern in enumerate(patterns)}
    what = {"parse": parse, "empty": (empty.matches, "roots")}
    what |= {key: (merged.cursor.matches, "roots") for key, merged in alone.items()}
    ratio = measure(what, options.rounds, items)
    added = sorted(((ratio[key] - ratio["empty"], int(key)) for key in alone), reverse=True)
    for cost, index in added[: options.patterns]:
        pattern = patterns[index]
        count = sum(len(alone[f"{index}"].cursor.matches(root)) for root in items["roots"])
        place = f"{Path(pattern.path).name}:{pattern.line}"
        print(f"  {cost:>+7.3f} {count:>8} {place:<20} {' '.join(pattern.text.split())[:70]}")


if __name__ == "__main__":
    main()
