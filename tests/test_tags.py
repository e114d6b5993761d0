"""`cq tags`: each tag leads to its line, in the format that editors and readtags read."""

import json
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import jsonschema
import pytest

from cq.export.tagfile import PATTERN_LIMIT_BYTES, pattern_of, tag_line
from cq.resources import data_folder
from cq.rows.export import TagRow

SHELF = """\
import os as system

LIMIT: int = 10


class Shelf(Base, metaclass=Meta):
    books = []

    def add(
        self, book: str = "a/b\\\\c",  # which
        *rest,
    ) -> bool:
        def check():
            return True
        return check()

    class Inner:
        def add(self): pass
"""
LIBRARY = """\
pub struct Shelf<'a> { pub(crate) size: usize }
impl<'a> Add for &'a mut Shelf<'a> {
    pub fn add(&self, n: usize) -> Option<usize> { None }
}
mod inner { trait Put { fn put(self); } }
cfg_rt! { pub fn spawn() {} }
"""
ANNOTATED = Path(__file__).parent / "annotated"


class Tag:
    """One line of a tags file, read as `man tags` says."""

    def __init__(self, line):
        self.name, self.path, rest = line.split("\t", 2)
        self.address, _, fields = rest.partition(';"\t')
        self.kind, *others = fields.split("\t")
        self.fields = dict(each.split(":", 1) for each in others)


def tags_of(text):
    return [Tag(line) for line in text.splitlines() if not line.startswith("!_TAG_")]


def unescaped(pattern):
    assert pattern.startswith("/^")
    assert pattern.endswith("/")
    whole = pattern.endswith("$/")
    return re.sub(r"\\([\\/$])", r"\1", pattern[2 : -2 if whole else -1]), whole


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "shelf.py").write_text(SHELF)
    (tmp_path / "src" / "lib.rs").write_text(LIBRARY)
    return tmp_path


def test_what_a_tag_says(cq, shelf):
    done = cq("tags", "src/shelf.py", cwd=shelf)
    assert done.status == 0
    assert done.stderr == ""
    assert [line for line in done.stdout.splitlines() if not line.startswith("!_TAG_")] == [
        'Inner\tsrc/shelf.py\t/^    class Inner:$/;"\tclass\tline:17\tlanguage:python\tclass:Shelf\troles:def\tend:18',
        'LIMIT\tsrc/shelf.py\t/^LIMIT: int = 10$/;"\tvariable\tline:3\tlanguage:python\ttyperef:typename:int\troles:def'
        "\tend:3",
        'Shelf\tsrc/shelf.py\t/^class Shelf(Base, metaclass=Meta):$/;"\tclass\tline:6\tlanguage:python\tinherits:Base'
        "\troles:def\tend:18",
        'add\tsrc/shelf.py\t/^    def add($/;"\tmethod\tline:9\tlanguage:python\tclass:Shelf\ttyperef:typename:bool'
        '\tsignature:(self, book: str = "a/b\\\\\\\\c", *rest)\troles:def\tend:15',
        'add\tsrc/shelf.py\t/^        def add(self): pass$/;"\tmethod\tline:18\tlanguage:python\tclass:Shelf.Inner'
        "\tsignature:(self)\troles:def\tend:18",
        'books\tsrc/shelf.py\t/^    books = []$/;"\tfield\tline:7\tlanguage:python\tclass:Shelf\troles:def\tend:7',
        'check\tsrc/shelf.py\t/^        def check():$/;"\tfunction\tline:13\tlanguage:python\tmethod:Shelf.add'
        "\tsignature:()\troles:def\tend:14",
    ]
    rust = {tag.name: tag for tag in tags_of(cq("tags", "src/lib.rs", cwd=shelf).stdout)}
    assert rust["size"].fields["struct"] == "Shelf"
    assert rust["size"].fields["access"] == "pub(crate)"
    assert rust["add"].fields["impl"] == "Shelf"
    assert rust["add"].fields["typeref"] == "typename:Option<usize>"
    assert rust["add"].fields["signature"] == "(&self, n: usize)"
    assert rust["put"].fields["trait"] == "inner::Put"
    assert rust["spawn"].fields["line"] == "6"


def test_a_name_of_several_lines_is_found_by_the_first(cq, tmp_path):
    (tmp_path / "a.css").write_text(".a,\n.b { top: 0 }\n")
    (tag,) = tags_of(cq("tags", "a.css", cwd=tmp_path).stdout)
    assert tag.address == "/^.a,$/"


def test_the_head_of_the_file(cq, shelf):
    lines = cq("tags", cwd=shelf).stdout.splitlines()
    head = dict(line.split("\t")[:2] for line in lines if line.startswith("!_TAG_"))
    assert head["!_TAG_FILE_FORMAT"] == "2"
    assert head["!_TAG_FILE_SORTED"] == "1"
    assert head["!_TAG_PROGRAM_NAME"] == "cq"
    assert lines[: len(head)] == sorted(lines[: len(head)])
    names = [line.split("\t")[0].encode() for line in lines]
    assert names == sorted(names)


@pytest.mark.parametrize("path", sorted(ANNOTATED.glob("*/*.*")), ids=lambda path: path.name)
@pytest.mark.parametrize("change", ["", "crlf", "bom"])
def test_each_tag_leads_to_its_line(cq, tmp_path, path, change):
    data = path.read_bytes()
    if change:
        data = data.replace(b"\n", b"\r\n") if change == "crlf" else b"\xef\xbb\xbf" + data
    (tmp_path / path.name).write_bytes(data)
    lines = [line.decode("utf-8", "replace").removesuffix("\r") for line in data.split(b"\n")]
    lines[0] = lines[0].removeprefix("\ufeff")
    tags = tags_of(cq("tags", path.name, cwd=tmp_path).stdout)
    assert tags or "imports" in path.name or "calls" in path.name or "layout" in path.name
    for tag in tags:
        here = lines[int(tag.fields["line"]) - 1]
        assert tag.name in here
        if tag.address.isdecimal():
            assert "\N{REPLACEMENT CHARACTER}" in here
            assert tag.address == tag.fields["line"]
        else:
            text, whole = unescaped(tag.address)
            assert here == text if whole else here.startswith(text)


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        (b"def f():", "/^def f():$/"),
        (b"def f():\r", "/^def f():$/"),
        (b"a / b \\ c", "/^a \\/ b \\\\ c$/"),
        (b"price$", "/^price\\$$/"),
        (b"$a b", "/^$a b$/"),
        (b"\tx", "/^\tx$/"),
        (b"x" * 96, "/^" + "x" * 96 + "$/"),
        (b"x" * 97, "/^" + "x" * 96 + "/"),
        (b"x" * 95 + "é".encode(), "/^" + "x" * 95 + "/"),
        (b"x" * 94 + "é!".encode(), "/^" + "x" * 94 + "é/"),
        (b"caf\xe9 = 1", ""),
        (b"a\rb", ""),
        (b"a\0b", ""),
        (b"", "/^$/"),
    ],
)
def test_patterns(line, pattern):
    assert PATTERN_LIMIT_BYTES == 96
    assert pattern_of(line) == pattern


def test_what_would_end_a_field_is_escaped():
    row = TagRow(name="!a\tb", path="c\td.py", language="x", line=1, kind="k", signature="(a\n\\b)", scope="s\t")
    assert tag_line(row, "number") == b'\\x21a\\tb\tc\\td.py\t1;"\tk\tline:1\tlanguage:x\t:s\\t\tsignature:(a\\n\\\\b)\troles:def\n'  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("excmd", "address"), [("number", "9"), ("pattern", "/^    def add($/"), ("combine", "8;/^    def add($/")]
)
def test_how_the_line_is_found(cq, shelf, excmd, address):
    tags = tags_of(cq("tags", "src/shelf.py", "--excmd", excmd, cwd=shelf).stdout)
    assert next(tag.address for tag in tags if tag.name == "add") == address


def test_paths_lead_from_the_file_that_is_written(cq, shelf):
    (shelf / "out").mkdir()
    assert cq("tags", "src", "-o", "out/tags", cwd=shelf).status == 0
    assert {tag.path for tag in tags_of((shelf / "out" / "tags").read_text())} == {"../src/shelf.py", "../src/lib.rs"}
    assert cq("tags", "-R", "-f", "tags", cwd=shelf / "src").status == 0
    assert {tag.path for tag in tags_of((shelf / "src" / "tags").read_text())} == {"shelf.py", "lib.rs"}
    assert {tag.path for tag in tags_of(cq("tags", "../src", cwd=shelf / "out").stdout)} == {
        "../src/shelf.py", "../src/lib.rs"
    }  # fmt: skip


def test_the_file_is_replaced_as_it_was(cq, shelf):
    target = shelf / "kept"
    target.write_text("!_TAG_FILE_FORMAT\t2\n")
    target.chmod(0o640)
    (shelf / "tags").symlink_to("kept")
    assert cq("tags", "src", "-o", "tags", cwd=shelf).status == 0
    assert (shelf / "tags").is_symlink()
    assert "Shelf\t" in target.read_text()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert cq("tags", "src", "-o", "new", cwd=shelf).status == 0
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((shelf / "new").stat().st_mode) == 0o666 & ~mask
    assert sorted(path.name for path in shelf.iterdir()) == ["kept", "new", "src", "tags"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "src/shelf.py"), "not a tags file"),
        (("-o", "src"), "a folder"),
        (("-o", "gone/tags"), "No such file"),
        (("gone",), "no such file"),
        (("--format", "xref"), "--format"),
        (("-e", "--excmd", "number"), "exclude each other"),
        (("-e", "--format", "ctags"), "exclude each other"),
        (("--format", "jsonl", "--excmd", "number"), "exclude each other"),
    ],
)
def test_wrong_arguments_change_nothing(cq, shelf, arguments, said):
    done = cq("tags", *arguments, cwd=shelf)
    assert (done.status, done.stdout) == (2, "")
    assert said in done.stderr
    assert (shelf / "src" / "shelf.py").read_text() == SHELF
    assert sorted(path.name for path in shelf.rglob("*")) == ["lib.rs", "shelf.py", "src"]


def test_devices_are_written_to(cq, shelf):
    assert cq("tags", "src", "-o", "/dev/null", cwd=shelf).status == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert "Shelf\t" in cq("tags", "src", "-o", "-", cwd=shelf).stdout


def test_no_tag_is_told_by_the_status(cq, tmp_path):
    (tmp_path / "a.py").write_text("pass\n")
    done = cq("tags", "-o", "tags", cwd=tmp_path)
    assert done.status == 1
    assert (tmp_path / "tags").read_text().startswith("!_TAG_")


def test_kinds(cq, shelf):
    assert [tag.name for tag in tags_of(cq("tags", "--kind", "class,struct", cwd=shelf).stdout)] == [
        "Inner", "Shelf", "Shelf"
    ]  # fmt: skip
    # A scope has its kind whether it is shown or not.
    check = next(tag for tag in tags_of(cq("tags", "--kind", "function", cwd=shelf).stdout) if tag.name == "check")
    assert check.fields["method"] == "Shelf.add"


def test_json_lines_have_the_keys_of_universal_ctags(cq, shelf):
    schema = json.loads((Path(data_folder("contracts")) / "tags.jsonl.schema.json").read_text())
    rows = [json.loads(line) for line in cq("tags", "src/shelf.py", "--format", "jsonl", cwd=shelf).stdout.splitlines()]
    for row in rows:
        jsonschema.validate(row, schema)
    assert rows[3] == {
        "_type": "tag", "name": "add", "path": "src/shelf.py", "language": "python", "line": 9, "kind": "method",
        "pattern": "/^    def add($/", "scope": "Shelf", "scopeKind": "class", "typeref": "typename:bool",
        "signature": '(self, book: str = "a/b\\\\c", *rest)', "end": 15,
    }  # fmt: skip


def test_etags(cq, shelf):
    text = cq("tags", "-e", "src", cwd=shelf).stdout
    assert text.startswith("\x0c\nsrc/lib.rs,")
    for section in text.split("\x0c\n")[1:]:
        head, body = section.split("\n", 1)
        path, size = head.rsplit(",", 1)
        assert int(size) == len(body.encode())
        source = (shelf / path).read_bytes()
        for line in body.splitlines():
            before, name, place = re.fullmatch("(.*)\x7f(.*)\x01(.*)", line).groups()
            number, offset = map(int, place.split(","))
            assert before.endswith(name)
            assert source[offset:].startswith(before.encode())
            assert source[:offset].count(b"\n") == number - 1


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("empty.py", b"", 1, ""),
        ("broken.py", b"def f(:\n  $\nclass A: pass\n", 0, ""),
        ("nul.py", b"def f(): pass\0\n", 2, "binary"),
        ("huge.py", b"x = 1\n" * 700_000, 2, "4,200,000 bytes"),
        ("notes.txt", b"def f(): pass\n", 1, "no grammar"),
        ("a\tb.py", b"def f(): pass\n", 0, ""),
        ("deep.py", b"x = " + b"(" * 100_000 + b")" * 100_000 + b"\ndef f(): pass\n", 0, ""),
        ("open.py", b"def f(): pass\nx = " + b"[" * 100_000 + b"\n", 0, ""),
        ("line.py", b"x = 1; " * 20_000 + b"\n", 0, ""),
    ],
)
def test_bad_files_get_an_answer(cq, tmp_path, name, data, status, said):
    (tmp_path / name).write_bytes(data)
    done = cq("tags", name, cwd=tmp_path)
    assert (done.status, said in done.stderr) == (status, True)
    assert "Traceback" not in done.stderr
    assert all("\t" in line for line in done.stdout.splitlines())
    if status == 0:
        assert tags_of(done.stdout)[0].path == name.replace("\t", "\\t")


def test_the_tags_are_the_same_for_any_number_of_processes(cq, shelf):
    for number in range(40):
        (shelf / "src" / f"m{number}.py").write_text(SHELF)
    assert cq("tags", "-j", "1", cwd=shelf) == cq("tags", "-j", "3", cwd=shelf)


@pytest.mark.skipif(shutil.which("readtags") is None, reason="universal-ctags is not installed")
def test_readtags_reads_them(cq, shelf):
    cq("tags", "-o", "tags", cwd=shelf)
    done = subprocess.run(
        ["readtags", "-t", "tags", "-e", "-n", "add"], cwd=shelf, capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    assert [line.split("\t")[1] for line in lines] == ["src/lib.rs", "src/shelf.py", "src/shelf.py"]
    assert "line:9" in lines[1]
    assert "class:Shelf" in lines[1]
    listed = subprocess.run(["readtags", "-t", "tags", "-l"], cwd=shelf, capture_output=True, text=True, check=True)
    written = [line for line in (shelf / "tags").read_text().splitlines() if not line.startswith("!")]
    assert len(listed.stdout.splitlines()) == len(written)


VIM = """
set nocompatible encoding=utf-8
let out = []
for name in readfile('names')
  execute 'tag ' . name
  call add(out, name . ' ' . expand('%') . ':' . line('.'))
endfor
call writefile(out, 'out')
qa!
"""


@pytest.mark.skipif(shutil.which("vim") is None, reason="vim is not installed")
@pytest.mark.parametrize("excmd", ["pattern", "number", "combine"])
def test_vim_jumps_with_them(cq, shelf, excmd):
    source = "class Café:\r\n    def été(self, x='a/b\\\\c$'): return 1 # $\r\n    price = '\\\\ /' #$\r\n"
    (shelf / "src" / "uni.py").write_bytes(source.encode())
    (shelf / "src" / "latin.py").write_bytes(b"# \xe9\ndef latin(): return '\xe9'\n")
    (shelf / "src" / "bom.py").write_bytes(b"\xef\xbb\xbfdef first(): pass\n")
    cq("tags", "-o", "tags", "--excmd", excmd, cwd=shelf)
    expected = ["Café src/uni.py:1", "été src/uni.py:2", "price src/uni.py:3", "latin src/latin.py:2",
                "first src/bom.py:1", "Inner src/shelf.py:17", "check src/shelf.py:13", "put src/lib.rs:5"]  # fmt: skip
    (shelf / "names").write_text("".join(f"{line.split()[0]}\n" for line in expected))
    (shelf / "jump.vim").write_text(VIM)
    subprocess.run(["vim", "-es", "-u", "NONE", "-S", "jump.vim"], cwd=shelf, timeout=60, check=False)
    assert (shelf / "out").read_text().splitlines() == expected
