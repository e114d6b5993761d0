"""`cq pattern`: what is found, shown and written; and sources that would bring a careless program down."""

import json
import os
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cq.lanes.table import lane_table
from cq.matching.positions import SourceText
from cq.matching.run import rule_languages
from cq.resources import data_folder
from cq.rules.ad_hoc import AskedPattern, pattern_rules
from cq.rules.astgrep import matches, tree
from cq.rules.template import Extract, filled

LANGUAGES = " or ".join(
    sorted(name for name, entry in lane_table((data_folder("queries"),)).languages.items() if entry.ast_grep)
)


def rows(done):
    return [row for row in map(json.loads, done.stdout.splitlines()) if "start_byte" in row]


@pytest.fixture
def write(tmp_path):
    def write(name, data):
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return tmp_path

    return write


def test_text(cq, write):
    root = write("a.py", "x = [\n    get('ü', default=None),\n]\n")
    done = cq("pattern", "get($KEY, default=$D)", cwd=root)
    assert done.status == 0
    assert done.stdout == (
        "a.py:2:5: info: KEY = 'ü', D = None [pattern]\n"
        " 2 |     get('ü', default=None),\n"
        "   |     ^^^^^^^^^^^^^^^^^^^^^^\n"
    )


def test_status_and_lists(cq, write):
    root = write("a.py", "f(1)\nf(f(2))\n")
    write("b.py", "g(1)\n")
    assert cq("pattern", "f($A)", "-c", cwd=root).stdout == "a.py:3\n"
    assert cq("pattern", "f($A)", "-l", cwd=root).stdout == "a.py\n"
    assert cq("pattern", "f($A)", "-q", cwd=root)[:2] == (0, "")
    assert cq("pattern", "h($A)", "-q", cwd=root)[:2] == (1, "")
    assert cq("pattern", "h($A)", "no-such-file.py", cwd=root).status == 2
    tail = json.loads(cq("pattern", "f($A)", "--limit", "1", "--json", cwd=root).stdout)
    assert (tail["summary"]["findings"], tail["summary"]["shown"], tail["summary"]["complete"]) == (3, 1, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no pattern"),
        (("",), "an empty pattern"),
        (("def f(",), f"no pattern of {LANGUAGES}: "),
        (("a = 1; b = 2", "--lang", "python"), "Multiple AST nodes"),
        (("f($A)", "--lang", "cobol"), "unknown language"),
        (("f($A)", "--lang", "python", "--selector", "nokind"), "Kind `nokind` is invalid"),
        (("f($A)", "-r", "g($B)"), "the fix names $B"),
        (("f($A)", "--apply"), "--apply of what?"),
        (("f($A)", "-r", "g", "--apply", "--limit", "3"), "exclude each other"),
        (("(" * 10_000 + ")" * 10_000,), "a pattern of 20,000 characters"),
        ((b"f(\xff)",), "not UTF-8"),
    ],
)
def test_what_is_no_pattern_is_refused(cq_environment, tmp_path, arguments, message):
    command = [os.path.join(os.path.dirname(os.sys.executable), "cq"), "pattern", *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=cq_environment, capture_output=True, check=False)
    assert done.returncode == 2
    assert message in done.stderr.decode()


def test_selector_and_strictness(cq, write):
    root = write("a.py", "class A:\n    x = 1\nx = 1\nf(a, b)\nf(a)\n")
    found = rows(cq("pattern", "class A: $X = $Y", "--selector", "assignment", "--format", "jsonl", cwd=root))
    assert [row["line"] for row in found] == [2, 3]
    found = rows(cq("pattern", "g($A)", "--strictness", "signature", "--lang", "python", "--format", "jsonl", cwd=root))
    assert [row["line"] for row in found] == [5]


def test_a_pattern_is_looked_for_where_it_is_code(cq, write):
    root = write("a.py", "f(1)\n")
    write("b.rs", "fn main() { f(1); let x = f(2)?; }\n")
    assert [row["path"] for row in rows(cq("pattern", "f($A)", "--format", "jsonl", cwd=root))] == [
        "a.py",
        "b.rs",
        "b.rs",
    ]
    assert [row["path"] for row in rows(cq("pattern", "f($A)?", "--format", "jsonl", cwd=root))] == ["b.rs"]


@pytest.mark.parametrize(
    ("pattern", "lines"),
    [
        ("f($$$)", [2]),
        ("a.f($$$)", [3]),
        ("def $F($$$): $$$", [1]),
        ("for $X in $Y: $$$", [4]),
        ("f(1, $$$)", [2]),
        ("[$$$, 2]", [4]),
        ("$_", None),
    ],
)
def test_three_dollars_need_no_name(cq, write, pattern, lines):
    root = write("a.py", "def g(a, b): pass\nf(1, 2)\na.f()\nfor x in [1, 2]: pass\n")
    found = rows(cq("pattern", pattern, "--lang", "python", "--format", "jsonl", cwd=root))
    assert found if lines is None else [row["line"] for row in found] == lines


def test_an_empty_file_has_no_match(cq, write):
    root = write("a.py", "")
    assert cq("pattern", "$_", "--lang", "python", cwd=root).status == 1


def test_a_file_that_is_named_is_searched_or_answered_for(cq, write):
    root = write("a.py", b"f(1)\n#\0\n")
    write("b.py", b"f(1)\n#" + b"a" * 4_000_000)
    done = cq("pattern", "f($A)", "a.py", cwd=root)
    assert (done.status, "-uuu takes it as text" in done.stderr) == (2, True)
    assert cq("pattern", "f($A)", "a.py", "-uuu", "-c", cwd=root)[:2] == (0, "a.py:1\n")
    done = cq("pattern", "f($A)", "b.py", cwd=root)
    assert (done.status, "more than 4 MB" in done.stderr, "0 files checked" in done.stderr) == (2, True, True)
    assert cq("pattern", "f($A)", cwd=root).status == 1  # in a folder it is said, and no error


def test_rewrite_shows_and_apply_writes(cq, write):
    root = write("a.py", b"if x:\r\n    f(1,\r\n      2)\r\n")
    (root / "a.py").chmod(0o755)
    done = cq("pattern", "f($$$A)", "-r", "g($$$A)", cwd=root)
    assert done.stdout.splitlines()[3:] == [
        "@@ -1,3 +1,3 @@", " if x:", "-    f(1,", "+    g(1,", "       2)",
    ]  # fmt: skip
    assert cq("pattern", "f($$$A)", "-r", "g($$$A)", "--apply", cwd=root).stdout == "a.py: 1 change\n"
    assert (root / "a.py").read_bytes() == b"if x:\r\n    g(1,\r\n      2)\r\n"
    assert (root / "a.py").stat().st_mode & 0o777 == 0o755


def test_of_nested_matches_the_outermost_is_rewritten(cq, write):
    root = write("a.py", "f(f(1))\n")
    done = cq("pattern", "f($A)", "-r", "g($A)", "--apply", cwd=root)
    assert (root / "a.py").read_text() == "g(f(1))\n"
    assert "run again" in done.stderr
    cq("pattern", "f($A)", "-r", "g($A)", "--apply", cwd=root)
    assert (root / "a.py").read_text() == "g(g(1))\n"


def test_what_is_no_utf8_is_found_and_not_rewritten(cq, write):
    source = b"# \xe9\xff\nf('\xfc', x)\n"
    root = write("a.py", source)
    done = cq("pattern", "f($A, $B)", "-r", "g($A, $B)", "--apply", "--format", "jsonl", cwd=root)
    (row,) = rows(done)
    assert source[row["start_byte"] : row["end_byte"]] == b"f('\xfc', x)"
    assert "not rewritten" in done.stderr
    assert (root / "a.py").read_bytes() == source


@pytest.mark.parametrize(
    ("source", "columns"),
    [
        (b"", []),
        (b"\xef\xbb\xbff(1)\n", [1]),
        (b"x; f(1)\r\nf(2)", [4, 1]),
        ("é = f('😀'); f(1)".encode(), [5, 13]),
        (b"def g(:\n  pass\nf(4)\n", [1]),
        (b"f(1)\0", []),
        (b"f(" + b"a" * 5_000_000 + b")", []),
    ],
)
def test_sources_of_all_kinds(cq, write, source, columns):
    root = write("a.py", source)
    found = rows(cq("pattern", "f($A)", "--lang", "python", "--format", "jsonl", cwd=root))
    assert [row["column"] for row in found][: len(columns)] == columns
    assert bool(found) == bool(columns)
    for row in found:
        assert source[row["start_byte"] : row["end_byte"]].startswith(b"f(")


_DEEP = {
    "brackets": "f(" + "[" * 100_000 + "]" * 100_000 + ")",
    "calls": "f(" * 100_000 + ")" * 100_000,
    "sums": "f(" + "+".join(["a"] * 100_000) + ")",
    "twice": "f({0}, {0})".format("[" * 100_000 + "]" * 100_000),
    "open": "f(" * 100_000,
}


@pytest.mark.parametrize("kind", _DEEP)
@pytest.mark.parametrize("pattern", ["f($A)", "f($A, $A)", "$X + $Y"])
def test_deep_nesting_does_not_overflow_the_stack(cq, write, kind, pattern):
    root = write("a.py", _DEEP[kind] + "\n")
    done = cq("pattern", pattern, "--lang", "python", "-c", cwd=root)
    assert done.status in (0, 1), done
    if pattern == "f($A, $A)" and kind != "open":  # which is one flat error
        assert "levels deep" in done.stderr


def test_a_line_of_a_hundred_thousand_matches(cq, write):
    root = write("a.py", ";".join(["f(1)"] * 60_000))
    assert cq("pattern", "f($A)", "-c", cwd=root).stdout == "a.py:60000\n"


@given(st.binary(max_size=40) | st.text(alphabet="aé€😀\n\ufeff", max_size=20).map(str.encode))
def test_positions_are_those_of_the_bytes(data):
    source = SourceText(data)
    assert source.byte(len(source.text)) == len(data)
    for index in range(len(source.text) + 1):
        place = source.position(index)
        assert place.byte == len(data) if index == len(source.text) else place.byte < len(data)
        assert place.line == data[: place.byte].count(b"\n") + 1


@pytest.mark.parametrize(
    ("template", "text", "filled_in"),
    [
        ("g($A)", "1", "g(1)"),
        ("$ $5 $a $A", "1", "$ $5 $a 1"),
        ("if x:\n    $A", "a\n  b", "if x:\n    a\n      b"),
        ("$A", "a\n    b", "a\n    b"),
    ],
)
def test_templates(template, text, filled_in):
    assert filled(template, lambda name: Extract(text, 0) if name == "$A" else None) == filled_in


_WORDS = st.sampled_from(["f", "g", "print", "x", "self", "'s'"])
_CODE = st.recursive(
    _WORDS,
    lambda inner: (
        st.builds("{}({})".format, _WORDS.filter(str.isidentifier), inner)
        | st.builds("{}.{}".format, inner, st.sampled_from(["a", "append"]))
        | st.builds("[{}, {}]".format, inner, inner)
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(
    _CODE, st.lists(_CODE, min_size=1, max_size=3), st.sampled_from(["{}", "$F({})", "{}.$A", "[{}, $B]", "$X = {}"])
)
def test_the_words_of_a_pattern_lose_no_match(inside, source, shape):
    """Whatever matches, the file holds the words that the pattern is said to need."""
    language = rule_languages(lane_table((data_folder("queries"),)))["python"]
    rule = pattern_rules(AskedPattern(text=shape.format(inside)), [language], named=True)["python"]
    text = "\n".join((*source, shape.format(inside).replace("$", "v")))
    for each in (text, "\n".join(source)):
        if matches(tree(each, "python").root(), rule):
            assert rule.need is None or rule.need.is_met(each.encode())
    assert matches(tree(text, "python").root(), rule)


def test_the_account_speaks_of_matches(cq, tmp_path):
    (tmp_path / "a.py").write_text("print(1)\nprint(2)\n")
    assert cq("pattern", "print($A)", cwd=tmp_path).stderr.startswith("2 matches in 1 file")
