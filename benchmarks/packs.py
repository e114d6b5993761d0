"""What the query packs of a language cost, relative to parsing the same files in the same run.

    python benchmarks/packs.py FOLDER... [--language python] [--files 300] [--rounds 5] [--patterns N] [--queries DIR]

One line per corpus. 1 is the CPU of `Parser.parse` alone; trees are kept, and each column adds to the parse:

    empty     a query that matches nothing: what walking the tree costs
    all       one merged query of all packs, every capture made into nodes
    query     the merged query that cq runs for all packs: patterns that emit rows, and only the captures they need
    rows      that query as cq runs it, with its evidence rows: typed spans, without duplicates, in order
    captures  `QueryCursor.captures` of that query
    build     rows - query: what making the rows costs
    call      rows of the role `call` only: specialised to the patterns that can give it
    encoded   rows and their JSON, with lines, columns and texts, as `cq query --format jsonl` writes them

The aims are rows <= 0.6 and build <= captures. With --patterns N the N patterns that add most over an empty query
are listed, each alone: what it costs, and its matches. The garbage collector is off, as it is in cq's processes.
Files are taken evenly from all of the folder's (--files 0: all). Each figure is the median over the rounds, in each of
which everything is measured once.
"""

import argparse
import gc
import statistics
import sys
import time
from pathlib import Path

import msgspec
from tree_sitter import Parser, Query, QueryCursor

from cq.engine.history import History
from cq.engine.plan import GivenLimits, PackFigures, make_plan
from cq.engine.program import Program
from cq.engine.windows import ByteWindow
from cq.grammar.language import load_language
from cq.lanes.table import lane_table
from cq.packs.query import PackQuery
from cq.query.analysis import LanguageAsk, QueryAnalysis, QueryPlan
from cq.query.ask import is_wanted
from cq.resources import data_folder

TOO_LARGE = 400_000  # one such file would decide the figures of a folder


class Run:
    """Packs as `cq query --pack` runs them once they are measured: merged into one query."""

    def __init__(self, language, name, packs, roles=()):
        patterns = {pack: [each for each in texts if is_wanted(each, roles)] for pack, texts in packs.items()}
        patterns = {pack: texts for pack, texts in patterns.items() if texts}
        figures = [PackFigures(pack, pack, len(texts), 1.0) for pack, texts in patterns.items()]
        plan = make_plan(name, "0", figures, "all", History(None), GivenLimits())
        measured = tuple(msgspec.structs.replace(pack, cost_us_per_kb=1.0) for pack in plan.packs)
        self.plan = msgspec.structs.replace(plan, packs=measured)
        self.patterns = patterns
        self.program = Program(language, self.plan, patterns, None, evidence=True, separator=".", scopes_of=None)
        self.pack = self.program.step(self.plan.together).pack
        self.cursor = QueryCursor(self.pack.query)

    def query(self, root):
        """The matches, and no rows."""
        return self.pack.matches(self.cursor, root, root)

    def rows(self, root):
        """The evidence rows of a file."""
        size = root.end_byte
        return self.program.run(root, [ByteWindow(0, size)], "intersection", size).found


def encoding(folders, name, run):
    """The analysis that `cq query` runs on each file, parsing and all."""
    numbered = {pack: tuple(enumerate(texts)) for pack, texts in run.patterns.items()}
    ask = LanguageAsk(plan=run.plan, patterns=numbered, evidence=True)
    return QueryAnalysis(QueryPlan(folders=folders, languages={name: ask}))


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
    spent: dict[str, list[float]] = {name: [] for name in what}
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
    packs = {pack: table.packs.patterns(options.language, pack) for pack in table.packs.names(options.language)}
    run = Run(language, options.language, packs)
    called = Run(language, options.language, packs, ("call",))
    everything = PackQuery(language, [pattern for texts in packs.values() for pattern in texts])
    empty = QueryCursor(Query(language, "(ERROR (MISSING)) @never"))
    emitting = [pattern for texts in run.patterns.values() for pattern in texts]
    odd = [pattern for pattern in everything.patterns if is_odd(PackQuery(language, [pattern]).query)]
    print(f"{options.language}: {len(everything.patterns)} patterns in {len(packs)} packs, ", end="")
    print(f"{len(emitting)} emit rows, {len(odd)} unrooted or not local", *(f"\n  {p.path}:{p.line}" for p in odd))
    heads = ("parse", "empty", "all", "query", "rows", "captures", "build", "call", "encoded")
    print(f"{'corpus':<24} {'files':>6} {'MB':>6} " + " ".join(f"{head:>8}" for head in heads))
    parse = Parser(language).parse
    whole = QueryCursor(everything.query)
    for folder in options.folders:
        files = sources(folder, entry.extensions, options.files)
        if not files:
            print(f"{folder}: no files of {options.language}", file=sys.stderr)
            continue
        items = {"files": files, "roots": [parse(data).root_node for data in files]}
        name = f"a{entry.extensions[0]}"
        analysis = encoding((options.queries,), options.language, run)
        what = {
            "parse": (parse, "files"),
            "empty": (empty.matches, "roots"),
            "all": (lambda root: everything.matches(whole, root, root), "roots"),
            "query": (run.query, "roots"),
            "rows": (run.rows, "roots"),
            "captures": (run.cursor.captures, "roots"),
            "call": (called.rows, "roots"),
            "encoded": (lambda data, name=name, analysis=analysis: analysis.run(name, data), "files"),
        }
        ratio = measure(what, options.rounds, items)
        ratio["build"] = ratio["rows"] - ratio["query"]
        ratio["encoded"] -= 1  # it parses, too
        size = sum(map(len, files)) / 1e6
        line = " ".join(f"{ratio[head]:>8.3f}" for head in heads)
        print(f"{Path(folder).name:<24} {len(files):>6} {size:>6.1f} {line}", flush=True)
        if options.patterns:
            dearest(language, emitting, options, what["parse"], empty, items)


def is_odd(query):
    return not query.is_pattern_rooted(0) or query.is_pattern_non_local(0)


def dearest(language, patterns, options, parse, empty, items):
    """Print the patterns that cost most, each in a query of its own."""
    alone = {f"{index}": Run(language, options.language, {"alone": [each]}) for index, each in enumerate(patterns)}
    what = {"parse": parse, "empty": (empty.matches, "roots")}
    what |= {key: (run.query, "roots") for key, run in alone.items()}
    ratio = measure(what, options.rounds, items)
    added = sorted(((ratio[key] - ratio["empty"], int(key)) for key in alone), reverse=True)
    for cost, index in added[: options.patterns]:
        pattern = patterns[index]
        count = sum(len(alone[f"{index}"].query(root)) for root in items["roots"])
        place = f"{Path(pattern.path).name}:{pattern.line}"
        print(f"  {cost:>+7.3f} {count:>8} {place:<20} {' '.join(pattern.text.split())[:70]}")


if __name__ == "__main__":
    main()
