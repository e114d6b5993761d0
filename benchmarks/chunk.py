"""`cq chunk` on real files and on the same files damaged: what is lost, what is too large, what is cut, what it costs.

    .venv/bin/python benchmarks/chunk.py FOLDER... [--limit 5000] [--tokenizer cl100k_base]

Definitions are found apart from the chunker: in Python by `ast`, elsewhere by the kinds of nodes in a query.
Those count that have lines of their own; one fits when these lines do, line break included.
"""

import argparse
import ast
import gc
import os
import random
import re
import resource
import time
from bisect import bisect_right
from collections import Counter

from tree_sitter import Parser, Query, QueryCursor

from cq.chunking.analysis import ChunkAnalysis
from cq.chunking.file_chunks import ChunkPlan, rows_of
from cq.chunking.ids import ALGORITHM
from cq.chunking.options import chunk_options
from cq.chunking.rows import bytes_of, whole_text
from cq.chunking.size import plain_measure
from cq.resources import data_folder

FOLDERS = (data_folder("queries"),)
# What an oracle that knows no more of a language than its grammar calls a definition.
KINDS = {
    "rust": "function_item struct_item enum_item trait_item impl_item mod_item macro_definition",
    "c": "function_definition struct_specifier enum_specifier",
    "cpp": "function_definition class_specifier struct_specifier enum_specifier",
    "javascript": "function_declaration class_declaration method_definition",
    "typescript": "function_declaration class_declaration interface_declaration enum_declaration method_definition",
    "tsx": "function_declaration class_declaration interface_declaration enum_declaration method_definition",
    "java": "class_declaration interface_declaration method_declaration constructor_declaration",
    "csharp": "class_declaration interface_declaration method_declaration constructor_declaration",
    "kotlin": "class_declaration object_declaration function_declaration",
    "go": "function_declaration method_declaration",
    "php": "class_declaration interface_declaration trait_declaration function_definition method_declaration",
    "ruby": "class module method singleton_method",
    "bash": "function_definition",
}
HASH_COMMENTS = ("python", "ruby", "bash")
_WORDS_ONLY = re.compile(rb"[\w\s@]*\Z")  # `export default` and the like


def files_of(folders, limit):
    """Files by language, drawn evenly from what there is."""
    table = ChunkAnalysis(ChunkPlan(folders=FOLDERS, options=chunk_options()))._table
    found = {}
    for folder in folders:
        for top, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(top, name)
                language = table.by_path(path)
                if language and os.path.isfile(path) and 0 < os.path.getsize(path) < 2_000_000:
                    found.setdefault(language, []).append(path)
    random.seed(7)
    share = limit // max(1, len(found))
    spare = sum(max(0, share - len(paths)) for paths in found.values())
    chosen = {}
    for language, paths in sorted(found.items(), key=lambda item: len(item[1])):
        paths.sort()
        random.shuffle(paths)
        chosen[language] = paths[: share + (spare if len(paths) > share else 0)]
    return chosen


def damaged(data, seed):
    """The file with a part gone, some bytes that nobody meant, and a part twice."""
    random.seed(seed)
    a, b = sorted(random.choices(range(len(data) + 1), k=2))
    b = min(b, a + 2000)
    return data[:a] + bytes(random.choices(b"({[\"'`/*\n\xff\x00#", k=4)) + data[b:] + data[a : a + 300]


def definitions_of(language, parser, data):
    """Spans of the lines of the definitions of a file that have lines of their own."""
    spans = []
    if language == "python":
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError):
            return []
        starts = [0]
        for line in data.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                end = starts[node.end_lineno - 1] + node.end_col_offset
                spans.append((starts[first - 1], data.find(b"\n", end) + 1 or len(data)))
        return spans
    if language not in KINDS:
        return []
    kinds = " ".join(f"({kind})" for kind in KINDS[language].split())
    query = Query(parser.language, f"[{kinds}] @it")
    root = parser.parse(data).root_node
    if root.has_error:
        return []
    for it in QueryCursor(query).captures(root).get("it", ()):
        first = data.rfind(b"\n", 0, it.start_byte) + 1
        end = data.find(b"\n", it.end_byte) + 1 or len(data)
        if _WORDS_ONLY.match(data[first : it.start_byte]) and len(data[it.end_byte : end].strip()) <= 1:
            spans.append((first, end))
    return spans


def comment_above(language, data, start):
    """Where the comment lines directly above a line begin; None when there are none."""
    marks = (b"#",) if language in HASH_COMMENTS else (b"//", b"/*", b"*")
    at = start
    while at:
        line = data.rfind(b"\n", 0, at - 1) + 1
        text = data[line:at].strip()
        if not text.startswith(marks):
            break
        at = line
    return at if at < start else None


def quality(chosen, options, show):
    """Losses, sizes, definitions."""
    newline = b"\n"
    analysis = ChunkAnalysis(ChunkPlan(folders=FOLDERS, options=options, verify=True))
    count = Counter()
    measure = plain_measure("tokens")
    exact = analysis._measure if analysis._measure.is_exact else None
    for language, paths in chosen.items():
        made = analysis._languages.get(language)
        parser = Parser(made.language) if made else None
        for number, path in enumerate(paths):
            with open(path, "rb") as file:
                data = file.read()
            for text, is_damaged in ((data, False), (damaged(data, number), True)):
                found = analysis.run(path, text)
                rows = rows_of(found)
                count["files"] += 1
                count["bytes"] += len(text)
                count["lost files"] += b"".join(map(bytes_of, rows)) != text
                count["not verified"] += any(note.code == "not-verified" for note in found.diagnostics)
                count["chunks"] += len(rows)
                for row in rows:
                    size = (exact or measure).count(whole_text(row).encode("utf-8", "surrogatepass"))
                    count["over the limit"] += row.base64 is None and size > options.most
                    count["tiny"] += row.size < options.least
                if is_damaged or parser is None:
                    continue
                starts = [row.start_byte for row in rows]
                for start, end in definitions_of(language, parser, data):
                    if (exact or measure).count(data[start:end]) > options.most:
                        continue
                    count["definitions that fit"] += 1
                    first = bisect_right(starts, start) - 1
                    last = bisect_right(starts, end - 1) - 1
                    count["cut"] += first != last
                    if show and first != last:
                        print(f"  cut: {path}:{data.count(newline, 0, start) + 1} to {data.count(newline, 0, end) + 1}")
                    above = comment_above(language, data, start)
                    if above is not None:
                        whole = (exact or measure).count(data[above:end]) <= options.most
                        count["with comments above"] += whole
                        is_apart = whole and bisect_right(starts, above) - 1 != first
                        count["apart from them"] += is_apart
                        if show and is_apart:
                            print(f"  apart from its comments: {path}:{data.count(newline, 0, start) + 1}")
    return count


def cost(chosen):
    """CPU of cutting over that of parsing, over the same files, three times; and of one after the other."""
    gc.disable()
    analysis = ChunkAnalysis(ChunkPlan(folders=FOLDERS, options=chunk_options()))
    for language, paths in chosen.items():
        made = analysis._languages.get(language)
        if made is None:
            continue
        texts = []
        for path in paths[:400]:
            with open(path, "rb") as file:
                texts.append((path, file.read()))
        parser = Parser(made.language)
        analysis.run(*texts[0])
        ratios = []
        for _ in range(3):
            began = time.process_time()
            for _, text in texts:
                parser.parse(text)
            parse = time.process_time() - began
            began = time.process_time()
            for path, text in texts:
                analysis.run(path, text)
            ratios.append((time.process_time() - began - parse) / parse)
        size = sum(len(text) for _, text in texts)
        print(f"  {language:<12} {len(texts):>5} files {size / 1e6:>6.1f} MB   {min(ratios):.2f} to {max(ratios):.2f}")


def worst(chosen):
    """What is generated: CPU for each byte, over that of usual source in the same run."""
    analysis = ChunkAnalysis(ChunkPlan(folders=FOLDERS, options=chunk_options()))

    def each(data, path):
        analysis.run(path, data[:1000])
        began = time.process_time()
        analysis.run(path, data)
        return (time.process_time() - began) / len(data)

    texts = []
    for path in chosen.get("python", [])[:100]:
        with open(path, "rb") as file:
            texts.append((file.read(), path))
    usual = sum(each(data, path) * len(data) for data, path in texts) / sum(len(data) for data, _ in texts)
    table = "".join(f"    ({n}, 'name {n}', [{n}, {n}]),\n" for n in range(12_500)).encode()
    cases = {
        "a table of 500 kB": (b"T = [\n" + table + b"]\n", "a.py"),
        "a line of 5 MB": (b"x = [" + b"1234,'abc'," * 460_000 + b"]", "a.py"),
        "5 MB of letters": (b"a" * 5_000_000, "a.txt"),
        "3 MB of line breaks": (b"\n" * 3_000_000, "a.txt"),
        "100,000 brackets": (b"(" * 100_000, "a.py"),
    }
    for name, (data, path) in cases.items():
        print(f"  {name:<24} {each(data, path) / usual:.2f} of usual source, byte for byte")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--limit", type=int, default=5000)
    parser.add_argument("--tokenizer", default="")
    parser.add_argument("--only", default="quality,cost,worst")
    parser.add_argument("--show", action="store_true")  # where definitions are cut
    given = parser.parse_args()
    chosen = files_of(given.folders, given.limit)
    print(f"algorithm {ALGORITHM};", ", ".join(f"{len(paths)} {language}" for language, paths in chosen.items()))
    if "quality" in given.only:
        for name, number in quality(chosen, chunk_options(tokenizer=given.tokenizer), given.show).items():
            print(f"  {name:<24} {number:>12,}")
    if "cost" in given.only:
        print("cutting over parsing, CPU")
        cost(chosen)
    if "worst" in given.only:
        print("worst files")
        worst(chosen)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
