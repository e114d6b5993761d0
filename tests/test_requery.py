"""After random edits of real files, the matches that were kept and queried again are those of a full run."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tree_sitter import QueryCursor

from cq.engine.limits import MOST_MATCH_LIMIT, Watch
from cq.engine.requery import FileMatches, RequeryPatterns
from cq.grammar.edits import Edit
from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.grammar.session import ParseSession
from cq.lanes.table import lane_table
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery
from cq.resources import data_folder

# By hand, once after a change here: CQ_EXAMPLES=5000 python -m pytest tests/test_requery.py
EXAMPLES = int(os.environ.get("CQ_EXAMPLES", "25"))
TESTS = Path(__file__).parent
TABLE = lane_table((data_folder("queries"),))
STANDARD = Path(os.__file__).parent
PYTHON = [
    *sorted((TESTS / "annotated/python").glob("*.py")),
    *sorted((TESTS / "corpus/library").rglob("*.py")),
    *(STANDARD / name for name in ("textwrap.py", "argparse.py", "contextlib.py", "token.py")),
]
RUST = [*sorted((TESTS / "annotated/rust").glob("*.rs")), *sorted((TESTS / "corpus/library").rglob("*.rs"))]

GENERIC_PYTHON = """
(ERROR) @error
(ERROR (_) @first)
(MISSING) @missing
(module) @file
(module . (_) @first)
(module (expression_statement)* @all)
(module (comment)+ @comments)
(_) @any
(_ (identifier) @a (call) @b)
(_ body: (_) @body)
[(_ (string) @a) (comment) @b]
(expression) @expression
["def" "class" ":"] @token
"(" @open
(comment)+ @run
((comment) @a . (comment) @b)
((identifier) @a . (identifier) @b)
((function_definition name: (identifier) @name) @f (#match? @name "^_"))
((call function: (identifier) @a arguments: (argument_list (identifier) @b)) (#eq? @a @b))
((call function: (identifier) @a arguments: (argument_list (identifier) @b)) (#not-eq? @a @b))
((identifier) @name (#any-of? @name "self" "x" "return"))
((string) @s (#cq-length? @s "1" "4"))
((identifier) @name (#cq-has-ancestor? @name "class_definition"))
((identifier) @name (#cq-not-has-ancestor? @name "class_definition" "function_definition"))
((identifier) @name (#cq-in-scope? @name "class"))
((identifier) @name (#cq-qualified-name? @name "*Parser.*"))
((_) @k (#cq-kind-is? @k "block" "pass_statement" "ERROR"))
(block (_)+ @statements) @block
(block (_)? @one . (return_statement) @last .)
(argument_list (_) @one (_) @two)
(class_definition body: (block (function_definition name: (identifier) @method)*)) @class
(class_definition !superclasses name: (identifier) @bare)
[(call (attribute attribute: (identifier) @m)) (call function: (identifier) @f)] @c
(if_statement consequence: (block) @then alternative: (_)* @else)
(call) @one @two @three
((call) @one @two) @three
"""
GENERIC_RUST = """
(ERROR) @error
(MISSING) @missing
(source_file) @file
(_) @any
(_ name: (_) @name) @named
["{" "}" "fn"] @token
(line_comment)+ @run
((attribute_item)* @a . (function_item) @f)
(token_tree (identifier)+ @names) @tokens
((identifier) @name (#match? @name "^[A-Z]"))
((identifier) @name (#cq-has-ancestor? @name "impl_item" "ERROR"))
(block (_)* @all (expression_statement) @last .)
"""


def scopes_of(above, node):
    """What a lane does: the classes and functions above a node, and their names."""
    found = []
    for each in above:
        name = each.child_by_field_name("name")
        if each.type in ("class_definition", "function_definition") and name is not None and name.id != node.id:
            found.append((each.type.partition("_")[0], name.text.decode("utf-8", "replace")))
    return found


class Setup:
    """One language with a set of patterns, and the files that are edited."""

    def __init__(self, language, generic, files):
        self.language = load_language(TABLE.languages[language].grammar)
        shipped = [each for pack in TABLE.packs.names(language) for each in TABLE.packs.patterns(language, pack)]
        self.patterns = shipped if generic is None else split_patterns("generic.scm", generic)
        self.plain = PackQuery(self.language, self.patterns, ".", scopes_of)
        self.requery = RequeryPatterns(self.language, self.patterns, ".", scopes_of)
        self.files = [path.read_bytes() for path in files] + [b"", b"\n", b"x"]

    def full(self, data):
        """Pattern and captures of all matches, without any of what is tested; None when there are too many at once."""
        root = parse(self.language, data).root_node
        cursor = QueryCursor(self.plain.query, match_limit=MOST_MATCH_LIMIT)
        found = self.plain.matches(cursor, root, root)
        return None if cursor.did_exceed_match_limit else {(number, row(captures)) for number, captures in found}


def row(captures):
    return tuple(sorted((n.start_byte, n.end_byte, name, n.type) for name in captures for n in captures[name]))


SETUPS = {
    "python": Setup("python", None, PYTHON),
    "rust": Setup("rust", None, RUST),
    "generic-python": Setup("python", GENERIC_PYTHON, PYTHON),
    "generic-rust": Setup("rust", GENERIC_RUST, RUST),
}


def rows(matches):
    return {(m.pattern, tuple(sorted((c.start_byte, c.end_byte, c.name, c.kind) for c in m.captures))) for m in matches}


TEXTS = st.sampled_from(
    [
        *(
            b"",
            b"x",
            b" ",
            b"\n",
            b"\r\n",
            b"\t",
            b"    ",
            b"(",
            b")",
            b"[",
            b"]",
            b"{",
            b"}",
            b'"',
            b"'",
            b'"""',
            b":",
        ),
        *(
            b",",
            b".",
            b"=",
            b"#",
            b"# note\n",
            b"//",
            b"/*",
            b"*/",
            b"\\",
            b"\\\n",
            b";",
            b"!",
            b"->",
            b"@",
            b"f'{",
            b"r#",
        ),
        *(b"\xc3\xa9", "漢字".encode(), b"\xff", b"\xc3", b"\x00", b"\xef\xbb\xbf"),
        *(b"def ", b"class A:\n", b"if x:\n", b"else:\n", b"return ", b"async ", b"match x:\n  case ", b"lambda: "),
        *(b"fn f() {", b"impl A {", b"macro_rules! m { () => {", b"#[a]\n", b"self", b"_x", b"f(f)", b"pass\n"),
    ]
)


@st.composite
def edit_lists(draw):
    """Where, how much goes, and what comes, in parts of a million of the file; `("copy", n)` is text of the file."""
    text = st.one_of(TEXTS, st.tuples(st.integers(0, 10**6), st.sampled_from([1, 3, 10, 40, 200, 1000])))
    gone = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 8, 40, 300, 5000])
    place = st.one_of(st.integers(0, 10**6), st.sampled_from([0, 10**6]))
    one = st.tuples(place, gone, text, st.booleans())
    return draw(st.lists(st.lists(one, min_size=1, max_size=4), min_size=1, max_size=3))


def edited(data, wanted):
    """The bytes after a list of edits, and the edits."""
    spans = []
    for place, gone, text, whole_lines in wanted:
        start = place * len(data) // 10**6
        if isinstance(text, tuple):
            source, size = text
            at = source * len(data) // 10**6
            if whole_lines:
                at = data.rfind(b"\n", 0, at) + 1
                size = data.find(b"\n", at + size) + 1 - at if data.find(b"\n", at + size) >= 0 else size
            text = data[at : at + size]
        end = min(len(data), start + gone)
        if whole_lines:
            start = data.rfind(b"\n", 0, start) + 1
            end = max(start, data.rfind(b"\n", 0, end) + 1)
        spans.append((start, end, text))
    pieces, edits, at = [], [], 0
    for start, end, text in sorted(spans):
        if start >= at:
            pieces += data[at:start], text
            edits.append(Edit(start, end, start + len(text)))
            at = end
    return b"".join((*pieces, data[at:])), edits


@pytest.mark.parametrize("name", SETUPS)
@pytest.mark.parametrize("told", [True, False], ids=["edits", "diff"])
def test_after_edits_the_matches_are_those_of_a_full_run(name, told):
    setup = SETUPS[name]

    @settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES < 100,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, len(setup.files) - 1), edit_lists(), st.booleans())
    def check(file, rounds, run_between):
        session = ParseSession(setup.language)
        data = setup.files[file]
        found = FileMatches(setup.requery, session.parse(data))
        found.run()
        for wanted in rounds:
            new, edits = edited(data, wanted)
            found.edit(session.reparse(data, new, edits if told else None))
            if run_between and not found.run().stopped_by:
                assert setup.full(new) in (rows(found.matches()), None)
            data = new
        took = found.run()
        expected = setup.full(data)
        assert expected in (rows(found.matches()), None)
        assert took.stopped_by == ("match_limit" if expected is None else "")
        again = FileMatches(setup.requery, parse(setup.language, data))
        again.run()
        assert found.matches() == again.matches()
        assert session.statistics.failed_edits == 0

    check()


def start(name, data):
    """A session and the matches of a file."""
    session = ParseSession(SETUPS[name].language)
    found = FileMatches(SETUPS[name].requery, session.parse(data))
    assert not found.run().stopped_by
    return session, found


def test_an_edit_of_a_line_queries_little_again():
    session, found = start("python", data := (STANDARD / "argparse.py").read_bytes())
    new = data.replace(b"return", b"yield", 1)
    found.edit(session.reparse(data, new))
    took = found.run()
    assert (took.windows, took.whole_file, took.stopped_by) == (1, 0, "")
    assert took.bytes < 1_000
    assert rows(found.matches()) == SETUPS["python"].full(new)


def test_edits_far_apart_are_windows_of_their_own_and_near_ones_share_one():
    session, found = start("python", data := b"".join(b"name_%03d = %03d\n" % (n, n) for n in range(200)))
    new = data.replace(b"= 010", b"= 999").replace(b"= 012", b"= 999").replace(b"= 150", b"= 999")
    found.edit(session.reparse(data, new))
    assert found.run().windows == 2
    assert rows(found.matches()) == SETUPS["python"].full(new)


def test_no_shipped_pattern_needs_the_whole_file():
    assert SETUPS["python"].requery.whole_numbers == SETUPS["rust"].requery.whole_numbers == []


def test_patterns_without_one_root_or_that_look_beyond_it_are_run_on_the_whole_file():
    patterns = split_patterns("generic.scm", GENERIC_PYTHON)
    whole = [patterns[number].text for number in SETUPS["generic-python"].requery.whole_numbers]
    assert [text for text in whole if "#cq-" not in text and not re.search(r"[*+?]", text)] == [
        "(_ (identifier) @a (call) @b)",
        "[(_ (string) @a) (comment) @b]",
        "(expression) @expression",
        "((comment) @a . (comment) @b)",
        "((identifier) @a . (identifier) @b)",
        "(call) @one @two @three",
        "((call) @one @two) @three",
    ]
    assert sum("#cq-" in text for text in whole) == 4
    # With the root captured, repetitions over nodes without text have other duplicates: see test_edits_at_the_edges.
    assert all(pattern.text in whole for pattern in patterns if re.search(r"[)\]][*+?]", pattern.text))


def test_what_the_watch_stops_waits_and_moves_with_the_next_edit():
    setup = SETUPS["generic-python"]
    session, found = start("generic-python", data := (STANDARD / "textwrap.py").read_bytes())
    new = data.replace(b"self", b"this")
    found.edit(session.reparse(data, new))
    answers = iter([False, True])
    stopped = found.run(Watch(cancelled=lambda: next(answers)))
    assert (stopped.windows, stopped.stopped_by) == (1, "cancelled")
    assert rows(found.matches()) < setup.full(new)
    newer = b"# One more line.\n" + new.replace(b"this.width", b"this.length")
    found.edit(session.reparse(new, newer))
    assert found.run(Watch(cancelled=lambda: True)).windows == 0
    assert not found.run().stopped_by
    assert rows(found.matches()) == setup.full(newer)
    assert found.run() == (0, 0, 0, "")


def test_after_more_matches_at_once_than_the_limit_the_next_edit_starts_afresh():
    setup = SETUPS["generic-python"]
    data = b"f(" + b"1, " * 290 + b")\nx = 1\n"
    session = ParseSession(setup.language)
    found = FileMatches(setup.requery, session.parse(data))
    assert found.run().stopped_by == "match_limit"
    new = data.replace(b"1, " * 280, b"1, ")
    found.edit(session.reparse(data, new))
    assert not found.run().stopped_by
    assert rows(found.matches()) == setup.full(new)


def test_when_the_old_tree_is_gone_everything_is_queried_again():
    setup = SETUPS["python"]
    _, found = start("python", data := b"def f(): pass\n")
    session = ParseSession(setup.language)
    new = b"def g(): f()\n"
    found.edit(session.reparse(data, new))
    found.run()
    assert rows(found.matches()) == setup.full(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"", b"x"),
        (b"", b"(MISSING"),
        (b"", b"\n"),
        (b"\n\nx", b"\nx"),  # the root of the tree begins at its first token
        (b"((a, b), c)\n", b"((a, b), c) = x\n"),  # the inner tuple becomes a pattern
        (b"f(a)(b)\n", b"f(a)\n(b)\n"),
        (b"a\n# one\n# two\nb\n", b"a\n# one\n\n# two\nb\n"),
        (b"if a:\n  b\n# c\nd\n", b"if a:\n  b\n# c\n  d\n"),  # the comment goes into the block
        (b"def f(:\n", b"def f():\n"),
        (b"class A:\n", b"class A:\n  x"),  # an empty block
        (b"x = '''a'''\ny\n", b"x = '''a''\ny\n"),
        (b"a\r\nb\r\n", b"a\nb\n"),
        (b"\xef\xbb\xbfa\n", b"a\n"),
        ("é = 'é'\né\n".encode(), "è = 'é'\né\n".encode()),
        (b"a\n" * 50, b"a\n" * 51),
        (b"class A:\n def f(self): x\n", b"class Parser:\n def f(self): x\n"),  # #cq-qualified-name?
        # Found by the random edits: nodes without text, and supertypes, change where changed_ranges says nothing.
        (b"x", b";\\\n"),
        (
            b"import winreg\ntry:\n#    #    ^ name\nexcept E:\n    a\n",
            b"try:\n#    class A:\n#    ^ match x:\n  case import.\n",
        ),
        (b"from shelf import Shelf\nx = 1\n", b";from shelf import Shelf\nx = 1\n"),
        (b"a = 1\nb = 2\n;c = 3\nd = 4\n", b"a = 1\nb = 2\n;c = 3\n'd = 4\n"),
        (b"if a:\n    b\n", b"if a:\nelse:\n    b\n"),
    ],
)
def test_edits_at_the_edges(old, new):
    setup = SETUPS["generic-python"]
    for before, after in ((old, new), (new, old)):
        session, found = start("generic-python", before)
        found.edit(session.reparse(before, after))
        found.run()
        assert rows(found.matches()) == setup.full(after)
