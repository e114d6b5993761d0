"""Chunks as tables and graphs, read back by others."""

import errno
import json
import signal
import subprocess
import sys
import time

import pytest

from cq.cli.chunk import chunk
from cq.errors import CqError

pytest.importorskip("pyarrow")
from pyarrow import feather, parquet

from cq.chunking import tables
from cq.chunking.run import ChunkRun

SOURCE = '''import os


def first(a):
    """Say it."""
    return second(a, os.sep)


def second(a, b):
    return [a, b]


class Third:
    def go(self):
        return first(self)
'''


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    top = tmp_path_factory.mktemp("tree")
    (top / "a.py").write_text(SOURCE)
    (top / "b.py").write_text(SOURCE.replace("first", "one").replace("second", "two"))
    (top / "c.rs").write_text("fn f() {}\n")
    (top / "latin.py").write_bytes(b"# caf\xe9\nx = 1\n")
    return top


@pytest.fixture
def run(capsysbinary):
    """Run the command in this process; what it writes to stdout."""
    before = signal.getsignal(signal.SIGINT)

    def go(tree, **values):
        assert chunk({"workers": 1, "most": 60, "target": 30} | values, [str(tree)]) == 0
        return capsysbinary.readouterr().out

    yield go
    signal.signal(signal.SIGINT, before)


def lines(run, tree, **values):
    return [json.loads(line) for line in run(tree, format="jsonl", **values).splitlines()]


@pytest.mark.parametrize("compression", tables.COMPRESSIONS)
def test_a_flat_table_is_the_rows(run, tree, tmp_path, compression):
    *rows, tail = lines(run, tree)
    out = tmp_path / "chunks.parquet"
    run(tree, format="parquet", output=str(out), compression=compression, row_group=3)
    table = parquet.read_table(out)
    read = table.to_pylist()
    assert len(read) == len(rows) > 4
    for got, row in zip(read, rows, strict=True):
        assert {key: got[key] for key in row} == row
        assert not any(value for key, value in got.items() if key not in row)
    assert json.loads(parquet.read_metadata(out).metadata[b"cq.chunk"]) == tail["stamp"]
    assert parquet.ParquetFile(out).metadata.num_row_groups == -(-len(rows) // 3)


def test_duckdb_puts_the_files_together_again(run, tree, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    run(tree, format="parquet", output=str(tmp_path / "rel"), shape="relational", uses=True)
    chunks, files, edges = (f"'{tmp_path}/rel/{name}.parquet'" for name in ("chunks", "files", "edges"))
    whole = duckdb.sql(
        f"select path, string_agg(text, '' order by c.\"index\"), any_value(bytes), sum(end_byte - start_byte) "
        f"from {chunks} c join {files} using (path) where path <> 'latin.py' group by path order by path"
    ).fetchall()
    assert [row[:2] for row in whole] == [(name, (tree / name).read_text()) for name in ("a.py", "b.py", "c.rs")]
    assert all(size == covered for *_, size, covered in whole)
    calls = duckdb.sql(
        f"select s.path, t.path from {edges} join {chunks} s on s.id = source join {chunks} t on t.id = target "
        "where relation = 'calls' and s.text like '%def go%' and t.text like '%def first%'"
    ).fetchall()
    assert calls == [("a.py", "a.py")]
    assert duckdb.sql(f"select count(*) from {edges} where relation = 'next'").fetchall()[0][0] >= 2


def test_pandas_reads_the_rows(run, tree, tmp_path):
    pandas = pytest.importorskip("pandas")
    run(tree, format="parquet", output=str(tmp_path / "chunks.parquet"))
    frame = pandas.read_parquet(tmp_path / "chunks.parquet")
    rows = [row for row in lines(run, tree) if "id" in row]
    assert list(frame["id"]) == [row["id"] for row in rows]
    texts = frame[frame["base64"].isna()].groupby("path")["text"].agg("".join)
    assert texts["a.py"] == SOURCE


def test_nested_partitioned_and_arrow(run, tree, tmp_path):
    *rows, _ = lines(run, tree)
    run(tree, format="parquet", output=str(tmp_path / "nested"), shape="nested")
    nested = parquet.read_table(tmp_path / "nested").to_pylist()
    assert [file["path"] for file in nested] == ["a.py", "b.py", "c.rs", "latin.py"]
    assert [each["id"] for file in nested for each in file["chunks"]] == [row["id"] for row in rows]
    run(tree, format="parquet", output=str(tmp_path / "parts"), by_language=True)
    parts = parquet.read_table(tmp_path / "parts").to_pylist()
    assert {each["id"]: each["language"] for each in parts} == {row["id"]: row["language"] for row in rows}
    run(tree, format="arrow", output=str(tmp_path / "a.arrow"), columns=["id", "text"], compression="lz4")
    arrow = feather.read_table(tmp_path / "a.arrow")
    assert json.loads(arrow.schema.metadata[b"cq.chunk"])["max"] == 60
    assert arrow.column_names == ["id", "text"] and arrow["id"].to_pylist() == [row["id"] for row in rows]


def test_no_chunk_is_a_valid_table(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.py").write_text("")
    for shape, count in (("flat", 0), ("nested", 1)):
        run(tmp_path / "in", format="parquet", output=str(tmp_path / shape), shape=shape)
        assert parquet.read_table(tmp_path / shape).num_rows == count


def test_what_was_there_stays_when_writing_fails(run, tree, tmp_path, monkeypatch):
    out = tmp_path / "chunks.parquet"
    out.write_text("before")

    def full(self):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(tables._Writer, "_flush", full)
        with pytest.raises(CqError, match="No space left"):
            run(tree, format="parquet", output=str(out))
    assert out.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["chunks.parquet"]
    run(tree, format="parquet", output=str(out))
    assert parquet.read_table(out).num_rows


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_what_was_there_stays_when_the_user_ends_the_run(run, tree, tmp_path, monkeypatch, form):
    out = tmp_path / "chunks"
    out.write_text("before")
    count = ChunkRun._count

    def cancelled(self, found):
        count(self, found)
        self.is_cancelled = True

    monkeypatch.setattr(ChunkRun, "_count", cancelled)
    with pytest.raises(KeyboardInterrupt):
        run(tree, format=form, output=str(out))
    assert out.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["chunks"]


def test_control_c_leaves_nothing_behind(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    out.mkdir()
    for number in range(30):
        (source / f"a{number}.py").write_text(SOURCE * 600)  # seconds of work
    # What runs in the background of a shell ignores Ctrl-C, and so would what it starts.
    heed = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from cq.__main__ import main; main()"
    )
    command = [sys.executable, "-c", heed, "chunk", str(source), "-o", str(out / "t.parquet"), "-j", "1", "--no-cache"]
    running = subprocess.Popen([*command, "--format", "parquet"], stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while not list(out.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    assert [each.name[:4] for each in out.iterdir()] == [".cq-"]
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"format": "parquet"}, "goes to a file"),
        ({"format": "parquet", "output": "x", "columns": ["txet"]}, "no column"),
        ({"format": "arrow", "output": "x", "compression": "gzip"}, "no gzip"),
        ({"format": "jsonl", "compression": "zstd"}, "for tables"),
        ({"format": "parquet", "output": "x", "shape": "nested", "by_language": True}, "not partitioned"),
    ],
)
def test_what_does_not_go_together(tree, values, words):
    with pytest.raises(CqError, match=words):
        chunk(values, [str(tree)])


def test_a_missing_extra_is_named(tree, monkeypatch):
    monkeypatch.setattr(tables, "find_spec", lambda name: None)
    with pytest.raises(CqError) as caught:
        chunk({"format": "parquet", "output": "x"}, [str(tree)])
    assert "cq[parquet]" in caught.value.hint


def test_graphs(run, tree):
    from xml.etree import ElementTree

    graph = ElementTree.fromstring(run(tree, graph="graphml", uses=True))
    names = {"g": "http://graphml.graphdrawing.org/xmlns"}
    nodes = {node.get("id") for node in graph.iterfind(".//g:node", names)}
    edges = [(edge.get("source"), edge.get("target"), edge[0].text) for edge in graph.iterfind(".//g:edge", names)]
    assert all(source in nodes and target in nodes for source, target, _ in edges)
    assert {relation for *_, relation in edges} == {"contains", "next", "calls", "imports"}
    assert ("os", "imports") in {(target, relation) for _, target, relation in edges}
    dot = run(tree, graph="dot").decode()
    assert dot.startswith("digraph chunks {") and '[label="next"]' in dot
