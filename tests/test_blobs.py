"""What is kept of files by their content: found again, by any root; and whatever happens to it, nobody notices."""

import pickle
import sqlite3

import msgspec
import pytest

from cq.index.file_tree import FileTree
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.settings import SUMMARIES_AT_ONCE_BYTES
from cq.store.blobs import Blobs
from cq.symbols.project import Project, Summaries


class Counted(msgspec.Struct):
    size: int


class Counter:
    """A summarizer that counts what it is asked for."""

    name = "counter"
    makes = Counted

    def __init__(self, version=1):
        self.version = version
        self.asked = 0

    def summarize(self, data):
        self.asked += 1
        return Counted(len(data))


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "first.py").write_bytes(b"#" * (SUMMARIES_AT_ONCE_BYTES - 1))  # so much is not looked up
    for number in range(5):
        (folder / f"m{number}.py").write_text(f"x = {number}\n" * (number + 1))
    return folder


def ask(root, folder, version=1):
    """How many summaries a run has to make, with what is kept in a folder."""
    paths = sorted(path.name for path in root.iterdir())
    blobs = Blobs(str(folder) if folder else "")
    counter = Counter(version)
    project = Project(FileTree(str(root)), paths, lane_table((data_folder("queries"),)), blobs=blobs)
    summaries = Summaries(project, counter)
    assert [summaries.of(path).size for path in paths] == [len(project.read(path)) for path in paths]
    blobs.flush()
    blobs.close()
    return counter.asked


def test_a_second_run_makes_only_what_changed(root, tmp_path):
    cache = tmp_path / "cache"
    assert ask(root, cache) == 6
    assert ask(root, cache) == 1
    (root / "m3.py").write_text("changed")
    assert ask(root, cache) == 2
    assert ask(root, cache, version=2) == 6
    (root / "m4.py").rename(root / "renamed.py")
    assert ask(root, cache) == 1


def test_without_a_folder_nothing_is_kept(root, tmp_path):
    assert ask(root, "") == ask(root, "") == 6
    assert [path.name for path in tmp_path.iterdir()] == ["root"]


def database(cache):
    return cache / "blobs" / "cache.db"


def change(cache, statement, *values):
    with sqlite3.connect(database(cache)) as connection:
        connection.execute(statement, values)
    connection.close()


def test_nothing_is_unpickled(root, tmp_path):
    cache, seen = tmp_path / "cache", tmp_path / "seen"
    ask(root, cache)

    class Harm:
        def __reduce__(self):
            return open, (str(seen), "w")

    change(cache, "UPDATE Cache SET mode = 4, value = ?", pickle.dumps(Harm()))
    assert ask(root, cache) == 6
    change(cache, "UPDATE Cache SET raw = 0")
    assert ask(root, cache) == 6
    change(cache, "UPDATE Cache SET mode = 2, filename = ?, value = NULL", str(root / "m1.py"))
    assert ask(root, cache) == 6
    assert not seen.exists()
    assert (root / "m1.py").exists()
    assert ask(root, cache) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE Cache SET value = substr(value, 1, length(value) - 1)",
        "UPDATE Cache SET value = x'00' || value",
        "UPDATE Cache SET value = 'text'",
        "UPDATE Cache SET value = x''",
        "UPDATE Cache SET key = key || x'00'",
        "UPDATE Settings SET value = 'many' WHERE key = 'size'",
        "UPDATE Settings SET key = 'sqlite_writable_schema' WHERE key = 'hits'",
        "UPDATE Settings SET key = 'disk_else' WHERE key = 'hits'",
        "DELETE FROM Settings",
        "DROP TABLE Cache",
        "DROP TABLE Settings",
    ],
)
def test_what_is_damaged_is_made_anew(root, tmp_path, statement):
    cache = tmp_path / "cache"
    ask(root, cache)
    change(cache, statement)
    assert ask(root, cache) in (1, 6)
    assert ask(root, cache) == 1


def test_a_file_that_is_no_database(root, tmp_path):
    cache = tmp_path / "cache"
    ask(root, cache)
    for content in (b"", b"no database" * 1000, database(cache).read_bytes()[:5000]):
        for path in database(cache).parent.iterdir():
            path.unlink()
        database(cache).write_bytes(content)
        assert ask(root, cache) == 6
        assert ask(root, cache) == 1


def test_a_folder_that_cannot_be_used(root, tmp_path):
    (tmp_path / "cache").write_text("a file")
    assert ask(root, tmp_path / "cache") == 6
    (tmp_path / "$HOME").mkdir()  # diskcache would put something else in its place
    assert ask(root, tmp_path / "$HOME") == 6
    assert not list((tmp_path / "$HOME").iterdir())


def test_a_lock_is_not_waited_for_long(root, tmp_path, monkeypatch):
    monkeypatch.setattr("cq.store.blob_cache._BUSY_SECONDS", 0.05)
    cache = tmp_path / "cache"
    ask(root, cache)
    (root / "m3.py").write_text("changed")
    with sqlite3.connect(database(cache), isolation_level=None) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert ask(root, cache) in (2, 6)
        connection.execute("ROLLBACK")
    connection.close()


def test_its_size_is_bounded(root, tmp_path, monkeypatch):
    monkeypatch.setenv("CQ_CACHE_SIZE", "2M")
    cache = tmp_path / "cache"
    blobs = Blobs(str(cache))
    blobs._BATCH_BYTES = 1
    for number in range(60):
        blobs.put(blobs.key(Counter(), b"%d" % number), bytes((number * 7 + i * i) % 251 for i in range(50_000)))
        blobs.flush()
    blobs.close()
    assert sum(path.stat().st_size for path in database(cache).parent.iterdir()) < 2_000_000
