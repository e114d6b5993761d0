"""`cq query --watch`: only the rows that come and go, and only what changed queried again."""

import json

import pytest

from cq.index.selection import Selection
from cq.query.ask import QueryRequest
from cq.query.run import QueryRun
from cq.query.watch import QueryWatch
from cq.resources import data_folder

SOURCE = "".join(f"def f{number}():\n    call{number}({number})\n\n\n" for number in range(200))


@pytest.fixture
def project(tmp_path):
    (tmp_path / "a.py").write_text(SOURCE)
    (tmp_path / "b.py").write_text("other()\n")
    return tmp_path


def watch(project, query, **more):
    request = QueryRequest(
        selection=Selection(root=str(project)), folders=(data_folder("queries"),), text=query, **more
    )
    return QueryWatch(QueryRun(request))


def said(rows):
    return [(row["line"], row["capture"], row["text"]) for row in map(json.loads, (row for _, row in rows))]


def test_at_first_everything_is_new_and_then_only_what_changed(project):
    watched = watch(project, "(call function: (identifier) @f)")
    first = list(watched.changes())
    assert [(change.path, len(change.added), len(change.removed)) for change in first] == [
        ("a.py", 200, 0),
        ("b.py", 1, 0),
    ]
    assert list(watched.changes()) == []
    edited = SOURCE.replace("call7(7)\n", "call7(7)\n    new(1)\n")
    (project / "a.py").write_text("# a line more\n" + edited)
    [change] = watched.changes()
    assert said(change.added) == [(32, "f", "new")]
    assert said(change.removed) == []
    assert change.bytes_queried < change.bytes / 10
    (project / "a.py").write_text("# a line more\n" + edited.replace("call9(", "call90("))
    [change] = watched.changes()
    assert (said(change.added), said(change.removed)) == ([(40, "f", "call90")], [(40, "f", "call9")])


def test_new_and_deleted_and_broken_files(project):
    watched = watch(project, "(call function: (_) @f arguments: (_) @a)", captures=("f",))
    list(watched.changes())
    (project / "c.py").write_text("third(1)\n")
    (project / "b.py").unlink()
    changes = {change.path: change for change in watched.changes()}
    assert said(changes["c.py"].added) == [(1, "f", "third")]
    assert said(changes["b.py"].removed) == [(1, "f", "other")]
    (project / "c.py").write_text("third(1\n")
    (project / "c.py").write_text("fourth(2)\ndef (:\n")
    [change] = watched.changes()
    assert (said(change.added), said(change.removed)) == ([(1, "f", "fourth")], [(1, "f", "third")])
    (project / "c.py").write_text("")
    [change] = watched.changes()
    assert said(change.removed) == [(1, "f", "fourth")]


def test_a_file_that_was_touched_and_not_changed_is_no_news(project):
    watched = watch(project, "(call) @c")
    list(watched.changes())
    (project / "b.py").write_text("other()\n")
    assert list(watched.changes()) == []


def test_what_watch_refuses(cq, project):
    for more, message in (
        (["--json"], "--watch never ends"),
        (["--limit", "3"], "--watch and --limit exclude each other"),
        (["--pack", "calls"], "--pack and --watch exclude each other"),
    ):
        query = [] if "--pack" in more else ["(call) @c"]
        done = cq("query", *query, "--watch", *more, cwd=project)
        assert done.status == 2
        assert message in done.stderr


def test_a_file_that_becomes_binary_has_no_rows_any_more(project):
    watched = watch(project, "(call) @c")
    list(watched.changes())
    (project / "b.py").write_bytes(b"other()\0\n")
    [change] = watched.changes()
    assert said(change.removed) == [(1, "c", "other()")]
    assert list(watched.changes()) == []
