"""What changed since a run or a commit: applied to a store, it gives what a full run gives."""

import json
import random
import signal

import pygit2
import pytest

from cq.cli.chunk import chunk
from cq.errors import CqError
from cq.scan.read import read_file


def function(name, seed):
    body = "".join(f"    {name}_{n} = call({n}, {seed}, value)\n" for n in range(8))
    return f"def {name}(value):\n{body}    return {name}_0\n\n\n"


@pytest.fixture
def run(capsysbinary):
    """Run the command in this process; the lines of its JSON Lines."""
    before = signal.getsignal(signal.SIGINT)

    def go(tree, status=0, **values):
        values = {"workers": 1, "most": 120, "target": 60, "format": "jsonl"} | values
        assert chunk(values, [str(tree)]) == status
        return capsysbinary.readouterr().out

    yield go
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def tree(tmp_path):
    top = tmp_path / "tree"
    top.mkdir()
    for name in "abcd":
        (top / f"{name}.py").write_text("".join(function(f"{name}{n}", n) for n in range(9)))
    (top / "twin.py").write_text((top / "a.py").read_text())
    repository = pygit2.init_repository(top)
    repository.index.add_all()
    repository.index.write()
    who = pygit2.Signature("a", "a@example.org", 0, 0)
    repository.create_commit("HEAD", who, who, "one", repository.index.write_tree(), [])
    return top


def store_of(out):
    """What a store holds after a full run."""
    rows = [json.loads(line) for line in out.splitlines()[:-1]]
    return {row["id"]: (row["path"], row["start_line"]) for row in rows}


def edit(tree, seed):
    """Change, add, move, and delete some of it."""
    random.seed(seed)
    parts = [function(f"b{n}", n) for n in range(9)]
    parts[random.randrange(9)] = function("b_new", seed)
    random.shuffle(parts)
    (tree / "b.py").write_text("".join(parts))
    if seed % 2:
        (tree / "c.py").rename(tree / "moved.py")
        (tree / "a.py").unlink()  # its twin stays
    else:
        (tree / "d.py").write_text("import os\n\n" + (tree / "d.py").read_text())
        (tree / "new.py").write_text(function("n", seed) * 2)


@pytest.mark.parametrize("seed", range(4))
def test_a_store_that_takes_the_changes_is_that_of_a_full_run(run, tree, tmp_path, seed):
    earlier = run(tree)
    (tmp_path / "run.jsonl").write_bytes(earlier)
    edit(tree, seed)
    full = store_of(run(tree))
    by_run = run(tree, since=str(tmp_path / "run.jsonl"))
    assert strip(run(tree, since="HEAD")) == strip(by_run)
    *changes, tail = [json.loads(line) for line in by_run.splitlines()]
    store = store_of(earlier)
    for change in changes:
        if change["change"] == "removed":
            del store[change["id"]]
        elif change["change"] == "kept":
            assert store[change["id"]] == (change["path"], change["start_line"])
        else:
            assert (change["id"] in store) == (change["change"] == "moved")
            store[change["id"]] = (change["path"], change["start_line"])
    assert store == full
    counted = tail["summary"]["changes"]
    assert sum(counted.values()) == len(changes) and counted["kept"] > 5 and counted["added"] < 8


def strip(out):
    """Without the report, which has times."""
    lines = [json.loads(line) for line in out.splitlines()]
    lines[-1].pop("report")
    return lines


def test_of_a_commit_only_what_differs_is_read(run, tree, monkeypatch):
    edit(tree, 2)
    read = []

    def reading(files, path, binary):
        read.append(path)
        return read_file(files, path, binary)

    monkeypatch.setattr("cq.cli.chunk_since.read_file", reading)
    summary = json.loads(run(tree, since="HEAD").splitlines()[-1])["summary"]
    assert sorted(read) == ["b.py", "d.py", "new.py"] and summary["changes"]["kept"] > 5


def test_line_breaks_that_git_changes_on_checkout_are_changes(run, tree):
    repository = pygit2.Repository(tree)
    repository.config["core.autocrlf"] = True
    (tree / "a.py").write_bytes((tree / "a.py").read_bytes().replace(b"\n", b"\r\n"))
    repository.index.add("a.py")  # the same blob as before
    repository.index.write()
    assert not list(repository.diff("HEAD", cached=True).deltas)
    changes = [json.loads(line) for line in run(tree, since="HEAD").splitlines()[:-1]]
    added = {change["path"] for change in changes if change["change"] == "added"}
    assert added == {"a.py"}


def test_what_is_no_run_and_no_commit(run, tree, tmp_path):
    earlier = tmp_path / "run.jsonl"
    earlier.write_bytes(run(tree))
    for values, words in (
        ({"since": "nowhere"}, "no such commit"),
        ({"since": str(earlier), "most": 130}, "other options"),
        ({"since": str(earlier), "format": "md"}, "exclude"),
    ):
        with pytest.raises(CqError, match=words):
            run(tree, **values)
    earlier.write_bytes(b"".join(earlier.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(CqError, match="no last line"):
        run(tree, since=str(earlier))
    earlier.write_text("{\n")
    with pytest.raises(CqError, match=r"run.jsonl:1"):
        run(tree, since=str(earlier))


def test_only_files_that_changed_are_warned_of(run, tree, capsysbinary):
    earlier = tree.parent / "run.jsonl"
    for name in ("old", "new"):
        (tree / f"{name}.py").write_text(f"def {name}(x):\n    return (x +\n")
    earlier.write_bytes(run(tree))
    (tree / "new.py").write_text("def new(x):\n    return (x + 1 +\n")
    assert chunk({"format": "text", "since": str(earlier), "most": 120, "target": 60}, [str(tree)]) == 0
    said = capsysbinary.readouterr().err.decode()
    assert "new.py:2:5: warning: parsed with errors" in said and "old.py" not in said
