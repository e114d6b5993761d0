"""`cq export`: rows of a tree that give back the file's bytes, whatever is in it and whichever rows are asked for."""

import json
import re
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cq.cli.options.listing import EXPORT
from cq.export.parsed import ParseAnalysis, ParsePlan
from cq.export.places import Places
from cq.export.rows import is_whole, rows_of, text_of
from cq.export.walk import ExportPlan
from cq.render.color import PLAIN
from cq.render.dot import tree_dot
from cq.render.tree_text import tree_text
from cq.resources import data_folder
from cq.rows.export import ExportEdge, ExportEnd, ExportGap, ExportNode, ExportToken

STORE = b"""\
import shelf

class Shelf:
    def add(self, book="a\\nb"):
        return "\xc3\xa9" + book  # put
"""
PLANS = {
    "whole": ExportPlan(),
    "named": ExportPlan(named=True),
    "tokens": ExportPlan(tokens=True),
    "named tokens": ExportPlan(named=True, tokens=True),
    "shallow": ExportPlan(depth=3),
    "shallow named": ExportPlan(depth=4, named=True),
}
ANALYSIS = ParseAnalysis(ParsePlan((data_folder("queries"),)))
SOURCES = sorted(
    path for path in (Path(__file__).parent / "annotated").rglob("*") if path.suffix in (".py", ".pyi", ".rs")
)


def parsed(data, path="shelf.py"):
    return ANALYSIS.run(path, data)


def rows(data, plan=ExportPlan(), path="shelf.py"):  # noqa: B008
    return list(rows_of(parsed(data, path), plan))


def joined(exported):
    return b"".join(text_of(row) for row in exported if isinstance(row, (ExportToken, ExportGap)))


def by_node_api(tree):
    """Every node by another way: number, parent, field, kind and span, from `children` and not from a cursor."""
    found = []
    waiting = [(tree.root_node, None, None)]
    while waiting:
        node, parent, field = waiting.pop()
        number = len(found)
        found.append((number, parent, field or "", node.type, node.start_byte, node.end_byte, node.is_named))
        below = [(child, number, node.field_name_for_child(at)) for at, child in enumerate(node.children)]
        waiting.extend(reversed(below))
    return found


def test_rows_of_a_line(cq, tmp_path):
    (tmp_path / "a.py").write_text("f(1)\n")
    done = cq("export", "a.py", "--depth", "4", cwd=tmp_path)
    assert done.status == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["row"] for line in lines] == [
        "file", "node", "node", "edge", "node", "edge", "node", "edge", "token", "node", "edge", "gap", "gap", "end",
        "summary",
    ]  # fmt: skip
    assert lines[0] == {
        "row": "file", "schema": {"name": "cq.export", "version": 1}, "path": "a.py", "language": "python",
        "grammar": "tree_sitter_python", "grammar_version": lines[0]["grammar_version"], "bytes": 5, "lines": 1,
        "sha256": lines[0]["sha256"], "depth": 4,
    }  # fmt: skip
    assert lines[6] == {
        "row": "node", "id": 3, "parent": 2, "field": "function", "kind": "identifier", "named": True, "depth": 3,
        "children": 0, "line": 1, "column": 1, "end_line": 1, "end_column": 2, "start_byte": 0, "end_byte": 1,
    }  # fmt: skip
    assert lines[7] == {"row": "edge", "parent": 2, "child": 3, "index": 0, "field": "function"}
    assert lines[8] == {
        "row": "token", "node": 3, "kind": "identifier", "named": True, "text": "f",
        "line": 1, "column": 1, "end_line": 1, "end_column": 2, "start_byte": 0, "end_byte": 1,
    }  # fmt: skip
    assert lines[9]["cut"] is True
    assert lines[11] == {
        "row": "gap", "parent": 4, "uncovered": True, "text": "(1)",
        "line": 1, "column": 2, "end_line": 1, "end_column": 5, "start_byte": 1, "end_byte": 4,
    }  # fmt: skip
    assert lines[13] == {
        "row": "end", "path": "a.py", "nodes": 5, "edges": 4, "tokens": 1, "gaps": 2, "errors": 0, "missing": 0,
        "deepest": 3, "complete": True,
    }  # fmt: skip


def test_the_tree_as_text(cq, tmp_path):
    (tmp_path / "shelf.py").write_bytes(STORE)
    done = cq("export", "shelf.py", "--format", "text", "--lines", "5:5", cwd=tmp_path)
    assert (
        done.stdout
        == """\
shelf.py
1:1-6:1     module
3:1-5:33      class_definition
4:5-5:33        body: block
4:5-5:33          function_definition
5:9-5:33            body: block
5:9-5:26              return_statement
5:9-5:15                "return"
5:16-5:26               binary_operator
5:16-5:19                 left: string
5:16-5:17                   string_start "\\""
5:17-5:18                   string_content "é"
5:18-5:19                   string_end "\\""
5:20-5:21                 operator: "+"
5:22-5:26                 right: identifier "book"
5:28-5:33             comment "# put"
"""
    )
    named = cq("export", "shelf.py", "--format", "text", "--lines", "1:1", "--named", cwd=tmp_path)
    assert named.stdout.splitlines()[1:] == [
        "1:1-6:1     module",
        "1:1-1:13      import_statement",
        "1:8-1:13        name: dotted_name",
        '1:8-1:13          identifier "shelf"',
    ]
    tokens = cq("export", "shelf.py", "--format", "text", "--lines", "1:1", "--tokens", cwd=tmp_path)
    assert tokens.stdout.splitlines()[1:] == ['1:1-1:7     "import"', '1:8-1:13    identifier "shelf"']


def test_what_no_token_covers_is_shown_where_it_stands():
    text = list(tree_text(rows(b's = "a\\nb"\n'), PLAIN, ""))
    assert [line.split(" ", 1)[1].strip() for line in text[7:12]] == [
        'string_start "\\""', "string_content", 'text "a"', 'escape_sequence "\\\\n"', 'text "b"'
    ]  # fmt: skip


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_sources_come_back(path, name):
    data = path.read_bytes()
    for each in (data, b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"), data[: len(data) // 2], data + b"\xff((\0"):
        exported = rows(each, PLANS[name], path.name)
        assert joined(exported) == each
        assert is_whole(parsed(each, path.name), PLANS[name])


PIECES = st.sampled_from(
    [b"def ", b"f", b"(", b")", b"[", b"{", b"}", b":", b"\n", b"    ", b" = ", b'"', b"'", b"\\n", b"\\", b"#", b"\r",
     b"\xff", b"\xc3\xa9", b"\xe2\x82", b"\0", b"\t", b"fn ", b"x!", b"<", b">", b"//", b"/*", b"\xef\xbb\xbf", b"f'{",
     b"class ", b"\x0c", b"struct ", b'r#"', b";", b"1", b"if ", b"else", b"@", b"->"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=3)), max_size=40), st.sampled_from(("a.py", "a.rs")))
def test_any_bytes_come_back(pieces, path):
    data = b"".join(pieces)
    file = parsed(data, path)
    for plan in PLANS.values():
        exported = list(rows_of(file, plan))
        assert joined(exported) == data
    # One after the other, without a hole.
    at = 0
    for row in rows_of(file, PLANS["whole"]):
        if isinstance(row, (ExportToken, ExportGap)):
            assert row.start_byte == at
            at = row.end_byte
    assert at == len(data)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from(("a.py", "a.rs")))
def test_nodes_and_edges_are_those_of_the_tree(pieces, path):
    file = parsed(b"".join(pieces), path)
    expected = by_node_api(file.tree)
    exported = list(rows_of(file, ExportPlan()))
    nodes = [row for row in exported if isinstance(row, ExportNode)]
    assert [(n.id, n.parent, n.kind, n.start_byte, n.end_byte, n.named) for n in nodes] == [
        (number, parent, kind, start, end, named) for number, parent, _, kind, start, end, named in expected
    ]
    edges = [row for row in exported if isinstance(row, ExportEdge)]
    assert [(e.parent, e.child) for e in edges] == [(n.parent, n.id) for n in nodes[1:]]
    children = {}
    for edge in edges:
        children.setdefault(edge.parent, []).append(edge.index)
    assert all(indexes == list(range(len(indexes))) for indexes in children.values())
    assert {n.id: n.children for n in nodes if n.children} == {k: len(v) for k, v in children.items()}
    # With --named the same nodes keep their numbers, each below the nearest one that is left.
    left = {n.id for n in nodes if n.named}
    parents = {n.id: n.parent for n in nodes}
    for row in rows_of(file, ExportPlan(named=True)):
        if isinstance(row, ExportNode):
            above = parents[row.id]
            while above is not None and above not in left:
                above = parents[above]
            assert (row.id in left, row.parent) == (True, above)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_fields_are_those_of_the_tree(path):
    file = parsed(path.read_bytes(), path.name)
    fields = [row.field for row in rows_of(file, ExportPlan()) if isinstance(row, ExportNode)]
    assert fields == [field for _, _, field, *_ in by_node_api(file.tree)]


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=60), st.integers(1, 6), st.integers(0, 3))
def test_lines_choose_what_touches_them(pieces, first, more):
    data = b"".join(pieces)
    lines = data.split(b"\n")
    start = sum(len(line) + 1 for line in lines[: first - 1])
    end = min(len(data), sum(len(line) + 1 for line in lines[: first + more]))
    exported = rows(data, ExportPlan(lines=(first, first + more)))
    whole = rows(data)

    def touch(row):
        return (row.start_byte < end and row.end_byte > start) if row.start_byte < row.end_byte else False

    def ids(some):
        return [row.id for row in some if isinstance(row, ExportNode) and touch(row)]

    assert ids(exported) == ids(whole)
    texts = [row for row in exported if isinstance(row, (ExportToken, ExportGap)) and row.start_byte < row.end_byte]
    if start < end:
        # Without a hole from before the first line to behind the last.
        assert texts[0].start_byte <= start
        assert texts[-1].end_byte >= end
        assert joined(exported) == data[texts[0].start_byte : texts[-1].end_byte]
    else:
        assert texts == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["a", "é", "€", "😀", "x" * 300, "é" * 400, "\n"]), max_size=30), st.booleans())
def test_columns_count_code_points(parts, marked):
    text = "".join(parts)
    data = (b"\xef\xbb\xbf" if marked else b"") + text.encode()
    places = Places(data)
    at = 3 * marked
    asked = []
    line = column = 1
    row = 0
    begin = 0
    for character in text:
        asked.append(((row, at - begin), at, (line, column)))
        at += len(character.encode())
        column += 1
        if character == "\n":
            line, column, row, begin = line + 1, 1, row + 1, at
    for point, byte, expected in [*asked, *reversed(asked)]:
        assert places.place(point, byte) == expected


@pytest.mark.parametrize("data", [b"\xe9 = 1\n", b"# \xe9\xe8\n", b"s = '\xff'\n"])
def test_bytes_that_are_no_text_are_in_base64(cq, tmp_path, data):
    (tmp_path / "a.py").write_bytes(data)
    done = cq("export", "a.py", "--verify", cwd=tmp_path)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0]["not_utf8"] is True
    assert lines[-2]["verified"] is True
    texts = [line for line in lines if line["row"] in ("token", "gap")]
    assert any("base64" in line and "text" not in line for line in texts)
    assert done.status == 0


@pytest.mark.parametrize("opening", ["(", "["])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("form", ["text", "jsonl", "dot"])
def test_deep_nesting(cq, tmp_path, opening, closed, form):
    deep = 100_000
    closing = {"(": ")", "[": "]"}[opening] if closed else ""
    (tmp_path / "deep.py").write_text("x = " + opening * deep + closing * deep + "\n")
    done = cq("export", "deep.py", "--format", form, "--verify", cwd=tmp_path)
    assert done.status == 0
    if form == "jsonl":
        end = json.loads(done.stdout.splitlines()[-2])
        assert end["verified"]
        assert end["nodes"] > deep
        assert (end["deepest"] > deep) == closed
    if form == "dot":
        assert "only the first 1,000 nodes" in done.stderr


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("empty.py", b"", 0, ""),
        ("blank.py", b" \n\t\n", 0, ""),
        ("broken.py", b"def f(:\n  $\n", 0, ""),
        ("nul.py", b"x = 1\0\n", 2, "binary"),
        ("huge.py", b"x = 1\n" * 700_000, 2, "4,200,000 bytes: files of more than 4,000,000 are not parsed"),
        ("notes.txt", b"x = 1\n", 2, "no grammar for this language"),
        ("a\nb.py", b"x = 1\n", 0, ""),
    ],
)
def test_bad_files_get_an_answer(cq, tmp_path, name, data, status, said):
    (tmp_path / name).write_bytes(data)
    done = cq("export", name, "--verify", "--format", "jsonl", cwd=tmp_path)
    assert (done.status, said in done.stderr) == (status, True)
    assert "Traceback" not in done.stderr
    tail = json.loads(done.stdout.splitlines()[-1])
    assert tail["summary"]["exit_status"] == status
    if said:
        assert [each["severity"] for each in tail["diagnostics"]] == ["error"]


def test_a_file_with_a_nul_byte_is_exported_when_that_is_asked_for(cq, tmp_path):
    (tmp_path / "nul.py").write_bytes(b"x = 1\0\ny = '\0'\n")
    done = cq("export", "nul.py", "-uuu", "--verify", cwd=tmp_path)
    end = json.loads(done.stdout.splitlines()[-2])
    assert (done.status, end["verified"], end["errors"] > 0) == (0, True, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "export of what?"),
        (("gone.py",), "no such file or folder"),
        (("a.py", "--tokens", "--format", "dot"), "exclude each other"),
        (("a.py", "--verify", "--lines", "1:2"), "exclude each other"),
        (("a.py", "--json", "--format", "dot"), "exclude each other"),
        (("a.py", "--lines", "3:1"), "ends before it begins"),
        (("a.py", "--lines", "0:1"), "counted from 1"),
        (("a.py", "--lines", "x"), "not a range"),
        (("a.py", "--depth", "0"), "out of range"),
        (("-",), "which language is stdin in?"),
        (("-", "a.py", "--lang", "python"), "stdin and files at once"),
        (("-", "--lang", "python,rust"), "stdin is in one language"),
    ],
)
def test_wrong_arguments(cq, tmp_path, arguments, said):
    (tmp_path / "a.py").write_text("x = 1\n")
    done = cq("export", *arguments, cwd=tmp_path)
    assert (done.status, done.stdout) == (2, "")
    assert said in done.stderr


def test_an_unreadable_file_does_not_end_the_run(cq, tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "loop.py").symlink_to("loop.py")
    done = cq("export", "a.py", "loop.py", "--format", "text", cwd=tmp_path)
    assert done.status == 2
    assert done.stdout.startswith("a.py\n")
    assert "loop.py: error" in done.stderr


def test_stdin(cq, tmp_path):
    done = cq("export", "-", "--lang", "py", "--format", "text", cwd=tmp_path, stdin=b"x = 1\r\n")
    assert (done.status, done.stdout.splitlines()[:2]) == (0, ["-", "1:1-2:1     module"])
    script = cq("export", "-", cwd=tmp_path, stdin="#!/usr/bin/env python3\n")
    assert json.loads(script.stdout.splitlines()[0])["language"] == "python"


def test_folders_and_languages(cq, tmp_path):
    for name in ("a.py", "b.rs", "c.txt", "d/e.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x\n")
    done = cq("export", ".", "-t", "py", cwd=tmp_path)
    heads = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"row":"file"')]
    assert [head["path"] for head in heads] == ["a.py", "d/e.py"]
    assert cq("export", "c.txt", "-t", "py", cwd=tmp_path).status == 1


def test_a_limit_is_told(cq, tmp_path):
    (tmp_path / "a.py").write_bytes(STORE)
    done = cq("export", "a.py", "--limit", "5", cwd=tmp_path)
    end = json.loads(done.stdout.splitlines()[-2])
    assert (end["nodes"], end["complete"]) == (5, False)
    tokens = cq("export", "a.py", "--limit", "3", "--tokens", "--format", "text", cwd=tmp_path)
    assert len(tokens.stdout.splitlines()) == 4
    assert "only the first 3 tokens" in tokens.stderr
    whole = next(row for row in rows(STORE) if isinstance(row, ExportEnd)).nodes
    for limit, complete in ((whole, True), (whole - 1, False)):
        assert rows(STORE, ExportPlan(limit=limit))[-1].complete is complete


def test_an_export_is_the_same_each_time_and_fits_its_schema(cq, tmp_path):
    (tmp_path / "a.py").write_bytes(STORE)
    (tmp_path / "b.rs").write_text("fn f() { x!(1) }\n")
    for form in ("json", "jsonl", "dot", "text"):
        first, again = (cq("export", ".", "--format", form, cwd=tmp_path, env={"PYTHONHASHSEED": s}) for s in "12")
        assert first == again
    contracts = Path(data_folder("contracts"))
    whole = json.loads(cq("export", ".", "--json", cwd=tmp_path).stdout)
    jsonschema.validate(whole, json.loads((contracts / "export.schema.json").read_text()))
    lines = [json.loads(line) for line in cq("export", ".", cwd=tmp_path).stdout.splitlines()]
    validator = jsonschema.Draft202012Validator(json.loads((contracts / "export.jsonl.schema.json").read_text()))
    for line in lines:
        validator.validate(line)
    assert whole["rows"] == lines[:-1]
    assert whole["summary"] == lines[-1]["summary"]


# A string of DOT, and what may stand around it.
_STRING = r'"(?:[^"\\\n]|\\.)*"'
_STATEMENT = re.compile(
    rf"digraph {_STRING} \{{|  (?:node|edge) \[.*\];|  n\d+ -> n\d+(?: \[label={_STRING}\])?;"
    rf"|  n\d+ \[label={_STRING}(?:, \w+=\w+)*\];|\}}"
)
AWKWARD = b's = "\\\\"; t = \'"&lt;\'\n# \\" } -> & \xc3\xa9 \x07\ny = (1\n'


def test_graphs_are_dot():
    lines = list(tree_dot(rows(AWKWARD), 'a "b\\'))
    assert [line for line in lines if not _STATEMENT.fullmatch(line)] == []
    assert any("color=red" in line for line in lines)
    named = {int(number) for line in lines for number in re.findall(r"^  n(\d+) \[", line)}
    arrows = {int(number) for line in lines for pair in re.findall(r"^  n(\d+) -> n(\d+)", line) for number in pair}
    assert arrows == named == {row.id for row in rows(AWKWARD) if isinstance(row, ExportNode)}


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_them_and_shows_what_is_there():
    graph = "\n".join(tree_dot(rows(AWKWARD), 'a "b\\'))
    done = subprocess.run(["dot", "-Tjson"], input=graph.encode(), capture_output=True, check=True)
    read = json.loads(done.stdout)
    labels = [node["label"].split("\\n", 1) for node in read["objects"]]
    assert done.stderr == b""
    assert len(read["edges"]) == len(read["objects"]) - 1
    assert ["comment", '# \\\\" } -> &amp; é \N{REPLACEMENT CHARACTER}'] in labels


def test_rows_are_made_one_by_one():
    file = parsed(b"xxxxxx = 1 + foo(2)\n" * 5_000)
    tracemalloc.start()
    try:
        count = sum(1 for _ in rows_of(file, ExportPlan()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count > 125_000
    assert peak < 500_000  # each row alone is more than four bytes


def test_a_long_line_does_not_take_the_square_of_its_length(cq, tmp_path):
    (tmp_path / "long.py").write_text("x = [" + "'é', " * 100_000 + "]\n")
    done = cq("export", "long.py", "--tokens", cwd=tmp_path)  # a minute is the fixture's patience
    last = json.loads(done.stdout.splitlines()[-4])
    assert (last["text"], last["column"]) == ("]", 500_006)


def test_a_reader_that_goes_away_is_no_error(cq_environment, tmp_path):
    (tmp_path / "a.py").write_bytes(STORE * 500)
    done = subprocess.run(
        f"{sys.executable} -m cq export a.py | head -1",
        shell=True, capture_output=True, cwd=tmp_path, env=cq_environment, check=True,
    )  # fmt: skip
    assert done.stderr == b""


def test_every_option_is_explained():
    assert all(option.help.endswith(".") for option in EXPORT)
