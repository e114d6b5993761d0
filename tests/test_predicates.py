"""Every predicate: what it answers, and what is said of one that is wrongly written."""

import re

import pytest
from tree_sitter import Parser, QueryCursor

from cq.errors import CqError
from cq.grammar.language import load_language
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery

PYTHON = b"""import os

class Shelf:
    def add(self, book):
        def inner():
            return book
        return self.add(1)

def add(a, a2):
    return a + a2
"""
RUST = b"""struct Shelf;
impl Shelf {
    fn add(&self) -> u8 { let n = 1; n }
}
fn main() { Shelf.add(); }
"""
_SCOPES = {
    "class_definition": ("class", "name"),
    "function_definition": ("function", "name"),
    "impl_item": ("impl", "type"),
    "function_item": ("function", "name"),
}


def scopes_of(above, node):
    found = []
    for each in above:
        if each.type in _SCOPES:
            kind, field = _SCOPES[each.type]
            found.append((kind, each.child_by_field_name(field).text.decode()))
    return found


def asked(text, source=PYTHON, grammar="tree_sitter_python", separator="."):
    """The texts of the first capture of each match, in order, each once."""
    language = load_language(grammar)
    root = Parser(language).parse(source).root_node
    pack = PackQuery(language, split_patterns("my.scm", text), separator, scopes_of)
    matches = pack.matches(QueryCursor(pack.query, match_limit=1024), root, root)
    return list(dict.fromkeys(next(iter(captures.values()))[0].text.decode() for _, captures in matches if captures))


NAME = "((identifier) @x ({}))"
ALL = ["os", "Shelf", "add", "self", "book", "inner", "a", "a2"]


def without(*names):
    return [name for name in ALL if name not in names]


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ('#eq? @x "add"', ["add"]),
        ("#eq? @x add", ["add"]),
        ('#eq? @x "ad"', []),
        ('#eq? @x "a\\dd"', ["add"]),  # a backslash before any other character is dropped
        ('#not-eq? @x "add"', without("add")),
        ('#any-eq? @x "add"', ["add"]),
        ('#any-not-eq? @x "add"', without("add")),
        ("#eq? @x @x", ALL),
        ("#not-eq? @x @x", []),
        ('#match? @x "^a"', ["add", "a", "a2"]),
        ('#match? @x "[0-9]$"', ["a2"]),
        ('#match? @x "\\\\d"', ["a2"]),
        ('#not-match? @x "^a"', without("add", "a", "a2")),
        ('#any-match? @x "^a"', ["add", "a", "a2"]),
        ('#any-not-match? @x "^a"', without("add", "a", "a2")),
        ('#any-of? @x "add" "book"', ["add", "book"]),
        ('#any-of? @x "none"', []),
        ('#not-any-of? @x "add" "book"', without("add", "book")),  # py-tree-sitter 0.26.1 itself answers ALL
        ('#not-any-of? @x "add"', without("add")),
        ('#cq-kind-is? @x "identifier"', ALL),
        ('#cq-kind-is? @x "call" "expression"', ALL),  # a supertype
        ('#cq-not-kind-is? @x "call" "string"', ALL),
        ('#cq-not-kind-is? @x "primary_expression"', []),
        ('#cq-has-ancestor? @x "import_statement" "call"', ["os", "self", "add"]),
        ('#cq-has-ancestor? @x "identifier"', []),  # a node is not above itself
        ('#cq-has-ancestor? @x "primary_expression"', ["self", "add", "a", "a2"]),  # a supertype
        ('#cq-not-has-ancestor? @x "class_definition"', ["os", "add", "a", "a2"]),
        ('#cq-in-scope? @x "module"', ["os"]),
        ('#cq-in-scope? @x "class" "module"', ["os", "Shelf"]),
        ('#cq-not-in-scope? @x "function"', ["os", "Shelf"]),
        ('#cq-length? @x "5"', ["Shelf", "inner"]),
        ('#cq-length? @x "0" "2"', ["os", "a", "a2"]),
        ('#cq-not-length? @x "2" "9"', ["a"]),
        ('#cq-glob? @x "a*" "?helf"', ["Shelf", "add", "a", "a2"]),
        ('#cq-glob? @x "A*"', []),
        ('#cq-not-glob? @x "*[a-k]"', ["os", "inner", "a2"]),
        ('#cq-qualified-name? @x "Shelf.Shelf" "Shelf.add.inner.*"', ["Shelf", "inner", "book"]),
        ('#cq-not-qualified-name? @x "*.*"', ["os"]),
    ],
)
def test_a_predicate_on_python(predicate, expected):
    assert asked(NAME.format(predicate)) == expected


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        ('#eq? @x "n"', ["n"]),
        ('#match? @x "^.$"', ["n"]),
        ('#cq-kind-is? @x "_expression"', ["add", "n", "main", "Shelf"]),
        ('#cq-kind-is? @x "_type"', []),
        ('#cq-has-ancestor? @x "impl_item"', ["add", "n"]),
        ('#cq-not-has-ancestor? @x "_expression"', ["add", "main"]),
        ('#cq-in-scope? @x "function"', ["add", "n", "main", "Shelf"]),
        ('#cq-in-scope? @x "impl"', []),
        ('#cq-qualified-name? @x "Shelf::add::*"', ["add", "n"]),
        ('#cq-length? @x "4"', ["main", "Shelf"]),
        ('#cq-glob? @x "[mn]*"', ["n", "main"]),
    ],
)
def test_a_predicate_on_rust(predicate, expected):
    assert asked(NAME.format(predicate), RUST, "tree_sitter_rust", "::") == expected


@pytest.mark.parametrize(
    ("predicate", "matches"),
    [  # of `f(a, b)`, with both arguments in one capture
        ('#eq? @x "a"', False),
        ('#any-eq? @x "b"', True),
        ('#any-eq? @x "c"', False),
        ('#not-eq? @x "a"', False),
        ('#not-eq? @x "c"', True),
        ('#any-not-eq? @x "a"', True),
        ('#match? @x "[ab]"', True),
        ('#match? @x "a"', False),
        ('#any-match? @x "b"', True),
        ('#not-match? @x "c"', True),
        ('#not-match? @x "a"', False),
        ('#any-not-match? @x "a"', True),
        ('#any-not-match? @x "[ab]"', False),
        ('#any-of? @x "a" "b"', True),
        ('#any-of? @x "a" "c"', False),
        ('#not-any-of? @x "c" "d"', True),
        ('#not-any-of? @x "b" "c"', False),
        ('#cq-glob? @x "a"', False),
        ('#cq-length? @x "1" "1"', True),
    ],
)
def test_a_capture_of_several_nodes(predicate, matches):
    query = f'((argument_list . "(" . (identifier) @x . "," . (identifier) @x) ({predicate}))'
    assert asked(query, b"f(a, b)") == (["a"] if matches else [])


def test_a_capture_without_a_node_satisfies_every_predicate():
    for predicate in ('#eq? @x "y"', '#match? @x "y"', '#any-match? @x "y"', '#cq-glob? @x "y"', '#any-of? @x "y" "z"'):
        assert asked(f"((call function: (_) @f arguments: (argument_list (integer)? @x)) ({predicate}))", b"f()") == [
            "f"
        ]


def test_predicates_of_two_patterns_keep_to_their_own():
    text = '((identifier) @x (#eq? @x "add") (#match? @x "^a"))\n((identifier) @x (#eq? @x "os") (#set! cq.kind "k"))'
    assert asked(text) == ["os", "add"]


def test_text_that_is_not_utf8_is_matched():
    # py-tree-sitter's own #match? raises UnicodeDecodeError, and ends the text at a NUL.
    assert asked_bytes('((string_content) @x (#match? @x "c$"))', b"a = 'b\xffc'\nd = 'c\x00'") == [b"b\xffc"]
    assert asked_bytes('((string_content) @x (#eq? @x "c"))', b"a = 'b\xffc'\nd = 'c'") == [b"c"]
    assert asked_bytes('((string_content) @x (#cq-length? @x "3" "3"))', b"a = 'b\xffc'") == [b"b\xffc"]


def asked_bytes(text, source):
    language = load_language("tree_sitter_python")
    root = Parser(language).parse(source).root_node
    pack = PackQuery(language, split_patterns("my.scm", text))
    return [captures["x"][0].text for _, captures in pack.matches(QueryCursor(pack.query), root, root)]


@pytest.mark.parametrize(
    ("clause", "message", "hint"),
    [
        ('#equal? @x "a"', "unknown predicate #equal?", None),
        ('#lua-match? @x "a"', "unknown predicate #lua-match?", "did you mean #"),
        ('#has-ancestor? @x "a"', "unknown predicate #has-ancestor?", "did you mean #cq-has-ancestor?"),
        ('#cq-match? @x "a"', "unknown predicate #cq-match?", "did you mean #match?"),
        ('#sett! cq.kind "a"', "unknown directive #sett!", "did you mean #set!"),
        ("#set!", "#set! takes a key and a value", '(#set! cq.kind "method")'),
        ("#set! a b c", "#set! takes a key and a value", '(#set! cq.kind "method")'),
        ("#eq? @x", "#eq? with 0 values", '(#eq? @name "text" or @name @other)'),
        ('#eq? @x "a" "b"', "#eq? with 2 values", '(#eq? @name "text" or @name @other)'),
        ("#any-of? @x", "#any-of? with 0 values", '(#any-of? @name "one" "another")'),
        ('#cq-lines? @x "many"', "#cq-lines? counts lines", "(#cq-lines?"),
        ('#cq-length? @x "3" "1"', "#cq-length? with more at least than at most", "(#cq-length?"),
        ('#cq-kind-is? @x "identifer"', "no node kind 'identifer' in this grammar", "did you mean identifier"),
        ('#cq-not-has-ancestor? @x "modul"', "no node kind 'modul' in this grammar", "did you mean module"),
        ("#match? @x", "#match? with 0 values", '(#match? @name "regex")'),
        ('#cq-length? @x "1" "2" "3"', "#cq-length? with 3 values", '(#cq-length? @name "1" "40"'),
        ("#cq-kind-is? @x", "#cq-kind-is? with 0 values", '(#cq-kind-is? @name "identifier" "attribute")'),
        ("#cq-not-glob? @x", "#cq-not-glob? with 0 values", '(#cq-not-glob? @name "get_*")'),
        ("#eq?", "#eq? asks something of a capture", '(#eq? @name "text" or @name @other)'),
        ('#eq? "x" "a"', "#eq? asks something of a capture", '(#eq? @name "text" or @name @other)'),
        ('#cq-in-scope? "x"', "#cq-in-scope? asks something of a capture", '(#cq-in-scope? @name "function" "module")'),
        ('#eq? @y "a"', "no capture @y in this pattern", "capture it in this pattern"),
        ("#eq? @x @xx", "no capture @xx in this pattern", "did you mean @x?"),
        ("#match? @x @x", "#match? compares with text, not with a capture", '(#match? @name "regex")'),
        ('#any-of? @x "a" @x', "#any-of? compares with text, not with a capture", '(#any-of? @name "one" "another")'),
        ("#cq-glob? @x @x", "#cq-glob? compares with text, not with a capture", '(#cq-glob? @name "get_*")'),
        ('#match? @x "("', "not a regular expression: missing ), unterminated subpattern at position 0", None),
        ('#not-match? @x "a**"', "not a regular expression: multiple repeat at position 2", None),
        ('#match? @x "a{99999999999}"', "not a regular expression: the repetition number is too large", None),
        ('#cq-length? @x "many"', "#cq-length? counts characters", '(#cq-length? @name "1" "40"'),
        ('#cq-length? @x "-1"', "#cq-length? counts characters", '(#cq-length? @name "1" "40"'),
        ('#cq-length? @x "1" "٣"', "#cq-length? counts characters", '(#cq-length? @name "1" "40"'),
        ('#match? @x "' + "a" * 4001 + '"', "a regular expression of more than 4,000 characters", None),
        ("#eq @x a", "cannot read this predicate", '(#eq? @name "text")'),
        ("#eq? @x (a)", "cannot read this predicate", '(#eq? @name "text")'),
        ("#eq? @ a", "cannot read this predicate", '(#eq? @name "text")'),
    ],
)
def test_a_predicate_that_is_wrongly_written(clause, message, hint):
    with pytest.raises(CqError) as raised:
        asked(f"; größe\n(comment) @c\n((identifier) @x ; é\n  ({clause}))")
    # The place is that of the bracket, or of the word that cannot be read.
    column = 4 if message.startswith("cannot read") else 3
    assert raised.value.message == f"my.scm:4:{column}: {message}"
    if hint is not None:
        assert (raised.value.hint or "").startswith(hint)


def test_the_column_counts_characters_and_not_bytes():
    with pytest.raises(CqError, match=r"^my\.scm:1:33: unknown predicate #nope\?$"):
        asked('((identifier) @größe_der_dinge (#nope? @größe_der_dinge "x"))'.replace("(#nope?", " (#nope?"))


def test_a_predicate_beside_a_pattern_is_told_apart():
    with pytest.raises(CqError, match=r"^my\.scm:1:19: no capture @x in this pattern$"):
        asked('(identifier) @x   (#eq? @x "add")')
    with pytest.raises(CqError, match=r"^my\.scm:2:1: a pattern without a node$"):
        asked('(identifier) @x\n(#set! cq.kind "k")')


def test_what_a_predicate_raises_comes_out_as_it_is():
    # py-tree-sitter goes on with the exception set, and then raises a SystemError.
    def interrupted(above, node):
        raise KeyboardInterrupt

    language = load_language("tree_sitter_python")
    root = Parser(language).parse(PYTHON).root_node
    pack = PackQuery(language, split_patterns("my.scm", NAME.format('#cq-in-scope? @x "a"')), ".", interrupted)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            pack.matches(QueryCursor(pack.query), root, root)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            '; ä\n(module) @m\n(call\n  function: "é" (identifer) @x)',
            "my.scm:4:14: no node kind '' in the grammar of python\n"
            '    function: "é" (identifer) @x)\n'
            "               ^",
            None,
        ),
        (
            "(identifier) @größe\n  (call (identifier) @ü (identifer) @x)",
            "my.scm:2:26: no node kind 'identifer' in the grammar of python\n  (call (identifier) @ü (identifer) @x)\n"
            "                         ^",
            "did you mean identifier",
        ),
        (
            "(call @größe\n  ; é\n  functon: (identifier) @x)",
            None,
            "",
        ),
        (
            "(call\n  ; é\n  functon: (identifier) @x)",
            "my.scm:3:3: no field 'functon' in the grammar of python\n    functon: (identifier) @x)\n    ^",
            "did you mean function",
        ),
        (
            "[(call) (attribute)] @ä (call (module) @x)",
            "my.scm:1:31: this can never match\n  (call (module) @x)\n        ^",
            "the grammar does not put",
        ),
        (
            "(call !functon) @ä",
            "my.scm:1:8: no field 'functon' in the grammar of python\n  (call !functon) @ä\n         ^",
            "did",
        ),
        ('(call "é" @)', None, ""),
    ],
)
def test_an_error_in_the_structure_points_at_its_column(text, message, hint):
    with pytest.raises(CqError) as raised:
        asked(text)
    if message is not None:
        assert raised.value.message == message
    assert re.match(r"my\.scm:\d+:\d+: ", raised.value.message)
    if hint:
        assert (raised.value.hint or "").startswith(hint)
