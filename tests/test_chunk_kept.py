"""Chunks that are kept between runs: the output is to the byte what it is without, whatever happened in between."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from cq.chunking import kept
from cq.cli.at_end import finish
from cq.cli.chunk import chunk
from cq.cli.index import index
from cq.cli.search import search

OLD = 1_600_000_000  # of files that are not so new that they may change unnoticed


@pytest.fixture
def tree(tmp_path):
    top = tmp_path / "tree"
    for folder in ("a", "b", "c"):
        (top / folder).mkdir(parents=True)
        for number in range(4):
            (top / folder / f"m{number}.py").write_text(f"def f{number}(x):\n    return x + {number}\n\n\nx = 1\n")
    (top / "tool").write_text("#!/usr/bin/env python\nprint(1)\n")
    (top / "LICENSE").write_text("Do what you like.\n")
    (top / "broken.py").write_text("def f(:\n    pass\n")
    (top / "latin.py").write_bytes(b"x = '\xe9'\n")
    (top / "notes.txt").write_text("not cut\n")
    (top / "zero.py").write_bytes(b"a\0b")
    age(top)
    return top


def age(top):
    """As if nothing had happened for years."""
    for folder, _, names in os.walk(top):
        for name in (*names, "."):
            os.utime(os.path.join(folder, name), (OLD, OLD))


@pytest.fixture
def run(capsysbinary, tmp_path):
    """Run the command in this process with a cache; the rows, the account, and how many files were known."""
    before = signal.getsignal(signal.SIGINT)

    def go(tree, cache="cache", **values):
        values = {"workers": 1, "format": "jsonl"} | values
        kept = {"cache_dir": str(tmp_path / cache)} if cache else {"no_cache": True}
        status = chunk(values | kept, [str(tree)])
        finish()
        *rows, last = capsysbinary.readouterr().out.splitlines()
        account = json.loads(last)
        hits = account.pop("report").get("cache_hits", 0)
        return (status, rows, account), hits

    yield go
    signal.signal(signal.SIGINT, before)


def both(run, tree, **values):
    """How many files were known to a run that gives what one without a cache gives."""
    found, hits = run(tree, **values)
    plain = run(tree, cache="", **values)[0]
    for ours, theirs in zip(found, plain, strict=True):
        assert ours == theirs
    return hits


CUT = 16  # files with chunks: all but LICENSE and the two that are not cut


def test_a_second_run_cuts_nothing(run, tree):
    assert both(run, tree) == 0
    assert both(run, tree) == CUT - 1
    assert both(run, tree) == CUT - 1


@pytest.mark.parametrize(
    "values",
    [
        {"most": 40, "target": 20},
        {"size_by": "lines"},
        {"view": "defs"},
        {"header": False},
        {"overlap": 30},
        {"uses": True},
        {"text": True},
        {"kinds": ["function"]},
        {"query": "(return_statement) @chunk"},
        {"lang": "python"},
        {"priority": ["c/**=2"]},
    ],
    ids=lambda values: next(iter(values)),
)
def test_an_option_is_another_run(run, tree, values):
    run(tree)
    first = both(run, tree, **values)
    assert first == 0
    assert both(run, tree, **values) >= CUT - 1


@pytest.mark.parametrize("per_group", [1, 3, 64])
def test_only_what_changed_is_cut(run, tree, per_group, monkeypatch):
    monkeypatch.setattr(kept, "_FILES_PER_GROUP", per_group)
    both(run, tree)
    (tree / "b" / "m1.py").write_text("def other():\n    pass\n")
    assert both(run, tree) == CUT - 2
    assert both(run, tree) == CUT - 1
    (tree / "b" / "m1.py").rename(tree / "b" / "renamed.py")  # the path is in the header
    assert both(run, tree) == CUT - 2
    (tree / "b" / "m2.py").unlink()
    assert both(run, tree) == CUT - 2
    (tree / "a" / "new.py").write_text("def new():\n    pass\n")
    assert both(run, tree) == CUT - 2
    (tree / "a" / "m0.py").touch()  # the same content
    assert both(run, tree) == CUT - 1
    # The same size at the same time, which only the change time tells.
    (tree / "a" / "m0.py").write_text((tree / "a" / "m0.py").read_text().replace("x + 0", "x - 0"))
    age(tree)
    assert both(run, tree) == CUT - 2


def test_what_is_no_language_by_its_name_is_read_again_when_it_changes(run, tree):
    both(run, tree)
    (tree / "LICENSE").write_text("#!/usr/bin/env python\nprint(2)\n")
    (tree / "tool").write_text("no program any more\n")
    (tree / "zero.py").write_text("x = 1\n")
    both(run, tree)
    both(run, tree)


def test_of_files_that_are_the_same_ids_differ(run, tree):
    for name in ("one", "two", "three"):
        (tree / f"{name}.py").write_text("def same():\n    return 1\n")
    both(run, tree)
    (tree / "one.py").unlink()  # the first has another id than those behind it
    both(run, tree)


def test_many_workers_and_a_part_of_the_tree(run, tree):
    both(run, tree, workers=2)
    (tree / "c" / "m3.py").write_text("x = 2\n")
    assert both(run, tree, workers=2) == CUT - 2
    assert both(run, tree / "a") == 0
    assert both(run, tree / "a") == 4
    assert both(run, tree, globs=["*.py"]) == 0
    assert both(run, tree, globs=["*.py"]) == CUT - 2


def test_a_path_that_is_no_text(run, tree):
    with open(os.path.join(os.fsencode(tree), b"\xff.py"), "wb") as file:
        file.write(b"x = 1\n")
    both(run, tree)
    assert both(run, tree) == CUT - 1


def test_a_lost_blob_is_made_anew(run, tree, tmp_path):
    both(run, tree)
    database = tmp_path / "cache" / "blobs" / "cache.db"
    with sqlite3.connect(database) as connection:
        largest = connection.execute("SELECT rowid FROM Cache ORDER BY length(value) DESC LIMIT 1").fetchone()
        connection.execute("DELETE FROM Cache WHERE rowid = ?", largest)
    both(run, tree)
    assert both(run, tree) == CUT - 1
    database.write_bytes(b"no database at all" * 100)
    both(run, tree)
    assert both(run, tree) == CUT - 1


def test_without_the_index_files_are_told_by_content(run, tree, tmp_path):
    both(run, tree)
    for path in (tmp_path / "cache" / "index").iterdir():
        path.unlink()
    assert both(run, tree) == CUT - 1
    assert both(run, tree) == CUT - 1


def test_what_a_search_finds_is_not_touched(run, tree, tmp_path, capsysbinary):
    """Chunks give files their numbers; the words of these are still looked for."""
    options = {"cache_dir": str(tmp_path / "cache"), "root": str(tree), "json": True}
    both(run, tree)
    assert index(options, []) == 0
    capsysbinary.readouterr()
    (tree / "a" / "new.py").write_text("def quite_new():\n    pass\n")
    assert both(run, tree) == CUT - 1
    assert both(run, tree) == CUT
    assert index(options, []) == 0
    capsysbinary.readouterr()
    assert both(run, tree) == CUT
    assert search({"format": "jsonl", "cache_dir": str(tmp_path / "cache")}, ["quite_new", str(tree)]) == 0


def test_what_is_verified_is_made(run, tree):
    run(tree)
    assert both(run, tree, verify=True) == 0


def test_since_a_run(run, tree, tmp_path):
    found, _ = run(tree)
    earlier = tmp_path / "earlier.jsonl"
    assert chunk({"format": "jsonl", "no_cache": True, "output": str(earlier)}, [str(tree)]) == found[0]
    (tree / "b" / "m1.py").write_text("def other():\n    pass\n")
    assert both(run, tree, since=str(earlier)) == CUT - 2


def test_a_warm_run_imports_no_parser(run, tree, tmp_path):
    (tree / "zero.py").unlink()
    time.sleep(0.12)  # until the files are not new any more
    run(tree)
    code = (
        "import sys; from cq.cli.main import run; "
        f"run(['chunk', {str(tree)!r}, '--cache-dir', {str(tmp_path / 'cache')!r}, '--format', 'jsonl']); "
        "sys.exit(any(name.startswith(('tree_sitter', 'cq.lanes', 'cq.packs')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
