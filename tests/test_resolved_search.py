"""`cq search` with what each name refers to: groups, --def, --refs-of, --certain, --unused."""

import json

import pytest

LIBRARY = {
    "shelf/__init__.py": "from shelf.store import Shelf as Shelf\n",
    "shelf/store.py": """\
class Base:
    def close(self):
        return None


class Shelf(Base):
    def add(self, title):
        return title

    def use(self):
        return self.add("a")


def _forgotten():
    return _forgotten()
""",
    "shelf/door.py": """\
class Door:
    def close(self):
        return 1


def shut(door: Door):
    close = door.close
    return close()
""",
    "tests/test_store.py": """\
import os

from shelf import Shelf as S


def test_add():
    shelf = S()
    shelf.add("b")
    shelf.close()
    os.close(3)
    unknown().close()
""",
}


@pytest.fixture
def library(tmp_path):
    for path, text in LIBRARY.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path


def rows_of(done):
    assert done.status in (0, 1), done.stderr
    assert done.stdout, done.stderr
    return json.loads(done.stdout).get("rows", [])


def places(rows):
    return [f"{row['path']}:{row['line']}:{row['column']}" for row in rows]


def test_each_row_says_its_target_how_sure_and_why(cq, library):
    rows = rows_of(cq("search", "close", "--json", cwd=library))
    targets = {
        place: (row.get("target", {}).get("qualified_name"), row.get("confidence"))
        for place, row in zip(places(rows), rows, strict=True)
    }
    assert targets["shelf/store.py:2:9"] == ("shelf.store.Base.close", "certain")
    assert targets["shelf/door.py:2:9"] == ("shelf.door.Door.close", "certain")
    assert targets["shelf/door.py:7:18"] == ("shelf.door.Door.close", "likely")
    assert targets["tests/test_store.py:9:11"][0] == "shelf.store.Base.close"
    assert targets["tests/test_store.py:10:8"][0] == "os.close"
    assert targets["tests/test_store.py:11:15"][1] == "possible"


def test_what_is_ambiguous_gives_every_candidate(cq, library):
    rows = rows_of(cq("search", "close", "--json", cwd=library))
    (row,) = (row for row in rows if row["line"] == 11)
    names = [each["target"]["qualified_name"] for each in row["candidates"]]
    assert "target" not in row
    assert sorted(names) == ["shelf.door.Door.close", "shelf.store.Base.close"]


def test_homonyms_come_apart_in_text(cq, library):
    text = cq("search", "close", "--heading", cwd=library).stdout
    groups = [line for line in text.splitlines() if line.startswith("→")]
    assert groups == [
        "→ shelf.door.Door.close · method · shelf/door.py:2",
        "→ shelf.store.Base.close · method · shelf/store.py:2",
        "→ os.close · external",
        "→ local names",
        "→ one of several",
    ]


def test_one_target_needs_no_group_and_a_pipe_has_none(cq, library):
    assert "→" not in cq("search", "add", "--heading", cwd=library).stdout
    assert "→" not in cq("search", "close", cwd=library).stdout


def test_a_target_that_is_not_searched_is_named(cq, library):
    assert (
        "→ shelf.store.Shelf · class · shelf/store.py:6"
        in cq("search", "Shelf", "tests", "--resolve", "--heading", cwd=library).stdout.splitlines()
    )


def test_overloads_and_accessors_are_one_symbol(cq, tmp_path):
    (tmp_path / "m.py").write_text(
        "from typing import overload\n\n\n@overload\ndef wrap(x: int) -> int: ...\n@overload\n"
        "def wrap(x: str) -> str: ...\ndef wrap(x): ...\n\n\nclass A:\n    @property\n    def wrap(self): ...\n"
        "    @wrap.setter\n    def wrap(self, new): ...\n\n\nwrap(A().wrap)\n"
    )
    lines = cq("search", "wrap", "--resolve", "--heading", cwd=tmp_path).stdout.splitlines()
    groups = [line for line in lines if line.startswith("→")]
    assert groups == ["→ m.wrap · function · m.py:8", "→ m.A.wrap · method · m.py:13"]


def test_unused_definitions_of_a_kind(cq, tmp_path):
    (tmp_path / "m.py").write_text("def lonely(): ...\n\n\nclass Lost: ...\n")
    names = [row["name"] for row in rows_of(cq("search", "--unused", "--json", cwd=tmp_path))]
    assert names == ["lonely", "Lost"]
    rows = rows_of(cq("search", "--unused", "--kind", "class", "--json", cwd=tmp_path))
    assert [row["name"] for row in rows] == ["Lost"]


def test_a_pipe_says_how_sure_references_are(cq, library):
    done = cq("search", "--refs-of", "shelf.store.Base.close", "--possible", cwd=library)
    assert "how sure each is: " in done.stderr
    assert " possible (--heading or --json tells of which)" in done.stderr


def test_nothing_is_resolved_when_that_is_asked(cq, library):
    rows = rows_of(cq("search", "close", "--no-resolve", "--json", cwd=library))
    assert rows
    assert not any("target" in row for row in rows)


def test_certain_leaves_out_the_rest_and_counts_it(cq, library):
    answer = json.loads(cq("search", "close", "--certain", "--json", cwd=library).stdout)
    assert {row["confidence"] for row in answer["rows"]} == {"certain"}
    summary = answer["summary"]
    assert summary["hits"] == summary["rows"] + sum(summary["withheld"].values())
    assert summary["withheld"]["confidence"] > 0


def test_a_qualified_name_follows_types_and_inheritance(cq, library):
    done = cq("search", "Shelf.close", "--json", cwd=library)
    assert places(rows_of(done)) == ["shelf/store.py:2:9", "tests/test_store.py:9:11"]
    assert json.loads(done.stdout)["summary"]["withheld"]["possible"] == 1
    rows = rows_of(cq("search", "Shelf.close", "--possible", "--json", cwd=library))
    assert places(rows)[-1] == "tests/test_store.py:11:15"


@pytest.mark.parametrize(
    ("place", "definition"),
    [
        ("tests/test_store.py:9:11", "shelf/store.py:2:9"),
        ("tests/test_store.py:7:13", "shelf/store.py:6:7"),  # an alias, through a re-export
        ("tests/test_store.py:3:19", "shelf/store.py:6:7"),
        ("shelf/store.py:11:21", "shelf/store.py:7:9"),
        ("shelf/store.py:7", "shelf/store.py:7:9"),  # a line means what it defines
    ],
)
def test_def_leads_to_the_definition(cq, library, place, definition):
    done = cq("search", "--def", place, "--json", cwd=library)
    assert places(rows_of(done)) == [definition]
    assert json.loads(done.stdout)["targets"][0]["target"]["path"] == definition.split(":")[0]


def test_def_of_a_name_from_outside_says_so(cq, library):
    done = cq("search", "--def", "tests/test_store.py:10:8", cwd=library)
    assert done.status == 0
    assert done.stdout == "os.close: outside of the project\n"


def test_refs_of_finds_every_name_of_a_definition(cq, library):
    rows = rows_of(cq("search", "--refs-of", "shelf.store.Shelf", "--sort", "path", "--json", cwd=library))
    assert places(rows) == [
        "shelf/__init__.py:1:25",
        "shelf/__init__.py:1:34",
        "shelf/store.py:6:7",
        "tests/test_store.py:3:19",
        "tests/test_store.py:3:28",
        "tests/test_store.py:7:13",
    ]


def test_refs_of_a_place_from_another_folder(cq, library, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = cq("search", "--refs-of", f"{library}/shelf/store.py:7:9", "--root", library, "--json", cwd=elsewhere)
    assert len(rows_of(done)) == 3


def test_unused_names_what_nothing_refers_to(cq, library):
    rows = rows_of(cq("search", "--unused", "--json", cwd=library))
    assert [row["name"] for row in rows] == ["shut", "use", "_forgotten"]


def test_unused_keeps_what_a_string_names(cq, library):
    (library / "shelf" / "names.py").write_text('TABLE = ["shut", "pkg.use"]\n')
    rows = rows_of(cq("search", "--unused", "--json", cwd=library))
    assert [row["name"] for row in rows] == ["_forgotten"]


def test_unused_keeps_what_a_base_from_outside_may_call(cq, tmp_path):
    (tmp_path / "a.py").write_text(
        "import threading\n\n\nclass Own(threading.Thread):\n    def run(self):\n        return 1\n\n\n"
        "class Next(Own):\n    def stop(self):\n        return 1\n\n\nprint(Next())\n"
    )
    assert rows_of(cq("search", "--unused", "--json", cwd=tmp_path)) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--def", "nowhere.py:1:1"), "no such file: nowhere.py"),
        (("--def", "shelf/store.py:99:1"), "shelf/store.py has no line 99"),
        (("--def", "shelf/store.py"), "--def takes a place"),
        (("--def", "shelf/store.py:4:1"), "no name at shelf/store.py:4:1"),
        (("--def", "notes.txt:1:1"), "names of notes.txt are not resolved"),
        (("--def", "shelf/store.py:1:7", "other.py"), "is no file or folder"),
        (("--certain", "--possible", "close"), "--certain and --possible exclude each other"),
        (("--def", "shelf/store.py:1:7", "--refs-of", "Shelf"), "--def and --refs-of ask different things"),
        (("--unused", "--regex"), "--unused looks at every definition"),
        (("--unused", "--role", "call"), "--unused looks at every definition: --role does not go with it"),
    ],
)
def test_what_cannot_be_asked_is_said(cq, library, arguments, message):
    (library / "notes.txt").write_text("notes\n")
    done = cq("search", *arguments, cwd=library)
    assert done.status == 2
    assert message in done.stderr


def test_what_is_not_defined_is_no_error(cq, library):
    done = cq("search", "--refs-of", "Nothing.here", cwd=library)
    assert (done.status, done.stdout) == (1, "")
    assert "nothing is defined as Nothing.here" in done.stderr
    done = cq("search", "--def", "tests/test_store.py:11:5", "--json", cwd=library)
    assert done.status == 1
    assert json.loads(done.stdout)["summary"]["exit_status"] == 1


def test_files_that_are_broken_or_gone_do_not_stop_the_rest(cq, library):
    (library / "shelf" / "broken.py").write_bytes(b"from shelf.store import Shelf\ndef (:\n  Shelf.add(\xff\n")
    (library / "shelf" / "empty.py").write_bytes(b"")
    (library / "shelf" / "bom.py").write_bytes(b"\xef\xbb\xbffrom shelf.store import Shelf\r\nShelf().add(1)\r\n")
    rows = rows_of(cq("search", "Shelf", "--json", "--resolve", cwd=library))
    found = {(row["path"], row["line"]): row.get("target", {}).get("path") for row in rows}
    assert found["shelf/bom.py", 2] == "shelf/store.py"
    assert found["shelf/broken.py", 1] == "shelf/store.py"
