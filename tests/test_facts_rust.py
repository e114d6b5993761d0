"""What Rust definitions say of themselves."""

import json

import msgspec
import pytest

from cq.lanes.facts import FactReader
from cq.lanes.lane import Lane
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.rows.facts import Facts, Implementation, Parameter
from fact_spans import check_spans, without_spans


@pytest.fixture(scope="module")
def lane():
    table = lane_table((data_folder("queries"),))
    return Lane("rust", table)


def plain(facts: Facts) -> dict:
    """The facts as they are written in JSON."""
    return json.loads(msgspec.json.encode(facts))


def facts_of(lane: Lane, source: str, name: str) -> dict:
    """The facts of the first definition of this name, each span looked up in the source."""
    data = source.encode()
    tree = lane.parse(data)
    for (start, end), verdict in lane.definitions(data, tree.root_node):
        if data[start:end].decode() == name:
            facts = plain(FactReader(lane).facts(data, verdict.node))
            check_spans(data, facts)
            return facts
    raise AssertionError(f"no definition of {name}")


TABLE = [
    (
        "sell",
        "pub(crate) fn sell(&mut self, book: &Book, _: bool) -> Result<u32, Error> { Ok(1) }",
        Facts(
            signature="pub(crate) fn sell(&mut self, book: &Book, _: bool) -> Result<u32, Error>",
            parameters=(
                Parameter(name="&mut self", kind="self"),
                Parameter(name="book", type="&Book"),
                Parameter(name="_", type="bool"),
            ),
            returns="Result<u32, Error>",
            visibility="pub(crate)",
        ),
    ),
    (
        "pair",
        "fn pair((a, b): (u8, u8), mut c: u8, &d: &u8) {}",
        Facts(
            signature="fn pair((a, b): (u8, u8), mut c: u8, &d: &u8)",
            parameters=(
                Parameter(name="(a, b)", type="(u8, u8)"),
                Parameter(name="c", type="u8"),
                Parameter(name="&d", type="&u8"),
            ),
        ),
    ),
    (
        "fetch",
        "pub async unsafe fn fetch<'a, T: Clone, const N: usize>(x: &'a T) where T: Send {}",
        Facts(
            signature="pub async unsafe fn fetch<'a, T: Clone, const N: usize>(x: &'a T) where T: Send",
            parameters=(Parameter(name="x", type="&'a T"),),
            visibility="pub",
            modifiers=("async", "unsafe"),
            generics="<'a, T: Clone, const N: usize> where T: Send",
            type_parameters=(
                Parameter(name="'a", kind="lifetime"),
                Parameter(name="T", kind="type", type="Clone"),
                Parameter(name="N", kind="const", type="usize"),
            ),
            where=("T: Send",),
        ),
    ),
    (
        "half",
        'pub const extern "C" fn half(x: u8) -> u8 { x / 2 }',
        Facts(
            signature='pub const extern "C" fn half(x: u8) -> u8',
            parameters=(Parameter(name="x", type="u8"),),
            returns="u8",
            visibility="pub",
            modifiers=("const", "extern", '"C"'),
            abi='"C"',
        ),
    ),
    (
        "printf",
        'extern "C" { fn printf(format: *const u8, ...) -> i32; }',
        Facts(
            signature="fn printf(format: *const u8, ...) -> i32",
            parameters=(Parameter(name="format", type="*const u8"), Parameter(name="...", kind="variadic")),
            returns="i32",
            abi='"C"',
        ),
    ),
    (
        "boxed",
        "trait Own { fn boxed(self: Box<Self>) -> impl Fn(u8) -> u8; }",
        Facts(
            signature="fn boxed(self: Box<Self>) -> impl Fn(u8) -> u8",
            parameters=(Parameter(name="self", kind="self", type="Box<Self>"),),
            returns="impl Fn(u8) -> u8",
            implements=Implementation(trait="Own"),
        ),
    ),
    (
        "Shelf",
        "pub unsafe trait Shelf<T>: Clone + Iterator<Item = T> where T: Copy { fn x(); }",
        Facts(
            signature="pub unsafe trait Shelf<T>: Clone + Iterator<Item = T> where T: Copy",
            visibility="pub",
            modifiers=("unsafe",),
            generics="<T> where T: Copy",
            type_parameters=(Parameter(name="T", kind="type"),),
            where=("T: Copy",),
            bases=("Clone", "Iterator<Item = T>"),
        ),
    ),
    (
        "Book",
        "#[derive(Debug, Clone)]\n#[repr(C)]\npub struct Book<T> { title: T }",
        Facts(
            signature="pub struct Book<T>",
            visibility="pub",
            generics="<T>",
            type_parameters=(Parameter(name="T", kind="type"),),
            decorators=("#[derive(Debug, Clone)]", "#[repr(C)]"),
            fields=("title",),
            derives=("Debug", "Clone"),
        ),
    ),
    (
        "title",
        "struct Book { /** The title. */ #[serde(skip)] pub(super) title: Vec<u8> }",
        Facts(
            signature="pub(super) title: Vec<u8>",
            returns="Vec<u8>",
            visibility="pub(super)",
            decorators=("#[serde(skip)]",),
            doc="The title.",
        ),
    ),
    ("Pair", "struct Pair(pub u8, u8);", Facts(signature="struct Pair(pub u8, u8)")),
    ("Red", "enum Colour { Red(u8), Blue }", Facts(signature="Red(u8)")),
    ("Raw", "pub union Raw { a: u8 }", Facts(signature="pub union Raw", visibility="pub", fields=("a",))),
    (
        "LIMIT",
        "pub const LIMIT: usize = 10;",
        Facts(signature="pub const LIMIT: usize = 10", returns="usize", visibility="pub", value="10"),
    ),
    (
        "COUNT",
        "static mut COUNT: u32 = 0;",
        Facts(signature="static mut COUNT: u32 = 0", returns="u32", modifiers=("mut",), value="0"),
    ),
    (
        "Short",
        "pub type Short<T> = Vec<T>;",
        Facts(
            signature="pub type Short<T> = Vec<T>",
            returns="Vec<T>",
            visibility="pub",
            generics="<T>",
            type_parameters=(Parameter(name="T", kind="type"),),
        ),
    ),
    (
        "Item",
        "trait Iter { type Item: Debug + Send; }",
        Facts(signature="type Item: Debug + Send", bases=("Debug", "Send"), implements=Implementation(trait="Iter")),
    ),
    ("twice", "macro_rules! twice { ($x:expr) => { $x } }", Facts(signature="macro_rules! twice")),
    ("inner", "#[cfg(test)]\nmod inner { }", Facts(signature="mod inner", decorators=("#[cfg(test)]",), cfg=("test",))),
    (
        "spawn",
        "cfg_rt! { pub fn spawn(f: F) -> Task { f() } }",
        Facts(
            signature="pub fn spawn(f: F) -> Task",
            parameters=(Parameter(name="f", type="F"),),
            returns="Task",
            visibility="pub",
        ),
    ),
]


@pytest.mark.parametrize(("name", "source", "expected"), TABLE, ids=[name for name, _, _ in TABLE])
def test_facts(lane, name, source, expected):
    assert without_spans(facts_of(lane, source, name)) == plain(expected)


@pytest.mark.parametrize(
    ("source", "doc"),
    [
        ("/// Sells a book. At once.\n///\n/// Later.\nfn f() {}", "Sells a book."),
        ("/// Sells\n/// a book\n\n// not this\n#[inline]\nfn f() {}", "Sells a book"),
        ("/** Sells. */\nfn f() {}", "Sells."),
        ("//! Of the module.\n\nfn f() {}", ""),
        ("//! Of the module.\n\n/// Sells.\nfn f() {}", "Sells."),
        ("//// A rule.\nfn f() {}", ""),
        ("// Not documentation.\nfn f() {}", ""),
    ],
)
def test_documentation_is_the_first_sentence_above(lane, source, doc):
    facts = facts_of(lane, source, "f")
    assert facts.get("doc", "") == doc
    assert ("doc" in facts.get("spans", {})) == bool(doc)


@pytest.mark.parametrize(
    ("name", "source", "field", "value"),
    [
        ("A", "#[cfg(all(test, unix))] #[cfg(feature = \"x\")] struct A;", "cfg", ["all(test, unix)", 'feature = "x"']),
        ("A", "#[cfg(any(\n    unix, // why\n    windows))] struct A;", "cfg", ["any( unix, windows)"]),
        ("A", "#[derive(\n  // why\n  Clone, // because\n  B)] struct A;", "decorators", ["#[derive( Clone, B)]"]),
        ("A", "#[derive(Clone, serde::Serialize,)] enum A { B }", "derives", ["Clone", "serde::Serialize"]),
        ("A", "enum A { B, C(u8), D { e: u8 } }", "variants", ["B", "C", "D"]),
        ("D", "enum A { B, D { e: u8, f: u8 } }", "fields", ["e", "f"]),
        ("B", "enum A { B = 3 }", "value", "3"),
        ("f", "#[test]\nfn f() {}", "forms", ["test"]),
        ("f", "#[tokio::test]\nasync fn f() {}", "forms", ["test"]),
        ("f", "#[bench]\nfn f(b: &mut Bencher) {}", "forms", ["bench"]),
        ("f", "fn f() {}", "forms", None),
        ("f", "pub(in crate::a) fn f() {}", "visibility", "pub(in crate::a)"),
        ("f", "fn f() {}", "visibility", None),
        ("f", "async fn f() { a.await; async { b.await }; || c.await; g(d).await; fn h() { e.await } }", "awaits",
            ["a", "g(d)"]),
        ("f", "default unsafe fn f() {}", "modifiers", ["default", "unsafe"]),
        ("f", 'unsafe extern "system" fn f() {}', "abi", '"system"'),
        ("ERRNO", 'extern "C" { static ERRNO: i32; }', "abi", '"C"'),
        ("f", "fn f<T>() where T: A + B, for<'a> &'a T: C {}", "where", ["T: A + B", "for<'a> &'a T: C"]),
        ("m", "mod m;", "signature", "mod m"),
    ],
)  # fmt: skip
def test_more_facts(lane, name, source, field, value):
    assert facts_of(lane, source, name).get(field) == value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("fn f<'a: 'b + 'c>() {}", [{"name": "'a", "kind": "lifetime", "type": "'b + 'c"}]),
        ("fn f<T: ?Sized + A<B = C>>() {}", [{"name": "T", "kind": "type", "type": "?Sized + A<B = C>"}]),
        (
            "struct f<T: A = u8, const N: usize = 3>(T);",
            [
                {"name": "T", "kind": "type", "type": "A", "default": "u8"},
                {"name": "N", "kind": "const", "type": "usize", "default": "3"},
            ],
        ),
    ],
)
def test_type_parameters(lane, source, expected):
    assert without_spans(facts_of(lane, source, "f"))["type_parameters"] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("impl A { fn f() {} }", {"type": "A"}),
        ("impl<T> A for B<T> where T: C { fn f() {} }", {"trait": "A", "type": "B<T>", "generics": "<T> where T: C"}),
        ("impl A for B { const f: u8 = 1; }", {"trait": "A", "type": "B"}),
        ("impl A for B { type f = u8; }", {"trait": "A", "type": "B"}),
        ("trait A { fn f(); }", {"trait": "A"}),
        ("mod a { fn f() {} }", None),
    ],
)
def test_the_block_of_an_associated_item(lane, source, expected):
    assert without_spans(facts_of(lane, source, "f")).get("implements") == expected
