"""NAME as users write it, and the whole words that it stands for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.errors import CqError
from cq.search.names import NameMatcher, NameQuery


def found(name, text, **options):
    data = text.encode() if isinstance(text, str) else text
    matcher = NameMatcher(NameQuery(names=(name,), **options))
    spans = matcher.find(data)
    assert matcher.stands_in(data) == bool(spans)
    return [data[start:end].decode("utf-8", "replace") for start, end in spans]


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("foo", "foo foo_bar foobar afoo foo.foo (foo)", 4),
        ("foo", "föo foo éfoo fooé", 1),
        ("naïve", "naïve naïvely xnaïve naïve!", 2),
        ("x", "x\u0305 x y", 1),  # a combining mark makes it another word
        ("x", "x² x", 2),  # a superscript does not, as in ripgrep
        ("type", "r#type type", 2),
        ("Flask.route", "route Flask.route app.route", 3),  # whose they are is asked later
        ("get_*", "get_a get_ get aget_b get_é", 3),
        ("get_?", "get_a get_ab get_", 1),
        ("[gs]et_x", "get_x set_x let_x", 2),
        ("変数", "変数 変数a 変数", 2),
    ],
)
def test_whole_words(name, text, count):
    assert len(found(name, text)) == count


@pytest.mark.parametrize(
    ("name", "options", "text", "expected"),
    [
        ("FOO", {"ignore_case": True}, "foo Foo fooo", ["foo", "Foo"]),
        ("ÄRGER", {"ignore_case": True}, "ärger Ärger Aerger", ["ärger", "Ärger"]),
        ("GET_*", {"ignore_case": True}, "get_x Get_Y", ["get_x", "Get_Y"]),
        ("^get", {"mode": "regex"}, "get_x target get", ["get_x", "get"]),
        (".", {"mode": "regex"}, "\ufeffFri→Mon didn’t", ["Fri", "Mon", "didn", "t"]),
        ("d*", {}, "didn’t «do» déjà", ["didn", "do", "déjà"]),
        ("get", {"mode": "regex"}, "get_x target get", ["get_x", "target", "get"]),
        ("get|set", {"mode": "regex", "whole_word": True}, "get_x set get", ["set", "get"]),
        ("os.path", {"mode": "text"}, "os.path os_path xos.path os.path.join", ["os.path", "os.path"]),
        ("->", {"mode": "text"}, "a->b", ["->"]),
    ],
)
def test_modes(name, options, text, expected):
    assert found(name, text, **options) == expected


def test_bytes_that_are_no_utf8():
    assert found("foo", b"\xff foo \xe9foo foo\xe9 foo") == ["foo", "foo", "foo", "foo"]


@pytest.mark.parametrize("name", ["", "foo bar", "a\nb", "foo(", "->", "a..b", "*.", "a\0b"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(CqError) as caught:
        NameMatcher(NameQuery(names=(name,)))
    assert caught.value.hint


def test_a_broken_expression_is_refused():
    with pytest.raises(CqError, match="bad regular expression"):
        NameMatcher(NameQuery(names=("get(",), mode="regex"))


@given(st.text(alphabet="ab_. é\n(", max_size=60), st.sampled_from(["a", "ab", "b_a", "é", "aé"]))
def test_the_same_words_as_a_plain_definition(text, name):
    words = [m.span() for m in re.finditer(r"[\w]+", text) if m.group() == name]
    expected = [(len(text[:start].encode()), len(text[:end].encode())) for start, end in words]
    assert NameMatcher(NameQuery(names=(name,))).find(text.encode()) == expected


@pytest.mark.parametrize(
    ("name", "word", "owners", "admitted"),
    [
        ("Flask.route", "route", [("src", "flask", "app", "Flask")], True),
        ("flask.app.Flask", "Flask", [("src", "flask", "app")], True),
        ("flask.app.Flask.route", "route", [("Flask",)], True),  # the source says no more
        ("Flask.route", "route", [("Blueprint",)], False),
        ("Flask.route", "route", [()], False),
        ("Flask.route", "route", [], False),
        ("Type::new", "new", [("Type",)], True),
        ("crate::a::f", "f", [("src", "a")], True),
        ("Fl*.get_*", "get_x", [("Flask",)], True),
        ("Fl*.get_*", "set_x", [("Flask",)], False),
        ("route", "route", [], True),
    ],
)
def test_owners(name, word, owners, admitted):
    assert NameMatcher(NameQuery(names=(name,))).admits(word, owners) is admitted
