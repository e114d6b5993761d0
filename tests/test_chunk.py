"""`cq chunk`: nothing is lost, nothing is too large, and what belongs together stays together."""

import json
import random
import re
import signal
import time
from itertools import pairwise
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cq.chunking.analysis import ChunkAnalysis
from cq.chunking.file_chunks import ChunkPlan, rows_of
from cq.chunking.options import chunk_options
from cq.chunking.rows import bytes_of
from cq.chunking.size import plain_measure
from cq.cli.app import run_app
from cq.cli.at_end import finish
from cq.errors import CqError
from cq.resources import data_folder

FOLDERS = (data_folder("queries"),)
CORPUS = Path(__file__).parent / "corpus"
ANNOTATED = Path(__file__).parent / "annotated"
SOURCES = sorted(
    path for folder in (CORPUS, ANNOTATED) for path in folder.rglob("*.*") if path.suffix in (".py", ".rs")
)


def analysis(**options):
    return ChunkAnalysis(ChunkPlan(folders=FOLDERS, options=chunk_options(**options), verify=True))


SMALL = analysis(most=60, target=30)
USUAL = analysis()
TINY = analysis(most=16)
PLAIN = ChunkAnalysis(ChunkPlan(folders=FOLDERS, options=chunk_options()))


def cut(text, path="a.py", by=SMALL):
    """The rows of a file; --verify has looked at them."""
    data = text.encode() if isinstance(text, str) else text
    found = by.run(path, data)
    assert [note for note in found.diagnostics if note.severity == "error"] == []
    rows = rows_of(found)
    assert b"".join(map(bytes_of, rows)) == data
    return rows


def texts(rows):
    return [row.text for row in rows]


def damaged(data, seed):
    """The same file with a part gone, a part twice, and some bytes that nobody meant."""
    random.seed(seed)
    a, b = sorted(random.choices(range(len(data) + 1), k=2))
    return data[:a] + data[b:] + bytes(random.choices(b"({[\"'\n\xff\x00#", k=3)) + data[a : a + 40]


@pytest.mark.parametrize("options", [{}, {"unit": "chars", "most": 300, "overlap": 60}, {"unit": "lines", "most": 7}])
def test_real_and_damaged_files_are_whole(options):
    by = analysis(**options)
    assert len(SOURCES) > 20
    for number, path in enumerate(SOURCES):
        data = path.read_bytes()
        cut(data, path.name, by)
        cut(damaged(data, number), path.name, by)


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="adef(:)\n\t \"'#{}\\\r\u00e9\u200d\U0001f3fb@", max_size=300),
    st.sampled_from(["a.py", "a.rs", "a.xyz"]),
)
def test_any_text_is_whole(text, path):
    cut(text, path, TINY)


@pytest.mark.parametrize("unit", ["tokens", "chars", "nws", "lines", "bytes"])
def test_no_chunk_is_larger_than_the_limit_in_any_unit(unit):
    most = 20 if unit == "lines" else 90
    data = Path(__file__).read_bytes()
    rows = cut(data, "a.py", analysis(unit=unit, most=most))
    assert len(rows) > 5
    counted = plain_measure(unit)
    for row in rows:
        whole = (f"{row.header}\n" if row.header else "") + row.overlap + row.text
        assert counted.count(whole.encode()) == row.size <= most
    assert any(row.header for row in rows)


def test_a_part_weighs_alone_what_it_weighs_in_its_file():
    pieces = ["\t  " * 12 + "x\n", " " * 40 + "y\n", "a" * 60 + "\n", "caf\u00e9 1234567 ::=\n", "\r\r\r\n", "if a:\n"]
    random.seed(4)
    lines = random.choices(pieces, k=300)
    data = "".join(lines).encode()
    for unit in ("tokens", "chars", "nws", "lines", "bytes"):
        measure = plain_measure(unit)
        ruler = measure.ruler(data)
        at = 0
        for line in lines:
            end = at + len(line.encode())
            assert ruler.weight(at, end) == measure.ruler(data[at:end]).weight(0, end - at), (unit, line)
            at = end


def test_the_estimate_counts_words_signs_lines_and_what_is_long():
    line = "def name_of(x):" + " " * 20 + f"# {'a' * 60} é\n"
    word, sign, end, other, blanks, long = 19, 11, 32, 9, 20, 60  # twentieths of a token
    once = 5 * word + 5 * sign + end + 2 * other + blanks + 2 * long
    assert plain_measure("tokens").ruler(line.encode()).weight(0, len(line.encode())) == once
    many = (line * 500).encode()  # more than one sum over bytes holds
    assert plain_measure("tokens").ruler(many).weight(0, len(many)) == 500 * once


SHELF = '''"""A shelf."""
import os

# What is kept.
class Shelf(Base):
    """Books."""

    def add(self, book):
        """Add one. More of it."""
        self.books.append(book)

    # Taken from the end.
    @decorated
    @decorated("twice")
    def take(self):
        if self.books:
            book = self.books.pop()
            return book
        raise LookupError("the shelf is empty, and nobody can tell why that is so")


x = 1
'''


def test_a_definition_keeps_its_comments_and_decorators():
    (take,) = [row for row in cut(SHELF) if "def take" in row.text]
    assert take.text.startswith("    # Taken from the end.\n    @decorated\n    @decorated(")
    assert take.text.rstrip().endswith('that is so")')
    assert (take.form, take.kind, take.qualified_name) == ("definition", "method", "Shelf.take")
    assert (take.start_line, take.end_line) == (12, 21)
    assert take.signature == "def take(self)"


def test_a_header_says_where_a_chunk_is_from():
    rows = cut(SHELF, by=analysis(most=90, target=40))
    take = next(row for row in rows if "def take" in row.text)
    assert take.header == "# a.py › class Shelf(Base)"
    plain = cut(SHELF, by=analysis(most=90, target=40, header=False))
    assert {row.header for row in plain} == {""}


def test_a_header_says_which_imports_are_used(run, tmp_path):
    source = tmp_path / "a.py"
    body = "        self.x = os.path.join(self.x, dumps(self))\n" * 4
    text = (
        f"import os, re\nfrom json import dumps\n\nclass A:\n    def f(self):\n{body}\n    def g(self):\n        pass\n"
    )
    source.write_text(text * 2)
    done = run(source, "--imports", "--max", 60, "--target", 40, "--verify", "--no-cache")
    *rows, _ = map(json.loads, done.stdout.splitlines())
    assert done.status == 0
    assert [row["header"] for row in rows][:4] == [
        "# a.py",
        "# a.py › class A (part 1/2) · uses os, dumps",
        "# a.py › class A › def f(self) (part 2/2) · uses os, dumps",
        "# a.py › class A",
    ]
    done = run(source, "--imports", "--view", "defs", "--no-cache")
    headers = {row["name"]: row["header"] for row in map(json.loads, done.stdout.splitlines()[:-1])}
    assert headers["f"].endswith("class A · uses os, dumps") and "uses" not in headers["g"]
    # What there is no room for is left out.
    tight = run(source, "--imports", "--max", 30, "--target", 20, "--verify", "--no-cache")
    assert tight.status == 0
    assert "uses" not in run(source, "--imports", "--no-header", "--no-cache").stdout


def test_parts_are_numbered_and_say_what_they_are_parts_of():
    body = "".join(f"    value_{n} = call(value_{n - 1})\n" for n in range(1, 40))
    rows = cut(f"def long(value_0):\n{body}", by=analysis(most=120, target=80))
    assert len(rows) > 3
    assert {(row.form, row.kind, row.name, row.parts) for row in rows} == {("part", "function", "long", len(rows))}
    assert [row.part for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0].header == f"# a.py (part 1/{len(rows)})"
    assert rows[1].header == f"# a.py › def long(value_0) (part 2/{len(rows)})"
    assert {row.definition for row in rows} == {rows[0].definition}


def test_rust_attributes_docs_and_impls():
    source = """//! A crate.

/// Adds.
#[inline]
#[must_use]
pub fn add(a: u8, b: u8) -> u8 { a + b }

impl Shelf {
    /// Takes one, and says which it was, so that others know.
    #[cold]
    pub fn take(&mut self) -> Option<Book> {
        self.books.pop().map(|book| book.with_number(self.number))
    }

    fn put(&mut self, book: Book) { self.books.push(book); self.count += 1; self.check() }
}
"""
    rows = cut(source, "a.rs")
    add = next(row for row in rows if "fn add" in row.text)
    assert "/// Adds.\n#[inline]\n#[must_use]\npub fn add" in add.text
    take = next(row for row in rows if "fn take" in row.text)
    assert take.text.startswith("    /// Takes one") and take.qualified_name == "Shelf::take" and take.kind == "method"
    assert take.doc == "Takes one, and says which it was, so that others know."
    assert rows[-1].text.endswith("}\n") and "fn put" in rows[-1].text  # the brace is no chunk of its own


def test_a_definition_that_fits_is_never_cut():
    rows = cut("x = 1\n" * 20 + SHELF + "y = 2\n" * 20, by=analysis(most=150, target=20))
    for name in ("Shelf",):
        assert [row.form for row in rows if row.name == name] == ["definition"]


def test_a_definition_that_fits_without_its_comments_is_not_cut():
    comment = "".join(f"# line {n} of a long story\n" for n in range(20))
    function = "def f(a):\n    b = a + 1\n    return b\n"
    rows = cut(comment + function, by=analysis(most=60))
    assert rows[-1].text.endswith(function) and len(rows) > 2


def test_a_long_line_is_cut_between_characters():
    line = "x = '" + "e\u0301" * 300 + "👩\u200d🚀" * 50 + "'\n"
    rows = cut(line, by=analysis(unit="chars", most=40, header=False))
    assert {row.split for row in rows} == {"chars"}
    assert not any(text[0] in "\u0301\u200d🚀" for text in texts(rows)[1:])


def test_strings_and_broken_code_are_cut_by_lines():
    rows = cut('"""' + "A line of prose, as long as it is.\n" * 30 + '"""\n')
    assert {row.split for row in rows} <= {"lines", ""} and len(rows) > 3
    broken = cut("def f(:\n    ((((\n" + "x = 1\n" * 30, by=analysis(most=60))
    assert {row.parse for row in broken} == {"errors"} and broken[0].has_error
    assert not all(row.has_error for row in cut("x = 1\n" * 40 + "def f(:\n"))


def test_overlap_repeats_whole_lines_and_counts():
    rows = cut("".join(f"value_{n} = {n}\n" for n in range(80)), by=analysis(most=80, target=40, overlap=16))
    assert rows[0].overlap == "" and rows[0].overlap_start is None
    for before, row in pairwise(rows):
        assert row.overlap and before.text.endswith(row.overlap)
        assert row.overlap_start == row.start_byte - len(row.overlap)


def test_small_siblings_are_together():
    source = "".join(f"def f{n}():\n    return {n}\n\n\n" for n in range(6))
    (row,) = cut(source, by=USUAL)
    assert row.form == "group" and row.defines == tuple(f"f{n}" for n in range(6))


# Ids


def ids(rows):
    return [row.id for row in rows]


FUNCTIONS = [f"def f{n}(a):\n    total = a + {n}\n    return [total, {n}, 'text {n}', a]\n\n\n" for n in range(40)]


def test_ids_do_not_depend_on_place_and_path():
    before = cut("".join(FUNCTIONS), by=SMALL)
    after = cut("import os\n\n\n" + "".join(reversed(FUNCTIONS)), "other/place.py", by=SMALL)
    alone = [row.id for row in before if row.form == "definition"]
    assert len(alone) > 30
    assert len(set(alone) - set(ids(after))) <= 1  # the last one ends the file


def test_an_edit_changes_the_ids_of_what_it_changed():
    before = cut("".join(FUNCTIONS), by=USUAL)
    edited = [*FUNCTIONS]
    edited[7] = edited[7].replace("total", "together")
    after = cut("".join(edited), by=USUAL)
    assert len(set(ids(after)) - set(ids(before))) == 1
    route = next(row for row in after if "together" in row.text)
    assert route.content_hash not in {row.content_hash for row in before}


def test_an_edit_in_a_long_file_moves_few_cuts():
    methods = [f"    def of_{n}(self, x):\n" + f"        x = of_{n}(x)\n" * (1 + n * 7 % 5) + "\n" for n in range(1000)]
    by = analysis(target=120, most=240)
    before = ids(cut("class A:\n" + "".join(methods), by=by))
    for number in (100, 500, 800):
        edited = [*methods]
        edited[number] += "    def new(self):\n" + "        self.new(1, 2, 3)\n" * 8 + "\n"
        after = ids(cut("class A:\n" + "".join(edited), by=by))
        assert len(before) > 100
        assert 1 <= len(set(after) - set(before)) <= 8


def test_an_error_that_swallows_a_file_leaves_its_functions():
    methods = "".join(f"    def of_{n}(self, x):\n" + f"        x = of_{n}(x)\n" * 9 + "\n" for n in range(20))
    text = f"class A(Base):\n{methods}    if (x is y and\n        z = 1\n{methods}"
    rows = cut(text, by=analysis(target=60, most=120))
    assert any(row.has_error for row in rows)
    whole = [row for row in rows if row.form == "definition"]
    assert len(whole) > 20
    assert all(row.text.lstrip().startswith("def ") and row.route[-1] == row.name for row in whole)


def test_the_same_text_twice_has_two_ids():
    rows = cut("def f(a):\n    return a.b.c.d.e.f.g.h.i.j.k.l.m.n\n\n\n" * 6)
    assert len(set(ids(rows))) == len(rows) >= 3


def test_a_definition_keeps_its_id_when_its_body_changes():
    def of(text):
        return {row.qualified_name: row.definition for row in cut(text) if row.definition}

    assert of(SHELF)["Shelf.take"] == of(SHELF.replace("nobody", "somebody"))["Shelf.take"]


# The other view


def test_definitions_name_the_chunks_that_they_are_in():
    partition = cut(SHELF)
    by = analysis(most=60, target=30, view="defs")
    rows = rows_of(by.run("a.py", SHELF.encode()))
    assert [(row.kind, row.qualified_name) for row in rows] == [
        ("class", "Shelf"),
        ("method", "Shelf.add"),
        ("method", "Shelf.take"),
    ]
    shelf, add, take = rows
    assert shelf.children == (add.definition, take.definition) and add.parent == shelf.definition
    assert shelf.elided and "…" in shelf.text and shelf.size <= 60
    assert take.text.startswith("    # Taken") and add.doc == "Add one."
    for row in rows:
        overlapped = [
            each.id for each in partition if each.start_byte < row.end_byte and row.start_byte < each.end_byte
        ]
        assert list(row.chunks) == overlapped


# What is asked for


@pytest.mark.parametrize(
    "options",
    [
        {"most": 3},
        {"most": 100, "target": 200},
        {"target": 40, "least": 50},
        {"most": 100, "overlap": 60},
        {"unit": "words"},
    ],
)
def test_limits_that_cannot_be(options):
    with pytest.raises(CqError) as caught:
        chunk_options(**options)
    assert caught.value.hint


def test_the_user_says_what_stays_whole(run, tmp_path):
    (tmp_path / "a.py").write_text("if a:\n" + "    x = f(1, 2, 3)\n" * 6 + "if b:\n" + "    y = f(1, 2, 3)\n" * 6)
    query = "(if_statement condition: (_) @name) @chunk"
    done = run(tmp_path, "--query", query, "--max", 90, "--target", 30, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()[:-1]]
    assert [(row["form"], row["kind"], row["name"]) for row in rows] == [
        ("definition", "if_statement", "a"),
        ("definition", "if_statement", "b"),
    ]
    done = run(tmp_path, "--query", "(if_statment) @chunk")
    assert done.status == 2 and "if_statement" in done.stderr


class Ran:
    """What a command left that ran in this process."""

    def __init__(self, status, stdout, stderr):
        self.status, self.stdout, self.stderr = status, stdout, stderr


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run `cq chunk` with these arguments in this process: to start one takes longer than the command."""
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setenv("HOME", str(tmp_path))

    def go(*arguments):
        try:
            status = run_app(["chunk", *map(str, arguments)])
            message = ""
        except CqError as error:
            status, message = 2, f"cq: {error.message}\nhint: {error.hint}\n"
        out, err = capsys.readouterr()
        return Ran(status, out, err + message)

    yield go
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    top = tmp_path_factory.mktemp("tree")
    (top / "a.py").write_text(SHELF)
    (top / "b.py").write_text(SHELF)
    (top / "broken.py").write_text("def f(:\n")
    (top / "empty.py").write_text("")
    (top / "crlf.py").write_bytes(SHELF.replace("\n", "\r\n").encode())
    (top / "latin.py").write_bytes("# caf\xe9\nx = 1\n".encode("latin-1"))
    (top / "bom.rs").write_bytes(b"\xef\xbb\xbffn f() {}\n")
    (top / "deep.py").write_text("(" * 20_000 + ")" * 20_000)
    (top / "binary.py").write_bytes(b"x = 1\n\0\0")
    (top / "data.bin").write_bytes(b"\0\1\2")
    (top / "notes.zzz").write_text("words\n" * 500)
    return top


def test_the_command(run, tree):
    done = run(tree, "--verify", "--max", 200, "--stats", "-j1")
    assert done.status == 0, done.stderr
    lines = done.stdout.splitlines()
    answer = json.loads(lines[-1])
    rows = [json.loads(line) for line in lines[:-1]]
    contract = json.loads((Path(data_folder("contracts")) / "chunk.jsonl.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(contract)
    for row in (*rows[:5], rows[-1], answer):
        validator.validate(row)
    assert answer["summary"]["verified"] and answer["summary"]["chunks"] == len(rows)
    assert len({row["id"] for row in rows}) == len(rows)  # a.py and b.py are the same
    assert [row["path"] for row in rows] == sorted(row["path"] for row in rows)
    assert "notes.zzz" not in {row["path"] for row in rows}
    codes = {note["code"] for note in answer["diagnostics"]}
    assert codes == {"syntax-error", "not-utf-8"}
    assert answer["stamp"]["tokenizer"] == "estimate" and not any(
        row["tokens_exact"] for row in rows if "tokens_exact" in row
    )
    assert "chunks, tokens: median" in done.stderr
    whole = run(tree, "--json", "--max", 200)
    assert [row["id"] for row in json.loads(whole.stdout)["rows"]] == [row["id"] for row in rows]


def test_workers_priority_and_text(run, tree):
    one, two = (
        run(tree, "--format", "jsonl", "--text", workers).stdout.splitlines()[:-1] for workers in ("-j1", "-j2")
    )
    assert one == two and '"notes.zzz"' in one[-1] and '"fallback":"unsupported"' in one[-1]
    first = run(tree, "--priority", "crlf*=2", "--priority", "*.rs=1", "--format", "jsonl").stdout.splitlines()
    paths = list(dict.fromkeys(json.loads(line)["path"] for line in first[:-1]))
    assert paths[:3] == ["crlf.py", "bom.rs", "a.py"]
    assert run(tree, "--priority", "x").status == 2


def test_what_a_run_cost(run, tree, tmp_path):
    kept = ("--stats", "-q", "--cache-dir", tmp_path / "cache")
    first = run(tree, *kept).stderr
    finish()  # what is kept is written at the end of the process
    second = run(tree, *kept).stderr
    hits = [int(re.search(r"cache_hits +(\d+)", said)[1]) for said in (first, second)]
    assert hits[0] == 0 < hits[1]
    assert int(re.search(r"peak_mb +(\d+)", second)[1]) > 10
    assert "█" in second and "target" in second


def test_bad_input(run, tree, tmp_path):
    assert run(tree, "--strict", "-q").status == 1
    assert run(tree / "a.py", "--strict", "-q").status == 0
    named = run(tree / "binary.py")
    assert named.status == 2 and "binary" in named.stderr
    cut = run(tree / "binary.py", "-uuu", "--verify")
    assert cut.status == 0 and '"fallback":"binary"' in cut.stdout
    assert run(tmp_path / "missing").status == 2
    assert run(tree, "--lang", "cobol").status == 2
    assert run(tree, "--max", 1).status == 2
    for both in (["--since", "HEAD", "--report"], ["--graph", "dot", "--json"], ["--explain", "--verify"]):
        assert "exclude each other" in run(tree, *both).stderr
    for tokenizer, word in (("cl100k", "cl100k_base"), ("missing.json", "no such tokenizer")):
        done = run(tree, "--tokenizer", tokenizer)
        assert done.status == 2 and word in done.stderr, done.stderr


def test_a_missing_extra_is_named(monkeypatch):
    from cq.chunking import vocabulary

    monkeypatch.setattr(vocabulary, "find_spec", lambda name: None)
    with pytest.raises(CqError) as caught:
        vocabulary.exact_tokens("o200k_base")
    assert "cq[tokens]" in caught.value.hint


def test_exact_tokens():
    splintr = pytest.importorskip("splintr")
    by = analysis(tokenizer="cl100k_base", most=64, target=40)
    count = splintr.Tokenizer.from_pretrained("cl100k_base").encode_ordinary
    rows = cut(SHELF * 3 + "x = '" + "\u00e9" * 400 + "'\n", by=by)
    assert len(rows) > 10
    for row in rows:
        whole = (f"{row.header}\n" if row.header else "") + row.overlap + row.text
        assert len(count(whole)) == row.tokens == row.size <= 64 and row.tokens_exact


def test_a_tokenizer_of_ones_own(run, tmp_path):
    splintr = pytest.importorskip("splintr")
    # The bytes as letters, as such files have them, and four merges.
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {chr(byte): number for number, byte in enumerate(plain)}
    letters |= {chr(256 + number): len(plain) + number for number in range(256 - len(plain))}
    merges = ["s e", "l f", "se lf", "r e"]
    vocabulary = letters | {merge.replace(" ", ""): 256 + number for number, merge in enumerate(merges)}
    levels = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    made = {"version": "1.0", "added_tokens": [], "pre_tokenizer": levels, "decoder": {"type": "ByteLevel"}}
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(made | {"model": {"type": "BPE", "vocab": vocabulary, "merges": merges}}))
    source = tmp_path / "a.py"
    source.write_text(SHELF * 4)
    done = run(source, "--tokenizer", path, "--max", 200, "--target", 120, "--verify", "--no-cache")
    *rows, tail = map(json.loads, done.stdout.splitlines())
    assert done.status == 0 and len(rows) > 5
    assert tail["stamp"]["tokenizer"] == "tokenizer.json"
    count = splintr.from_json(str(path)).encode_ordinary
    for row in rows:
        whole = row["header"] + "\n" + row["text"]
        # A letter a token, but for the merges: nothing like what another vocabulary, or the estimate, says.
        joined = sum(map(whole.count, ("se", "lf", "self", "re")))
        assert row["tokens"] == len(count(whole)) == len(whole.encode()) - joined
        assert row["tokens_exact"]
    path.write_text('{"model": 1}')
    assert "tokenizer.json" in run(source, "--tokenizer", path, "--no-cache").stderr


def test_prompts(run, tree):
    markdown = run(tree / "a.py", "--format", "md").stdout
    assert markdown.startswith('### `a.py:1-22`\n\n```python\n"""A shelf."""\n')
    xml = run(tree / "a.py", "--format", "xml").stdout
    from xml.etree import ElementTree

    chunks = ElementTree.fromstring(xml)
    assert "".join((each.text or "")[1:] for each in chunks) == SHELF


def test_output_is_written_whole_or_not_at_all(run, tree, tmp_path):
    out = tmp_path / "chunks.jsonl"
    assert run(tree, "-o", out).status == 0
    assert json.loads(out.read_text().splitlines()[-1])["schema"]["name"] == "cq.chunk"
    done = run(tree, "-o", tmp_path / "no" / "folder.jsonl")
    assert done.status == 2 and "not written" in done.stderr


def test_explain(run, tree):
    done = run(tree / "a.py", "--explain", "--max", 60, "--format", "jsonl")
    cuts = [json.loads(line) for line in done.stdout.splitlines()]
    take = next(each for each in cuts if each["line"] == 12)
    assert "method take stays whole" in take["why"] and take["after"] == "    # Taken from the end."
    (tree / "binary.py").write_bytes(b"x\0")
    done = run(tree / "a.py", tree / "binary.py", tree / "nowhere.py", "--explain", "--max", 60, "--format", "jsonl")
    assert done.status == 2 and [json.loads(line) for line in done.stdout.splitlines()] == cuts
    assert "nowhere.py: no such file" in done.stderr and "binary.py: binary, not cut" in done.stderr


def test_a_report_on_some_of_the_files_is_none(run, tree, monkeypatch):
    def cancelled(run):
        run.is_cancelled = True

    monkeypatch.setattr("cq.cli.chunk.heed_control_c", cancelled)
    with pytest.raises(KeyboardInterrupt):
        run(tree / "a.py", tree / "b.py", "--report", "--workers", "1")


def test_the_report(run, tmp_path):
    (tmp_path / "src").mkdir()
    for name, verb in (("pay", "Pay by a call with the value"), ("cook", "Cook by a call with the value")):
        body = "".join(f"    {name}_{n} = call({n}, value)\n" for n in range(30))
        text = "".join(f'def {name}{n}(value):\n    """{verb} in {"many " * n}words."""\n{body}\n\n' for n in range(4))
        (tmp_path / "src" / f"{name}.py").write_text(text)
    done = run(tmp_path / "src", "--report", "--json", "--max", 400)
    report = json.loads(done.stdout)
    contract = json.loads((Path(data_folder("contracts")) / "chunk.report.schema.json").read_text())
    jsonschema.Draft202012Validator(contract).validate(report)
    quality = report["quality"]
    assert quality["bytes"] == quality["bytes_covered"] and quality["over_limit"] == 0
    assert (quality["definitions_that_fit"], quality["definitions_cut"], quality["questions"]) == (8, 0, 8)
    found = {row["name"]: row["share"] for row in quality["retrieval"]}
    assert found["definitions with headers"][-1] > 80
    text = run(tmp_path / "src", "--report", "--format", "text").stdout
    assert "definitions that fit and are cut" in text and "windows of 40 lines" in text
    page = tmp_path / "report.html"
    run(tmp_path / "src", "--report", "-o", page)
    assert page.read_text().startswith("<!doctype html>") and "<td>definitions with headers" in page.read_text()


def test_from_python(tmp_path, monkeypatch):
    import cq

    cuts, whole = [], ChunkAnalysis.run

    (tmp_path / "a.py").write_text(SHELF)
    rows = cq.chunk_source(SHELF.encode(), "py", most=60, target=30)
    assert "".join(row.text for row in rows) == SHELF
    assert cq.whole_text(rows[-1]) == (rows[-1].header + "\n" if rows[-1].header else "") + rows[-1].text
    assert [row.id for row in cq.chunk_file(str(tmp_path / "a.py"), most=60, target=30)] == [row.id for row in rows]
    assert [row.id for row in cq.chunk_paths([str(tmp_path)], most=60, target=30)] == [row.id for row in rows]
    monkeypatch.setattr(ChunkAnalysis, "run", lambda self, path, data: cuts.append(path) or whole(self, path, data))
    for changed, cut_anew in (("", 1), ("", 0), ("x = 1\n", 1)):
        (tmp_path / "a.py").write_text(SHELF + changed)
        cuts.clear()
        again = list(cq.chunk_paths([str(tmp_path / "a.py")], cache_folder=str(tmp_path / "kept"), workers=1))
        assert len(cuts) == cut_anew and "".join(row.text for row in again) == SHELF + changed
    with pytest.raises(CqError):
        cq.chunk_source(b"", "cobol")
    with pytest.raises(CqError):
        cq.chunk_file(str(tmp_path / "missing.py"))


def test_documents_of_other_libraries(monkeypatch):
    import sys
    from types import ModuleType

    import cq

    module = ModuleType("langchain_core.documents")
    module.Document = lambda **said: said
    monkeypatch.setitem(sys.modules, "langchain_core", ModuleType("langchain_core"))
    monkeypatch.setitem(sys.modules, "langchain_core.documents", module)
    rows = cq.chunk_source(SHELF.encode(), "py")
    (document,) = cq.langchain_documents(rows)
    assert document["id"] == rows[0].id and document["page_content"] == cq.whole_text(rows[0])
    assert document["metadata"]["path"] == "-" and "text" not in document["metadata"]
    monkeypatch.setitem(sys.modules, "llama_index", None)
    with pytest.raises(CqError, match="LlamaIndex"):
        list(cq.llama_index_nodes(rows))


def test_what_a_chunk_uses(run, tmp_path):
    (tmp_path / "a.py").write_text(
        "import os\nfrom json import dumps\n\ndef f(a):\n    return dumps(os.fspath(a), a.b)\n"
    )
    row = json.loads(run(tmp_path, "--uses").stdout.splitlines()[0])
    assert (row["imports"], row["calls"]) == (["os", "json", "dumps"], ["dumps", "fspath"])
    assert row["names"][-2:] == ["fspath", "b"]


def test_a_language_by_its_kinds_alone(tmp_path):
    pytest.importorskip("tree_sitter_scala")
    source = "package a\n\n// Open opens.\ndef Open(path: String): Int = {\n\tsize(path, 1, 2, 3, 4, 5)\n}\n"
    cut(source, "a.scala")
    (row,) = rows_of(analysis(view="defs").run("a.scala", source.encode()))
    assert (row.kind, row.name, row.doc, row.start_line) == ("function", "Open", "Open opens.", 3)


def test_what_a_variable_is_given_and_what_is_exported():
    pytest.importorskip("tree_sitter_javascript")
    source = """// Adds.
export const add = (a, b) => {
  const c = a + b;
  return c * 2;
};

/** A shelf. */
export default class Shelf extends Base {
  put = (book) => {
    this.books.push(book, book.number, this.count, this.total + 1, [1, 2, 3]);
  };

  take(n) {
    this.check(n, this.count, [1, 2, 3, 4, 5, 6]);
    return this.books.splice(0, n, this.count, this.total + 1, [1, 2, 3, 4]);
  }
}
"""
    rows = rows_of(analysis(view="defs").run("a.js", source.encode()))
    assert [(row.kind, row.qualified_name, row.doc) for row in rows] == [
        ("function", "add", "Adds."),
        ("class", "Shelf", "A shelf."),
        ("method", "Shelf.put", ""),
        ("method", "Shelf.take", ""),
    ]
    parts = cut(source, "a.js", analysis(most=70, target=40))
    assert next(row.text for row in parts if row.name == "take").startswith("  take(n) {")
    assert {row.qualified_name for row in parts} >= {"Shelf", "Shelf.take"}


def test_a_file_is_cut_as_what_it_parses_as(tmp_path):
    pytest.importorskip("tree_sitter_typescript")
    (row,) = rows_of(analysis(view="defs").run("a.ts", b"export interface A { b: string }\n"))
    assert (row.kind, row.name, row.language) == ("interface", "A", "typescript")
    typed = rows_of(USUAL.run("a.js", b"export function f(a: string): number { return g<A>(a) }\n"))
    assert [(row.language, row.parse) for row in typed] == [("tsx", "ok")]


def seconds(text, path):
    data = text.encode()
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        PLAIN.run(path, data)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize(
    ("piece", "path"),
    [
        ("    (1, 'name', [1, 2]),\n", "a.zzz"),
        ("1234,'abc',", "a.zzz"),
        ("T = (1, [2, 3])\n", "a.py"),
        ("\n", "a.zzz"),
        ("a", "a.zzz"),
        ("\u0301", "a.zzz"),
    ],
)
def test_what_is_large_takes_as_long_as_its_size(piece, path):
    size = 200_000 // len(piece)
    assert seconds(piece * size, path) < 8 * max(seconds(piece * (size // 4), path), 0.002)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("mod a {\n" * 3_000 + "}\n" * 3_000, "a.rs"),
        ("mod a {" * 3_000, "a.rs"),
        ("(" * 100_000, "a.py"),
        ("[\n" * 50_000, "a.py"),
    ],
    ids=["modules", "open modules", "brackets", "lines of brackets"],
)
def test_depth_is_no_trouble(text, path):
    cut(text, path, USUAL)


def test_rows_are_what_the_contract_says():
    row = rows_of(SMALL.run("a.py", SHELF.encode()))[0]
    assert msgspec.json.encode(row).startswith(b'{"id":"')


def test_the_only_method_of_a_class_is_a_definition():
    source = b"class Shelf:\n    def add(self, book):\n        def inner():\n            pass\n"
    rows = rows_of(analysis(view="defs").run("a.py", source))
    assert [row.qualified_name for row in rows] == ["Shelf", "Shelf.add", "Shelf.add.inner"]


@pytest.mark.parametrize("form", ["jsonl", "json", "text"])
def test_a_kind_of_which_there_is_no_chunk(cq, tmp_path, form):
    (tmp_path / "a.py").write_text("def f():\n    return 1\n")
    done = cq("chunk", "--kind", "bogus", "--format", form, cwd=tmp_path)
    assert (done.status, done.stderr) == (1, "cq: no chunk of kind bogus in 1 file\n")
    assert form == "text" or json.loads(done.stdout)["summary"]["exit_status"] == 1
    assert cq("chunk", "--kind", "function", "--size-by", "lines", "--min", "0", cwd=tmp_path).status == 0
