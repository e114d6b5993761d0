"""Where macros break the parse, what is no name may come out as one: a keyword as a definition, a call or a scope."""

import re

import pytest

from cq.grammar.language import is_installed
from cq.lanes.census import CensusTaker
from cq.lanes.definitions import definitions_of
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.store.vocabulary import starts_of

TABLE = lane_table((data_folder("queries"),))
WORD = re.compile(rb"\w+")
BROKEN_CPP = b"""\
class Writer {
  LOG_API void write(int n) {
      UNTIL(n) else if (total > n) { int rest = n; }
  }
};
else if (n) { int late = read(n); }
"""
BROKEN_C = b"#define inline __inline\nSHELF_API int (*Shelf_open)(const char *name) SHELF_ATTR;\n"
QUOTED_CSHARP = b"class A { int @class = 1; int F(int @if) { return @if + @class; } }\n"
QUOTED_KOTLIN = b"fun `when`(x: Int): Int = x\nval y = `when`(3)\n"


def lane_of(language):
    if not is_installed(TABLE.languages[language].grammar):
        pytest.skip(f"no grammar for {language}")
    return Lanes(TABLE).lane(language)


def names_of(language, source):
    lane = lane_of(language)
    return [each.name for each in definitions_of(lane, source, lane.parse(source).root_node)]


def words_of(language, source):
    """Each word with its role and the names of the scopes around it."""
    lane = lane_of(language)
    hits = [found.span() for found in WORD.finditer(source)]
    verdicts = lane.classify(source, lane.parse(source).root_node, hits)
    return [
        (source[slice(*hit)].decode(), verdict.role, verdict.names) for hit, verdict in zip(hits, verdicts, strict=True)
    ]


@pytest.mark.parametrize(
    ("language", "source", "names"),
    [
        ("cpp", BROKEN_CPP, ["Writer", "write"]),
        ("c", BROKEN_C, ["inline"]),
        ("csharp", QUOTED_CSHARP, ["A", "@class", "F"]),
        ("kotlin", QUOTED_KOTLIN, ["`when`", "y"]),
    ],
)
def test_no_definition_is_named_by_a_keyword(language, source, names):
    assert names_of(language, source) == names


def test_what_stands_behind_it_is_in_no_scope_of_that_name():
    words = words_of("cpp", BROKEN_CPP)
    assert {role for word, role, _ in words if word == "if"} == {"keyword"}
    assert [each for each in words if each[0] in ("late", "read")] == [("late", "assignment", ()), ("read", "call", ())]


def test_a_quoted_keyword_is_a_name():
    roles = [(word, role) for word, role, _ in words_of("csharp", QUOTED_CSHARP) if word in ("class", "if")]
    assert roles == [
        ("class", "keyword"),
        ("class", "definition"),
        ("if", "parameter"),
        ("if", "reference"),
        ("class", "reference"),
    ]
    assert ("when", "call", ()) in words_of("kotlin", QUOTED_KOTLIN)


def test_a_word_for_any_type_is_none():
    source = b"class A { void f(int var) { var x = var; for (var y : z) {} } }\n"
    roles = [role for word, role, _ in words_of("java", source) if word == "var"]
    assert roles == ["parameter", "keyword", "reference", "keyword"]


def test_the_mark_of_a_name_is_not_of_it():
    assert names_of("ruby", b"class A\n  attr_reader :rows, :name\nend\n") == ["A", "rows", "name"]


def test_tokens_of_a_macro_that_are_no_program():
    source = b"""\
check! { open(_, fn() -> Pin<Box<dyn Shelf>>): !Send }
check! { "foo", file_stem: Some("a") }
either! { if #[cfg(any(unix))] { mod a; } else if #[cfg(windows)] { mod b; } }
check! { $fn(r#type) }
"""
    roles = {}
    for word, role, _ in words_of("rust", source):
        roles.setdefault(word, set()).add(role)
    assert roles["dyn"] == {"keyword"}
    assert roles["file_stem"] == {"reference"} and roles["Some"] == {"call"}
    assert roles["cfg"] == roles["windows"] == {"decorator"}
    assert "definition" not in roles["fn"] and roles["type"] == {"reference"}


@pytest.mark.parametrize(
    ("language", "source"),
    [("kotlin", QUOTED_KOTLIN), ("go", b"package a\n\nfunc Total(n int) int { return n }\n")],
)
def test_what_the_index_keeps_agrees(language, source):
    lane = lane_of(language)
    root = lane.parse(source).root_node
    hits = [found.span() for found in WORD.finditer(source)]
    taker = CensusTaker(lane)
    census = taker.take(source, root, starts_of(source, {source[start:end] for start, end in hits} - lane.keywords.all))
    assert census is not None and census.starts
    places = dict(zip(census.starts, census.codes, strict=True))
    for hit, verdict in zip(hits, lane.classify(source, root, hits), strict=True):
        assert hit[0] not in places or taker.codes[places[hit[0]]] == (verdict.role, verdict.kind)
