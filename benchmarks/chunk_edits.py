"""One function of a large file edited: which ids of its chunks change, and which of them need not.

    .venv/bin/python benchmarks/chunk_edits.py FOLDER... [--edits 50] [--lines 5000] [--tokenizer cl100k_base]

Each edit is made in the body of one function of a real file of so many lines or more, drawn evenly over the files: a
word is changed, a line added, a line taken away, or eight lines added. After the edit the file parses as well as
before; as many more leave a bracket open, as a file is while one types.

Changed ids are those that are new after the edit. `with the same text` counts those whose text a chunk had before with
the same route and kind: it must be 0. `beside it` counts those that the edit does not touch, whose text is another
because a cut beside them moved, or whose route is another because the parser no longer knows where they stand.
"""

import argparse
import os
import random
from bisect import bisect_right
from typing import NamedTuple

from cq.chunking.analysis import ChunkAnalysis
from cq.chunking.file_chunks import ChunkPlan, rows_of
from cq.chunking.options import chunk_options
from cq.resources import data_folder

FUNCTIONS = ("function", "method", "constructor")
KINDS = ("word", "added", "taken", "eight")
_LEAST_BODY_LINES = 4
_TRIES = 30


class Changed(NamedTuple):
    """What one edit did to the ids."""

    ids: int
    same_text: int
    beside: int


def analyses(tokenizer):
    """Of each view what cuts a file."""
    made = {}
    for view in ("partition", "defs"):
        options = chunk_options(view=view, tokenizer=tokenizer)
        made[view] = ChunkAnalysis(ChunkPlan(folders=(data_folder("queries"),), options=options))
    return made


def large_files(folders, least, analysis):
    """Files of so many lines in a language that is parsed, with their bytes."""
    found = []
    for folder in folders:
        for top, _, names in os.walk(folder):
            for path in (os.path.join(top, name) for name in names):
                if os.path.islink(path) or not analysis._table.by_path(path) or os.path.getsize(path) > 4_000_000:
                    continue
                with open(path, "rb") as file:
                    data = file.read()
                if data.count(b"\n") >= least:
                    found.append((path, data))
    return sorted(found)


def bodies_of(path, data, defs):
    """Spans of the lines of functions behind the first, where there are enough of them."""
    found = []
    for row in rows_of(defs.run(path, data)):
        first = data.find(b"\n", row.start_byte, row.end_byte) + 1
        if row.kind in FUNCTIONS and first and data.count(b"\n", first, row.end_byte) >= _LEAST_BODY_LINES:
            found.append((first, row.end_byte))
    return found


def edited(data, body, kind, draw):
    """A file with one edit of a line in a span, where the new bytes begin, and where they end."""
    starts = [body[0]]
    while at := data.find(b"\n", starts[-1], body[1] - 1) + 1:
        starts.append(at)
    start = draw.choice([at for at in starts if data[at : data.find(b"\n", at)].strip()] or starts)
    end = data.find(b"\n", start) + 1
    line = data[start:end]
    indent = line[: len(line) - len(line.lstrip(b" \t"))]
    new = {
        "word": draw.choice((line.replace(b"e", b"ee", 1), line.replace(b"a", b"A", 1))),
        "added": line + indent + b"compute(value, 17);\n",
        "taken": b"",
        "eight": line + b"".join(indent + b"combine(left, right, %d);\n" % number for number in range(8)),
        "open": line.rstrip(b"\n") + b" (\n",
    }[kind]
    return data[:start] + new + data[end:], start, start + len(new)


def errors_in(found):
    return sum(note.code == "syntax-error" for note in found.diagnostics), sum(row.has_error for row in rows_of(found))


def changed(now, before, start, end):
    """What became of the ids when the bytes from `start` to `end` were written."""
    known = {row.id for row in before}
    texts = {(row.content_hash, row.kind, row.route) for row in before}
    firsts = [row.start_byte for row in now]
    touched = range(max(0, bisect_right(firsts, start) - 1), bisect_right(firsts, max(start, end - 1)))
    new = [(at, row) for at, row in enumerate(now) if row.id not in known]
    same = sum((row.content_hash, row.kind, row.route) in texts for _, row in new)
    return Changed(len(new), same, sum(at not in touched for at, _ in new))


def measured(files, kinds, given, made):
    """Of each edit what it changed."""
    draw = random.Random(given.seed)
    found = []
    for number in range(given.edits):
        path, data = files[number % len(files)]
        before = made["partition"].run(path, data)
        bodies = bodies_of(path, data, made["defs"])
        for _ in range(_TRIES if bodies else 0):
            kind = draw.choice(kinds)
            after, start, end = edited(data, draw.choice(bodies), kind, draw)
            now = made["partition"].run(path, after)
            if after != data and (kind == "open" or errors_in(now) == errors_in(before)):
                found.append(changed(rows_of(now), rows_of(before), start, end))
                if given.each:
                    line = data.count(b"\n", 0, start) + 1
                    print(f"  {path}:{line} {kind:<6} of {len(now.rows):>6}: {found[-1]}")
                break
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--lines", type=int, default=5000)
    parser.add_argument("--tokenizer", default="")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--each", action="store_true")
    given = parser.parse_args()
    made = analyses(given.tokenizer)
    files = large_files(given.folders, given.lines, made["partition"])
    random.Random(given.seed).shuffle(files)
    print(f"{len(files)} files of {given.lines:,} lines or more")
    for title, kinds in (("edits after which all parses as before", KINDS), ("edits that open a bracket", ("open",))):
        found = measured(files, kinds, given, made)
        print(f"{len(found)} {title}")
        for at, name in enumerate(("ids changed", "with the same text", "beside it")):
            ordered = sorted(each[at] for each in found)
            middle, most = ordered[len(ordered) // 2], ordered[-1]
            mean = sum(ordered) / len(ordered)
            print(f"  {name:<20} median {middle:>3}   mean {mean:>5.1f}   most {most:>4}")


if __name__ == "__main__":
    main()
