"""What Rust definitions say of themselves."""

import pytest

from cq.lanes.facts import FactReader
from cq.lanes.lane import Lane
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.rows.facts import Facts, Parameter


@pytest.fixture(scope="module")
def lane():
    table = lane_table((data_folder("queries"),))
    return Lane("rust", table)


def facts_of(lane: Lane, source: str, name: str) -> Facts:
    """The facts of the first definition of this name; where it ends is left out."""
    data = source.encode()
    tree = lane.parse(data)
    for (start, end), verdict in lane.definitions(data, tree.root_node):
        if data[start:end].decode() == name:
            facts = FactReader(lane).facts(data, verdict.node)
            return Facts(**{key: getattr(facts, key) for key in facts.__struct_fields__ if key != "end_line"})
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
        ),
    ),
    (
        "printf",
        'extern "C" { fn printf(format: *const u8, ...) -> i32; }',
        Facts(
            signature="fn printf(format: *const u8, ...) -> i32",
            parameters=(Parameter(name="format", type="*const u8"), Parameter(name="...", kind="variadic")),
            returns="i32",
        ),
    ),
    (
        "boxed",
        "trait Own { fn boxed(self: Box<Self>) -> impl Fn(u8) -> u8; }",
        Facts(
            signature="fn boxed(self: Box<Self>) -> impl Fn(u8) -> u8",
            parameters=(Parameter(name="self", kind="self", type="Box<Self>"),),
            returns="impl Fn(u8) -> u8",
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
            decorators=("#[derive(Debug, Clone)]", "#[repr(C)]"),
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
    ("Raw", "pub union Raw { a: u8 }", Facts(signature="pub union Raw", visibility="pub")),
    (
        "LIMIT",
        "pub const LIMIT: usize = 10;",
        Facts(signature="pub const LIMIT: usize = 10", returns="usize", visibility="pub"),
    ),
    (
        "COUNT",
        "static mut COUNT: u32 = 0;",
        Facts(signature="static mut COUNT: u32 = 0", returns="u32", modifiers=("mut",)),
    ),
    (
        "Short",
        "pub type Short<T> = Vec<T>;",
        Facts(signature="pub type Short<T> = Vec<T>", returns="Vec<T>", visibility="pub", generics="<T>"),
    ),
    (
        "Item",
        "trait Iter { type Item: Debug + Send; }",
        Facts(signature="type Item: Debug + Send", bases=("Debug", "Send")),
    ),
    ("twice", "macro_rules! twice { ($x:expr) => { $x } }", Facts(signature="macro_rules! twice")),
    ("inner", "#[cfg(test)]\nmod inner { }", Facts(signature="mod inner", decorators=("#[cfg(test)]",))),
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
    assert facts_of(lane, source, name) == expected


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
    assert facts_of(lane, source, "f").doc == doc
