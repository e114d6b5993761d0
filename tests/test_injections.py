"""Texts in other languages: which there are, who tells their language, and what `cq injections` says of them."""

import json
import re
import tempfile
import tomllib
from pathlib import Path

import pytest

from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.search.injections import InjectionsAnalysis, InjectionsPlan
from cq.settings import EMBED_DEPTH

ROOT = Path(__file__).parent.parent
SHIPPED = InjectionsAnalysis(InjectionsPlan((data_folder("queries"),)))
# A language of the user's own, on a grammar that is there.
TABLE = """
[injected.runic]
grammar = "tree_sitter_runic_that_nobody_has"

[languages.shelf]
extensions = [".shelf"]
grammar = "tree_sitter_python"
separator = "."
"""


def texts(path, source):
    """Language, text and what is said of it for each injection that cq's own packs find."""
    data = source.encode()
    return [(row.language, cut(data, row), " > ".join(row.via)) for row in SHIPPED.run(path, data).rows]


def cut(data, row):
    spans = row.spans or [row]
    return "|".join(data[span.start_byte : span.end_byte].decode() for span in spans)


@pytest.fixture
def own(tmp_path):
    """The rows for a source in the user's own language, with these patterns and more of the table."""

    def rows(patterns, source, table=""):
        folder = Path(tempfile.mkdtemp(dir=tmp_path))  # what is read once is kept
        (folder / "shelf").mkdir()
        (folder / "lanes.toml").write_text(TABLE + table)
        (folder / "shelf" / "injections.scm").write_text(patterns)
        analysis = InjectionsAnalysis(InjectionsPlan((data_folder("queries"), str(folder))))
        return analysis.run("a.shelf", source if isinstance(source, bytes) else source.encode()).rows

    return rows


def told(rows):
    return [(row.language, row.told_by) for row in rows]


# Who tells the language

IN_CALLS = "((call function: (identifier) {} arguments: (argument_list . (string (string_content) @injection.content)))"
PROFILE = """
[[languages.shelf.profiles]]
of = "call"
names = ["loads"]
language = "json"
"""


@pytest.mark.parametrize(
    ("capture", "settings", "default", "expected"),
    [
        # All of them speak: the pattern counts most.
        (
            "@injection.language @injection.profile.call",
            '(#set! injection.language "html")',
            "sql",
            ("html", "pattern"),
        ),
        ("@injection.language @injection.profile.call", "(#set! injection.self)", "sql", ("loads", "capture")),
        ("@injection.profile.call", "(#set! injection.self)", "sql", ("shelf", "self")),
        ("@injection.profile.call", "", "sql", ("json", "profile")),
        ("@_name", "", "sql", ("sql", "default")),
        ("@_name", "", "", None),
    ],
)
def test_who_tells_the_language(own, capture, settings, default, expected):
    table = (f'default_injection = "{default}"\n' if default else "") + PROFILE
    rows = own(f"{IN_CALLS.format(capture)} {settings})", "loads('1')", table)
    assert told(rows) == ([expected] if expected else [])


def test_the_parent_is_the_language_around_the_host(own):
    pattern = "((expression_statement (string (string_content) @injection.content)) (#set! injection.{}))"
    assert told(own(pattern.format("parent"), "'1'")) == []  # a file has none
    both = "\n".join([IN_CALLS.format("@_f") + " (#set! injection.self))", pattern.format("parent")])
    rows = own(both, "f('''\"1\"''')")
    assert told(rows) == [("shelf", "self"), ("shelf", "parent")]
    assert [(row.depth, row.host) for row in rows] == [(1, "shelf"), (2, "shelf")]


def test_an_unknown_language_is_never_the_hosts(own):
    [row] = own('((string (string_content) @injection.content) (#set! injection.language "klingon"))', "'x = 1'")
    assert (row.language, row.state, row.told_by) == ("klingon", "unknown-language", "pattern")


def test_a_grammar_that_is_missing_leaves_a_row(own):
    rows = own('((string (string_content) @injection.content) (#set! injection.language "runic"))', "'a'; 'b'")
    assert [(row.language, row.state, row.has_error) for row in rows] == [("runic", "missing-grammar", False)] * 2


# What is one text

EACH = '((string (string_content) @injection.content) (#set! injection.language "python"){})'


def test_texts_are_apart_unless_they_are_combined(own):
    source = "'f('\n'1)'\n"
    assert [row.has_error for row in own(EACH.format(""), source)] == [True, True]
    [row] = own(EACH.format(" (#set! injection.combined)"), source)
    assert (row.has_error, [(span.start_byte, span.end_byte) for span in row.spans]) == (False, [(1, 3), (6, 8)])


def test_children_are_left_out_unless_they_are_included(own):
    source = "'a\\nb'"
    [row] = own(EACH.format(""), source)
    assert [(span.start_byte, span.end_byte) for span in row.spans] == [(1, 2), (4, 5)]
    [row] = own(EACH.format(" (#set! injection.include-children)"), source)
    assert (row.start_byte, row.end_byte, row.spans) == (1, 5, ())


def test_strings_of_a_unit_are_one_text(own):
    unit = "((concatenated_string (string (string_content) @injection.content)) @injection.unit{})"
    [row] = own(unit.format(' (#set! injection.language "json")'), "'[1,' ' 2]'")
    assert (row.state, row.has_error, len(row.spans)) == ("parsed", False, 2)


def test_comments_that_follow_one_another_are_one_text(own):
    pattern = '((comment) @injection.content (#set! injection.language "json") (#set! cq.adjacent))'
    assert [len(row.spans) for row in own(pattern, "# a\n# b\n\n# c\n")] == [2, 0]
    assert len(own(pattern, "# a\nx = 1\n# b\n")) == 2


def test_only_the_first_of_a_profile(own):
    pattern = """((call function: (_) @injection.profile.call
      arguments: (argument_list (string (string_content) @injection.content) @injection.unit)) {})"""
    source = "loads('1', '2')"
    assert len(own(pattern.format(""), source, PROFILE)) == 2
    [row] = own(pattern.format("(#set! cq.first)"), source, PROFILE)
    assert row.start_byte == 7


def test_each_match_of_a_profile_is_a_text(own):
    table = PROFILE + "each = '<(\\w+)>'\n"
    rows = own(f"{IN_CALLS.format('@injection.profile.call')})", "loads('<a> b <cc>')", table)
    assert [(row.start_byte, row.end_byte) for row in rows] == [(8, 9), (14, 16)]


def test_what_a_profile_takes_by_its_content(own):
    table = PROFILE + "content = '\\s*\\{'\n"
    rows = own(f"{IN_CALLS.format('@injection.profile.call')})", "loads(' {}'); loads('1')", table)
    assert [row.start_byte for row in rows] == [7]


def test_of_two_patterns_for_one_text_the_later_counts(own):
    [row] = own(EACH.format("") + "\n" + EACH.format("").replace("python", "json"), "'1'")
    assert row.language == "json"


def test_texts_in_texts_end_somewhere(own):
    pattern = "((comment) @injection.content (#set! injection.self) (#set! injection.include-children))"
    # A comment is a comment again when it is looked into.
    rows = own(pattern, "# a\n")
    assert [row.depth for row in rows] == list(range(1, EMBED_DEPTH + 1))


# Ours


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('db.execute("SELECT a FROM b")', [("sql", "SELECT a FROM b", "call db.execute")]),
        ('q = "SELECT a FROM b"', [("sql", "SELECT a FROM b", "")]),
        ('q = "select one from the list"', []),
        ('db.execute("now", "SELECT")', []),
        ('re.sub(r"\\d+", "a+")', [("regex", "\\d+", "call re.sub")]),
        ("json.loads('{\"a\": 1}')", [("json", '{"a": 1}', "call json.loads")]),
        ('mark_safe("<b>x</b>")', [("html", "<b>x</b>", "call mark_safe")]),
        ('os.system("ls | wc")', [("bash", "ls | wc", "call os.system")]),
        ('subprocess.run("ls", shell=True)', [("bash", "ls", "call subprocess.run")]),
        ('subprocess.run("ls", shell=False)', []),
        ('"""Adds.\n\n>>> add(1)\n2\n"""', [("python", "add(1)\n", "doctest")]),
        ('db.execute("SELECT a "\n  "FROM b")', [("sql", "SELECT a |FROM b", "call db.execute")]),
    ],
)
def test_python(source, expected):
    assert texts("a.py", source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fn f() { m!(g(1)) }", [("rust", "(g(1))", "")]),
        ("fn f() { println!(\"{x} {}\", 1) }", [("rust", '("{x} {}", 1)', ""), ("rust", "x", "macro println")]),
        ('fn f() { Regex::new("a+") }', [("regex", "a+", "call Regex::new")]),
        ('fn f() { json!({"a": [1]}) }', [("json", '({"a": [1]})', "macro json")]),
        ("/// Adds.\n///\n/// ```\n/// add(1);\n/// ```\nfn f() {}\n", [
            ("markdown", " Adds.\n|\n| ```\n| add(1);\n| ```\n", "documentation"), ("rust", "add(1);\n", "doctest"),
        ]),
        ("macro_rules! m { () => { fn f() {} } }", [("rust", "{ fn f() {} }", "")]),
        ("#[derive(Clone)] struct A;", []),
    ],
)  # fmt: skip
def test_rust(source, expected):
    assert texts("a.rs", source) == expected


def test_a_macro_in_an_example_has_no_comment_marks_in_it():
    source = "/// ```\n/// assert_eq!(\n///     f(1),\n///     2,\n/// );\n/// ```\nfn f() {}\n"
    assert texts("a.rs", source)[1:] == [
        ("rust", "assert_eq!(\n|    f(1),\n|    2,\n|);\n", "doctest"),
        ("rust", "(\n|    f(1),\n|    2,\n|)", "doctest"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        'execute("SELECT a FROM b WHERE c = %s AND d = %(d)s")',
        'execute("SELECT a FROM b WHERE c = :c AND d = ?")',
        'execute("SELECT a FROM b LIMIT %s OFFSET %s")',
        'execute("SELECT {} FROM {table}".format(a, table=b))',
        'execute(f"SELECT a FROM {b} WHERE c = {c}")',
        "execute(f\"DELETE FROM {b}\")",
        'execute("UPDATE %s SET a = %%s" % b)',
        "execute(\"SELECT a::text FROM b WHERE c LIKE '%x'\")",
    ],
)  # fmt: skip
def test_what_comes_into_sql_later_is_no_error(source):
    [row] = SHIPPED.run("a.py", source.encode()).rows
    assert (row.language, row.state, row.has_error) == ("sql", "parsed", False)


def test_an_error_in_sql_is_told():
    [row] = SHIPPED.run("a.py", b'execute("SELECT FROM WHERE (")').rows
    assert row.has_error


def test_what_does_not_parse_is_looked_into():
    data = b"fn f() { select! { a = b() => { c(1) } } }"
    rows = SHIPPED.run("a.rs", data).rows
    assert [(row.state, cut(data, row)) for row in rows] == [
        ("not-parsed", "{ a = b() => { c(1) } }"),
        ("parsed", "()"),
        ("parsed", "{ c(1) }"),
    ]


def test_each_text_is_there_once():
    for path in (*ROOT.glob("tests/annotated/*/*"), *ROOT.glob("tests/corpus/**/*.rs")):
        rows = SHIPPED.run(path.name, path.read_bytes()).rows
        places = [(row.start_byte, row.end_byte, row.spans, row.language, row.depth, row.host) for row in rows]
        assert len(set(places)) == len(places), path


# The command

SHELF = 'import re\n\n\ndef f(db):\n    db.execute("SELECT a FROM b")\n    re.match("é+", "x")\n'


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.py").write_bytes(SHELF.encode())
    (folder / "none.py").write_text("x = 1\n")
    return folder


def test_text(cq, project):
    done = cq("injections", ".", cwd=project)
    assert done.status == 0
    assert done.stdout.splitlines() == [
        'a.py:5:17: sql  db.execute("SELECT a FROM b") · in python · call db.execute',
        'a.py:6:15: regex  re.match("é+", "x") · in python · call re.match',
    ]
    assert done.stderr == "2 injections (1 sql, 1 regex) in 1 files\n"


def test_json(cq, project):
    answer = json.loads(cq("injections", "a.py", "--only", "regexp", "--json", cwd=project).stdout)
    [row] = answer["rows"]
    assert (row["line"], row["column"], row["end_column"]) == (6, 15, 17)
    assert SHELF.encode()[row["start_byte"] : row["end_byte"]].decode() == "é+"
    assert answer["summary"] == {"files": 1, "injections": 1, "parsed": 1}
    assert answer["languages"] == {"regex": 1}


def test_nothing_found_and_nothing_there(cq, project):
    assert cq("injections", "none.py", cwd=project)[:2] == (1, "")
    done = cq("injections", "missing.py", cwd=project)
    assert done.status == 2
    assert "missing.py" in done.stderr


def test_a_missing_grammar_is_named_once(cq, project, tmp_path):
    (tmp_path / "own").mkdir()
    names = 'extra = "embedded"\naliases = ["regexp"]'
    table = f'[injected.regex]\ngrammar = "tree_sitter_runic_that_nobody_has"\n{names}\n'
    (tmp_path / "own" / "lanes.toml").write_text(table)
    (project / "b.py").write_bytes(SHELF.encode())
    done = cq("injections", ".", "--queries", "../own", cwd=project)
    assert done.status == 0
    assert done.stdout.count("missing grammar") == 2
    assert done.stderr.count('regex: no grammar installed: pip install "cq[embedded]"') == 1


def test_a_pack_of_the_users(cq, project, tmp_path):
    (tmp_path / "own" / "python").mkdir(parents=True)
    pack = (
        '((assignment right: (integer) @injection.content) (#set! injection.language "json") (#set! cq.via "number"))'
    )
    (tmp_path / "own" / "python" / "injections.scm").write_text(pack)
    done = cq("injections", ".", "--queries", "../own", cwd=project)
    assert done.stdout == "none.py:1:5: json  x = 1 · in python · number\n"


def test_host_rows_are_the_same_without_injections(cq, tmp_path):
    (tmp_path / "a.py").write_text('def add(a):\n    """Add.\n\n    >>> add(1)\n    """\n    return add("add")\n')
    with_them = json.loads(cq("search", "add", ".", "--text", "--injected", "--json", cwd=tmp_path).stdout)["rows"]
    without = json.loads(cq("search", "add", ".", "--text", "--no-injected", "--json", cwd=tmp_path).stdout)["rows"]
    host = [row for row in with_them if row["role"] != "doc-example"]
    assert len(with_them) == len(host) + 1
    assert host == [row for row in without if row["start_byte"] in {each["start_byte"] for each in host}]


def test_the_extra_has_the_grammars_that_the_table_says():
    with open(ROOT / "pyproject.toml", "rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    injected = lane_table((data_folder("queries"),)).injected
    wanted = {entry.grammar.replace("_", "-") for entry in injected.values() if entry.extra == "embedded"}
    # These are languages of files, too, each with an extra of its own.
    wanted |= {f"tree-sitter-{name}" for name in ("bash", "html", "json", "markdown")}
    assert wanted == {line.partition(">")[0] for line in extras["embedded"]}
    # Where a version is pinned it is the one that the node types are made from.
    assert wanted <= {re.split("[<>=]", line)[0] for line in extras["dev"]}


# Bad input


@pytest.mark.parametrize("path", ["a.py", "a.rs"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe\x00",
        b'm!("\x00{x}")\n',
        b'execute("SELECT \xff FROM b")\n',
        b"f(" * 100_000,
        b"m!(" * 100_000,
        b"m!" + b"(" * 100_000 + b")" * 100_000,
        b"f(" + b"[" * 100_000 + b"]" * 100_000 + b")",
        b'"""\n>>> f(' + b"(" * 100_000 + b'\n"""',
        b"/// ```\n/// m!" + b"(" * 100_000 + b")" * 100_000 + b"\n/// ```\nfn f() {}\n",
    ],
    ids=["empty", "mark", "utf-16", "nul", "latin-1", "open", "macros", "tokens", "nested", "doctest", "example"],
)
def test_broken_files(path, data):
    for row in SHIPPED.run(path, data).rows:
        assert 0 <= row.start_byte < row.end_byte <= len(data)
        assert row.depth <= EMBED_DEPTH


def test_line_ends_of_windows():
    source = SHELF.replace("\n", "\r\n")
    assert texts("a.py", source) == texts("a.py", SHELF)
    example = "/// ```\n/// add(1);\n/// ```\nfn f() {}\n"
    rows = texts("a.rs", example.replace("\n", "\r\n"))
    assert [row[0] for row in rows] == ["markdown", "rust"]


def test_a_huge_file_is_named_and_not_parsed(cq, project):
    (project / "a.py").write_bytes(b'execute("SELECT a FROM b")\n' * 200_000)
    done = cq("injections", "a.py", cwd=project)
    assert done.status == 1
    assert "not parsed" in done.stderr
