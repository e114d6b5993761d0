"""Needles: which words a file must have for a query to match in it, and that no match is lost for them."""

import pytest

from cq.grammar.language import load_language
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery
from cq.packs.score import pattern_scores
from cq.query.needles import needles_of

PYTHON = load_language("tree_sitter_python")


def needles(text):
    patterns = split_patterns("q", text)
    return needles_of(patterns, pattern_scores(PackQuery(PYTHON, patterns)))


@pytest.mark.parametrize(
    ("query", "data", "may_match"),
    [
        ('((call function: (identifier) @f) (#eq? @f "print"))', b"print(1)", True),
        ('((call function: (identifier) @f) (#eq? @f "print"))', b"pprint(1)", False),
        ('((string_content) @s (#eq? @s "print"))', b"'\\x41print'", True),  # part of a string, behind a word character
        ('((identifier) @f (#any-of? @f "a" "b"))', b"x = b", True),
        ('((identifier) @f (#any-of? @f "a" "b"))', b"abc", False),
        ('(call function: (_) @f arguments: (_) @a (#eq? @f "f") (#eq? @a "(x)"))', b"f(y)", False),
        ('(call function: (_) @f arguments: (_) @a (#eq? @f "f") (#eq? @a "(x)"))', b"f (x)", True),
        # One pattern or the other.
        ('((identifier) @f (#eq? @f "a")) ((identifier) @g (#eq? @g "b"))', b"b", True),
        ('((identifier) @f (#eq? @f "a")) ((identifier) @g (#eq? @g "b"))', b"c", False),
    ],
)
def test_what_a_file_must_have(query, data, may_match):
    assert needles(query).may_match(data) is may_match


@pytest.mark.parametrize(
    "query",
    [
        "(identifier) @f",
        '((identifier) @f (#eq? @f "a")) (call) @c',  # the second matches anywhere
        '((identifier) @f (#match? @f "a"))',
        '((identifier) @f (#not-eq? @f "a"))',
        '((identifier) @f (#any-eq? @f "a"))',
        '((call (identifier)? @f) (#eq? @f "a"))',  # of no node it holds
        '([(identifier) @f (integer) @g] (#eq? @f "a"))',
        "((attribute object: (identifier) @f attribute: (identifier) @g) (#eq? @f @g))",
    ],
)
def test_a_query_that_can_match_in_any_file_has_none(query):
    assert needles(query) is None
