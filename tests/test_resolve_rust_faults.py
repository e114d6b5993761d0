"""Sources that are broken, odd or hostile: an answer or none, never an exception, and never long."""

import time

import msgspec
import pytest

from cq.symbols.references import references_of
from cq.symbols.rust.summarizer import RustSummarizer
from cq.symbols.rust.summary import FileSummary
from marked_crates import check, resolver_of

_DEEP = 100_000
SOURCES = {
    "empty": b"",
    "syntax errors": b"fn f( { struct impl <<< use a::{b, ; mod } ) x.y(",
    "unclosed": b"mod a { fn f() { let x = (1, ",
    "brackets": b"fn f() { x " + b"(" * _DEEP + b")" * _DEEP + b" }",
    "blocks": b"fn f() { " + b"{" * _DEEP + b"}" * _DEEP + b" }",
    "modules in modules": b"mod a { " * 2_000 + b"}" * 2_000,
    "types in types": b"type T = " + b"Vec<" * 20_000 + b"u8" + b">" * 20_000 + b"; fn f(t: T) { t.x() }",
    "use in use": b"use a::" + b"{b::" * 20_000 + b"c" + b"}" * 20_000 + b";",
    "a long chain": b"struct A; impl A { fn m(self) -> A { A } } fn f(a: A) { a" + b".m()" * 3_000 + b"; }",
    "macro in macro": b"m!" + b"(m!" * 5_000 + b")" * 5_000 + b";",
    "a macro that calls itself": b"macro_rules! m { ($($t:tt)*) => { "
    b"m!($($t)* x $($t)*); } }\nm!(a b);\nfn f() { m!(x) }",
    "a macro that wraps what it hands to itself": b"macro_rules! m { ($a:ident, $($e:tt)*) => { "
    b"m!($a, vec[$($e)*]); } }\nm!(a, b);\nm!(c, d);\nm!(e, f);",
    "not UTF-8": b'fn f() { \xff\xfe; g(); }\nfn g() { "\x80" }',
    "NUL": b"fn f() { \0 g() }\nfn g() {}",
    "a type that is itself": b"type A = B; type B = A; struct S(A); fn f(s: S, a: A) { s.0.x(); a.y(); }",
    "a trait above itself": b"trait A: B { fn f(&self); } trait B: A {} fn g<T: A>(t: T) { t.f(); t.h(); }",
    "deref in a ring": b"struct A; struct B; use std::ops::Deref; impl Deref for A "
    b"{ type Target = B; } impl Deref for B { type Target = A; }"
    b" fn f(a: A) { a.x(); }",
    "blanket impls of each other": b"trait A { fn a(&self); } trait B { fn b(&self); } "
    b"impl<T: B> A for T {} impl<T: A> B for T {} struct S;"
    b" fn f(s: S) { s.a(); s.b(); }",
    "imports in a ring": b"use self::a as b; use self::b as a; fn f() { a(); b::c(); }",
    "let of itself": b"fn f() { let x = x.y(); let y = || y(); x.z(); y(); }",
}


@pytest.mark.parametrize("case", SOURCES)
def test_every_word_of_a_broken_file_can_be_asked_about(case, tmp_path):
    data = SOURCES[case]
    began = time.process_time()
    resolver = resolver_of(tmp_path, {"src/lib.rs": data})
    step = max(1, len(data) // 150)
    for start in (*range(0, len(data), step), -1, len(data), len(data) + 5):
        resolver.definitions_at("src/lib.rs", start)
    resolver.named("a::f")
    assert time.process_time() - began < 60


def test_a_summary_is_plain_data_and_depends_on_the_bytes_only():
    data = b"use a::b; pub struct S { x: u8 } impl S { fn f(&self) -> u8 { self.x } }\ncfg! { mod m { fn g() {} } }"
    summary = RustSummarizer().summarize(data)
    encoded = msgspec.msgpack.encode(summary)
    assert msgspec.msgpack.decode(encoded, type=FileSummary) == summary
    assert encoded == msgspec.msgpack.encode(RustSummarizer().summarize(data))


def test_positions_are_bytes_of_the_file_and_columns_code_points(tmp_path):
    for data, column in (
        (b"\xef\xbb\xbffn go() {}\r\nfn f() { go() }\r\n", 4),
        ("/* ä */ fn go() {}\nfn f() { go() }".encode(), 12),
        (b"/* \xff */ fn go() {}\nfn f() { go() }", 12),
    ):
        resolver = resolver_of(tmp_path, {"src/lib.rs": data})
        (answer,) = resolver.definitions_at("src/lib.rs", data.rindex(b"go"))
        assert (answer.target.line, answer.target.column, answer.target.start_byte) == (1, column, data.index(b"go"))
        assert data[answer.target.start_byte : answer.target.end_byte] == b"go"


@pytest.mark.parametrize(
    "manifest", ["", "[package", "package = 3", "[package]\nname = 3\nedition = []", "[lib]\npath = 4", "\0"]
)
def test_a_broken_manifest_leaves_a_crate(manifest, tmp_path):
    files = {
        "Cargo.toml": manifest,
        "src/lib.rs": "mod a; fn ⟦f f⟧() { ⟦=f f⟧(); a::⟦=g g⟧() }",
        "src/a.rs": "pub fn ⟦g g⟧() {}",
    }
    check(tmp_path, files)


def test_no_manifest_and_files_that_no_crate_reaches(tmp_path):
    root = tmp_path / "loose"
    check(root, {"Cargo.toml": "", "x/lib.rs": "pub fn ⟦f f⟧() { ⟦=f f⟧() }", "lost.rs": "fn ⟦g g⟧() { ⟦=g g⟧() }"})


def test_missing_and_circular_module_files(tmp_path):
    check(
        tmp_path,
        {
            "src/lib.rs": "mod gone;\nmod ring;\nfn f() { gone::⟦! g⟧(); ring::⟦=r r⟧() }",
            "src/ring.rs": '#[path = "ring.rs"] pub mod again;\npub fn ⟦r r⟧() { again::again::⟦=r r⟧() }',
        },
    )


def test_what_is_no_name_has_no_answer(tmp_path):
    data = b"fn f<'a>(x: &'a u8) -> u8 { /* f */ 'l: loop { break 'l \"f\"; } }\n// f\n"
    resolver = resolver_of(tmp_path, {"src/lib.rs": data})
    for text in (b"'a>", b"a>", b"{", b"f */", b"l:", b'f"', b"f\n"):
        assert not resolver.definitions_at("src/lib.rs", data.index(text))
    assert not resolver.definitions_at("src/none.rs", 0)
    assert not resolver.definitions_at("Cargo.toml", 0)


def test_references_of_a_method_leave_out_its_homonyms(tmp_path):
    data = (
        b"struct A; struct B;\nimpl A { fn go(&self) {} }\nimpl B { fn go(&self) {} }\n"
        b"fn f(a: A, b: B) { a.go(); b.go(); A::go(&a); a.go(); }"
    )
    resolver = resolver_of(tmp_path, {"src/lib.rs": data})
    (target,) = resolver.named("A::go")
    found = [each.start_byte for each in references_of(resolver._project, resolver, "rust", target)]
    places = [at for at in range(len(data)) if data.startswith(b"go(", at)]
    assert found == [places[0], places[2], places[4], places[5]]
