"""Data and prose: outlined and cut as all else, and no code to whoever asks about code."""

import json
import re

import pytest

import cq as toolkit
from cq.grammar import language
from cq.lanes.table import lane_table
from cq.resources import data_folder

TABLE = lane_table((data_folder("queries"),))

SOURCES = {
    "a.json": '{"name": "x", "a": {"b": [1, {"c": "x"}]}, "files": ["dist"]}\n',
    "a.toml": 't = "x"\n[a.b]\nc.d = 1\n"q r" = [1]\n[[list]] # of x\n# and y\nk = {z = {y = 1}}\n',
    "a.yaml": "on: push\njobs:\n  build:\n    - run: x\n  'quoted': &anchor\n    k: v\n---\nz: 1\n",
    "a.md": "text\n\n# One `x`\n\n### Deep ###\n\nUnderlined\n=====\n\nSub\n---\n\n#### Below\n\n# Last\n",
    "a.html": '<title>T</title><body id=top>\n<h1>Big <b>x</b></h1><a name="end"></a><script src="x.js"></script>\n',
    "a.css": ":root { --c: red; }\n.a.b, #i > p { x: y }\n@media print { .c { x: y } }\n@font-face { x: y }\n",
    "a.sql": "create table s.users (\n  id int,\n  `name` text);\n"
    "create view v as select 1;\ncreate index i on users(a);\n",
}
OUTLINES = {
    "a.json": ['1 "name": "x"', '1 "a"', '1 "b": [1, {"c": "x"}]', '1 "files": ["dist"]'],
    "a.toml": ['1 t = "x"', "2 [a.b]", "3 c.d = 1", '4 "q r" = [1]', "5 [[list]]", "7 k = {z = {y = 1}}"],
    "a.yaml": ["1 on: push", "2 jobs", "3 build", "5 'quoted'", "8 z: 1"],
    "a.md": ["3 # One `x`", "5 ### Deep ###", "7 Underlined", "10 Sub", "13 #### Below", "15 # Last"],
    "a.html": [
        "1 <title>T</title>",
        "1 <body id=top>",
        "2 <h1>Big <b>x</b></h1>",
        '2 <a name="end">',
        '2 <script src="x.js">',
    ],
    "a.css": ["1 :root", "1 --c: red", "2 .a.b, #i > p", "3 @media print", "3 .c", "4 @font-face"],
    "a.sql": [
        "1 create table s.users",
        "2 id int",
        "3 `name` text",
        "4 create view v as",
        "5 create index i on users(a)",
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    for name, source in SOURCES.items():
        (folder / name).write_text(source)
    (folder / "a.py").write_text("def name():\n    return 'users'\n")
    many = {"packages": {f"p{number}": {"deep": {"deeper": 1}} for number in range(300)}}
    (folder / "lock").mkdir()
    (folder / "lock" / "many.json").write_text(json.dumps(many))
    return folder


def lines_of(text):
    return [" ".join(line.split()) for line in text.splitlines()[1:]]


@pytest.mark.parametrize("name", SOURCES)
def test_outlines(cq, folder, name):
    done = cq("outline", name, cwd=folder)
    assert (done.status, done.stderr) == (0, "")
    assert lines_of(done.stdout) == OUTLINES[name]


def test_headings_stand_in_those_of_a_higher_rank(cq, folder):
    rows = json.loads(cq("outline", "a.md", "--json", cwd=folder).stdout)["rows"]

    def tree(rows):
        return [(row["name"], row["kind"], row["end_line"], tree(row.get("children", ()))) for row in rows]

    below = [("Below", "h4", 14, [])]
    assert tree(rows) == [
        ("One `x`", "h1", 6, [("Deep ###", "h3", 6, [])]),
        ("Underlined", "h1", 14, [("Sub", "h2", 14, below)]),
        ("Last", "h1", 15, []),
    ]


def test_keys_of_two_levels_and_a_hundred_beside_each_other_unless_asked(cq, folder):
    done = cq("outline", "lock", cwd=folder)
    assert len(lines_of(done.stdout)) == 1 + 100
    assert "many.json: warning: 200 left out beside 100 of the same level; --depth shows all" in done.stderr
    everything = cq("outline", "lock", "--depth", "9", cwd=folder)
    assert (len(lines_of(everything.stdout)), everything.stderr) == (1 + 3 * 300, "")
    assert len(lines_of(cq("outline", "lock", "--depth", "1", cwd=folder).stdout)) == 1


def test_a_search_for_code_takes_data_for_text(cq, folder):
    done = cq("search", "name", cwd=folder)
    assert done.stdout == "a.py:1:5: def name():\na.sql:3:4:   `name` text);\n"
    assert done.stderr.startswith("4 hits = 2 definitions + 2 in text + 0 unexplained")


def test_data_that_is_asked_for_has_roles(cq, folder):
    found = '{"name": "x", "a": {"b": [1, {"c": "x"}]}, "files": ["dist"]}'
    for asked in (["-t", "json"], ["a.json"]):
        assert cq("search", "name", *asked, cwd=folder).stdout == f"a.json:1:3: {found}\n"
    done = cq("search", "c", "-t", "json", "-t", "css", "--json", cwd=folder)
    kinds = {(row["path"], row["role"], row["kind"]) for row in json.loads(done.stdout)["rows"]}
    assert kinds == {
        ("a.json", "definition", "key"),
        ("a.css", "definition", "property"),
        ("a.css", "definition", "rule"),
    }


def test_only_who_asks_for_data_is_told_of_it(cq, folder, tmp_path):
    for command in (["query", "(string) @s"], ["map"], ["tags", "."], ["diagnose"]):
        assert "a.json" not in cq(*command, cwd=folder).stdout, command
    assert "a.json:1:2: @s" in cq("query", "(string) @s", "-t", "json", cwd=folder).stdout
    (tmp_path / "bad.json").write_text('{"a": 1,}\n')
    assert cq("diagnose", cwd=tmp_path).stdout == ""
    assert "bad.json:1:8" in cq("diagnose", "bad.json", cwd=tmp_path).stdout
    assert cq("files", "-t", "yaml", cwd=folder).stdout == "a.yaml\n"


def test_text_in_other_languages(cq, tmp_path):
    (tmp_path / "a.html").write_text("<script>let a = 1</script><style>b { c: d }</style>\n")
    (tmp_path / "b.html").write_text('<script type="importmap">{"a": 1}</script>\n')
    (tmp_path / "a.md").write_text("# A\n\n```py\ndef f(): pass\n```\n\n```\nplain\n```\n")
    found = [line.split()[:2] for line in cq("injections", ".", cwd=tmp_path).stdout.splitlines()]
    assert found == [
        ["a.html:1:9:", "javascript"],
        ["a.html:1:34:", "css"],
        ["a.md:4:1:", "python"],
        ["b.html:1:26:", "json"],
    ]


CHUNKS = {
    "a.json": ('"key{}": {{\n"a": [1, 2, 3, 4, 5],\n"b": "one two three"\n}},\n', "key"),
    "a.toml": ("[table.t{}]\na = [1, 2, 3, 4, 5]\nb = 'one two three'\n", "table"),
    "a.yaml": ("key{}:\n  a: one two three\n  b: four five six\n", "key"),
    "a.md": ("## Heading {}\n\nOne two three four five six.\n\n", "section"),
    "a.html": ('<div id="e{}">\n<p>One two three</p>\n<p>four five six</p>\n</div>\n', "element"),
    "a.css": (".rule{} {{\n  color: red;\n  margin: 1px 2px 3px 4px;\n}}\n", "rule"),
    "a.sql": ("create table t{} (\n  id int primary key,\n  name text not null\n);\n", "table"),
}


@pytest.mark.parametrize("name", CHUNKS)
def test_chunks_are_the_file_and_know_what_they_are(cq, tmp_path, name):
    pattern, kind = CHUNKS[name]
    text = "".join(pattern.format(number) for number in range(9))
    (tmp_path / name).write_text("{" + text.rstrip(",\n") + "}\n" if kind == "key" and "{{" in pattern else text)
    assert cq("chunk", name, "--verify", "-q", cwd=tmp_path).status == 0
    tail = json.loads(cq("chunk", name, "--format", "jsonl", cwd=tmp_path).stdout.splitlines()[-1])
    (grammar,) = tail["stamp"]["grammars"].values()
    assert re.fullmatch(r"tree-sitter-\w+ [\d.]+", grammar)  # those of an older format tell no version of their own
    lines = lines_of(cq("chunk", name, "--max", "40", "--target", "20", "--format", "text", cwd=tmp_path).stdout)
    assert len(lines) == 9 and all(f"tokens {kind} " in line for line in lines), lines


def test_names_of_chunks_hold_no_comments():
    source = b"/* reset */\nbody, /* all */\nhtml { a: b }\n.c > a:hover /* mouse */ { a: b }\n.\xc3\xa9 { a: b }\n"
    (group,) = toolkit.chunk_source(source, "css")
    assert group.defines == ("body, html", ".c > a:hover", ".é")
    names = [row.name for row in toolkit.chunk_source(source, "css", view="defs")]
    assert names == list(group.defines)


@pytest.mark.parametrize("name", sorted(TABLE.data))
def test_a_missing_grammar_names_the_extra(name, monkeypatch):
    monkeypatch.setattr(language, "is_installed", lambda package: False)
    said = TABLE.without_grammar("a", name, "not outlined").message
    assert said == f'no grammar for {name} installed: not outlined; pip install "cq[{name}]"'


@pytest.mark.parametrize(
    "deep", ["".join(" " * each + "a:\n" for each in range(600)), "k: v\n" + "- " * 600, "k: v\n" + "? " * 600 + "x\n"]
)
def test_indents_that_the_grammar_does_not_survive(cq, tmp_path, deep):
    """Its scanner would write behind its buffer; what comes before such a line is still told."""
    (tmp_path / "deep.yaml").write_text(deep)
    for argv in (["outline", "deep.yaml"], ["chunk", "--verify", "-q"], ["export", "deep.yaml"]):
        assert cq(*argv, cwd=tmp_path).status in (0, 1)


def test_such_indents_in_an_example(cq, tmp_path):
    (tmp_path / "fence.md").write_text("```yaml\n" + "".join(" " * each + "a:\n" for each in range(600)) + "```\n")
    assert cq("injections", "fence.md", cwd=tmp_path).status in (0, 1)
