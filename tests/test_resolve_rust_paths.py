"""Paths, imports, modules and crates: what each name of a small project refers to."""

import pytest

from marked_crates import check, resolver_of

CASES = {
    "module files": {
        "src/lib.rs": "mod shelf;\nmod deep;\nfn f() { "
        "shelf::⟦=put:certain put⟧(); crate::deep::inner::⟦=dig dig⟧(); }",
        "src/shelf.rs": "pub fn ⟦put put⟧() { super::deep::inner::⟦=dig dig⟧(); self::⟦=put put⟧() }",
        "src/deep/mod.rs": "pub mod inner;",
        "src/deep/inner.rs": "pub fn ⟦dig dig⟧() {}",
    },
    "a block imports from nobody knows where": {
        "src/lib.rs": "pub fn ⟦own pick⟧() {}\nfn f() { use rand::pick; ⟦! pick⟧(); }\n"
        "fn g() { use rand::other; ⟦=own:certain pick⟧(); }",
    },
    "module by path": {
        "src/lib.rs": '#[path = "odd/place.rs"] mod other;\nfn f() { other::⟦=go go⟧(); other::sub::⟦=on on⟧() }',
        "src/odd/place.rs": "pub fn ⟦go go⟧() {}\npub mod sub;",
        "src/odd/sub.rs": "pub fn ⟦on on⟧() {}",
    },
    "inline module with a file in it": {
        "src/lib.rs": "mod a { pub mod b; pub fn ⟦here here⟧() {} }\nuse "
        "a::{b::⟦=there there⟧, ⟦=here here⟧ as ⟦=here h⟧};"
        "\nfn f() { ⟦=there there⟧(); ⟦=here h⟧(); }",
        "src/a/b.rs": "pub fn ⟦there there⟧() {}",
    },
    "use trees, renames and re-exports": {
        "src/lib.rs": "mod a { pub struct ⟦thing Thing⟧; pub fn ⟦make make⟧() {} }\n"
        "mod front { pub use crate::a::{self as inner, ⟦=thing Thing⟧ as Renamed, make}; pub use Renamed as Again; }\n"
        "use front::*;\n"
        "fn f(_: ⟦=thing Renamed⟧, _: ⟦=thing Again⟧, _: inner::⟦=thing Thing⟧) { ⟦=make make⟧() }",
    },
    "globs of each other": {
        "src/lib.rs": "mod a { pub use crate::b::*; pub fn ⟦fa fa⟧() {} }\n"
        "mod b { pub use crate::a::*; pub fn ⟦fb fb⟧() { ⟦=fa fa⟧(); ⟦! nothing⟧() } }\n"
        "use a::*;\nfn f() { ⟦=fa fa⟧(); ⟦=fb fb⟧(); b::⟦=fa fa⟧() }",
    },
    "what is private does not come through a glob": {
        "src/lib.rs": "mod a { fn hidden() {} pub fn shown() {} }\nmod b { pub fn ⟦hidden hidden⟧() {} }\n"
        "use a::*; use b::*;\nfn f() { ⟦=hidden hidden⟧() }",
    },
    "an import is of what may be seen": {
        "src/lib.rs": "mod a { mod ⟦hid waker⟧ { pub fn ⟦fun waker⟧() {} } pub use ⟦=hid waker⟧::⟦=fun waker⟧; }\n"
        "use a::⟦=fun waker⟧;\nmod b { pub mod ⟦mod poll⟧ { pub fn ⟦poll poll⟧() {} } }\n"
        "use b::⟦=mod poll⟧::*;\nfn f() { ⟦=fun waker⟧(); ⟦=poll poll⟧() }",
    },
    "paths that begin at the root": {
        "src/lib.rs": "mod float { pub trait ⟦tr Real⟧ { fn ⟦one one⟧(); } }\nmod c {\n use float::⟦=tr Real⟧;\n"
        " fn f<F: ::float::⟦=tr Real⟧>() { <F as ::float::⟦=tr Real⟧>::⟦=one one⟧(); } }",
    },
    "all of the root": {
        "src/lib.rs": "pub fn ⟦a a⟧() {}\nmod m {\n fn f() { use ::*; ⟦=a a⟧(); } }",
    },
    "what a build script sets": {
        "Cargo.toml": '[package]\nname = "app"\nbuild = "build.rs"\n[features]\nextra = []\nin-rows = []\n',
        "build.rs": 'fn main() { println!("cargo:rustc-cfg=wide"); println!("cargo:rustc-cfg=in_rows");\n'
        ' if old() { println!("cargo:rustc-cfg=no_wide"); }\n'
        ' if wasm() { autocfg::emit("on_wasm"); } autocfg::emit("fast"); }',
        "src/lib.rs": "#[cfg(not(wide))] type Digit = u32;\n#[cfg(wide)] type ⟦digit Digit⟧ = u64;\n"
        "#[cfg(no_wide)] fn a() {}\n#[cfg(not(no_wide))] fn ⟦a a⟧() {}\n"
        "#[cfg(on_wasm)] fn b() {}\n#[cfg(not(on_wasm))] fn ⟦b b⟧() {}\n"
        "#[cfg(in_rows)] fn e() {}\n#[cfg(not(in_rows))] fn ⟦e e⟧() {}\n"
        "#[cfg(not(fast))] fn c() {}\n#[cfg(fast)] fn ⟦c c⟧() {}\n"
        '#[cfg(feature = "extra")] fn d() {}\n#[cfg(not(feature = "extra"))] fn ⟦d d⟧() {}\n'
        "fn f(_: ⟦=digit:certain Digit⟧) { ⟦=a a⟧(); ⟦=b b⟧(); ⟦=c c⟧(); ⟦=d d⟧(); ⟦=e e⟧();\n"
        " let ⟦v v⟧ = 1; #[cfg(no_wide)] // why\n let v = 2; drop(⟦=v v⟧); }",
    },
    "what is asked for by nobody, but needed to compile all": {
        "Cargo.toml": '[package]\nname = "app"\n[features]\ndefault = []\nfull = ["net"]\nnet = []\nodd = []\n',
        "src/lib.rs": '#[cfg(not(feature = "net"))] fn a() {}\n#[cfg(feature = "net")] fn ⟦a a⟧() {}\n'
        '#[cfg(feature = "odd")] fn b() {}\n#[cfg(not(feature = "odd"))] fn ⟦b b⟧() {}\nfn f() { ⟦=a a⟧(); ⟦=b b⟧() }',
    },
    "what its documentation is made with": {
        "Cargo.toml": '[package]\nname = "app"\n[package.metadata.docs.rs]\nall-features = true\n'
        "[features]\ndefault = []\nfull = []\nodd = []\n",
        "src/lib.rs": '#[cfg(feature = "odd")] fn ⟦b b⟧() {}\n'
        '#[cfg(not(feature = "odd"))] fn b() {}\nfn f() { ⟦=b b⟧() }',
    },
    "variants and associated items": {
        "src/lib.rs": "pub enum ⟦e E⟧ { ⟦one One⟧, ⟦two Two⟧(u8), ⟦three Three⟧ { ⟦x x⟧: u8 } }\nuse E::⟦=one One⟧;\n"
        "impl ⟦=e E⟧ { pub const ⟦max MAX⟧: u8 = 1; pub fn ⟦new new⟧() -> ⟦=e Self⟧ { ⟦=e Self⟧::⟦=one One⟧ } }\n"
        "fn f(e: E) { match e { ⟦=one One⟧ => {}, E::⟦=two Two⟧(⟦n n⟧) if ⟦=n n⟧ > E::⟦=max MAX⟧ => {},"
        " E::⟦=three Three⟧ { ⟦=x x⟧: ⟦y y⟧ } => drop(⟦=y y⟧), _ => {} }; E::⟦=new new⟧(); }",
    },
    "locals and shadowing": {
        "src/lib.rs": "fn f(⟦p a⟧: u8) -> u8 {\n let ⟦v a⟧ = ⟦=p a⟧ + 1;\n { let ⟦w a⟧ = ⟦=v a⟧; drop(⟦=w a⟧); }\n"
        " let g = |⟦c a⟧: u8| ⟦=c a⟧;\n for ⟦i a⟧ in 0..⟦=v a⟧ { g(⟦=i a⟧); }\n"
        " if let Some(⟦s a⟧) = Some(⟦=v a⟧) { return ⟦=s a⟧ } else { drop(⟦=v a⟧) }\n"
        " let Some(⟦l b⟧) = None else { return ⟦=v a⟧ };\n while let Some(⟦t a⟧) = Some(⟦=v a⟧) { drop(⟦=t a⟧) }\n"
        " ⟦=v a⟧ + ⟦=l b⟧\n}",
    },
    "items that macros make in a block": {
        "src/lib.rs": "fn f() { macro_rules! tail { ($n:ident, $c:expr) => { fn $n() { drop($c) } } }\n"
        " tail!(⟦two tail_2⟧, 2); tail!(⟦one tail_1⟧, 1);\n ⟦=two tail_2⟧(); ⟦=one tail_1⟧(); }",
    },
    "items in a block hide those outside": {
        "src/lib.rs": "fn ⟦outer helper⟧() {}\nfn f() { fn ⟦inner helper⟧() "
        "{} ⟦=inner helper⟧(); { use crate::⟦=outer helper⟧ as h; "
        "⟦=outer h⟧() } struct ⟦s S⟧; impl ⟦=s S⟧ { fn ⟦m "
        "m⟧(&self) {} } ⟦=s S⟧.⟦=m m⟧() }\nfn g() { ⟦=outer helper⟧() }",
    },
    "imports in a block hide what is outside": {
        "src/lib.rs": "mod util { pub fn ⟦inner helper⟧() {} pub struct ⟦t T⟧; }\nfn ⟦outer helper⟧()"
        " {}\nstruct ⟦u T⟧;\n"
        "fn f() { { use util::⟦=inner helper⟧; ⟦=inner helper⟧(); let _ = || { ⟦=inner helper⟧() }; }"
        " ⟦=outer helper⟧(); }\n"
        "fn g() { use crate::util::*; ⟦=inner helper⟧(); if true { ⟦=inner helper⟧() } let _: ⟦=t T⟧; }\n"
        "fn h() { use util::{helper, T}; match 1 { _ => ⟦=inner helper⟧() } let _: ⟦=t T⟧;"
        " assert!(⟦=inner helper⟧()); }\n"
        "fn i() { let x = unsafe { use util::helper; ⟦=inner helper⟧() }; let _: ⟦=u T⟧; ⟦=outer helper⟧(); }\n"
        "fn j() { for _ in 0..1 { use self::util::helper; ⟦=inner helper⟧(); } async { use util::helper;"
        " ⟦=inner helper⟧() }; }\n"
        "impl T { fn k(&self) { use util::helper; ⟦=inner helper⟧(); } }\n"
        "mod m { use super::*; fn l() { use util::helper; ⟦=inner helper⟧(); } fn n() { ⟦=outer helper⟧() } }",
    },
    "an import in a block hides a parameter": {
        "src/lib.rs": "mod util { pub fn ⟦i helper⟧() {} }\n"
        "fn f(⟦l helper⟧: u8) { ⟦=l helper⟧; { use util::helper; ⟦=i helper⟧(); } let _ = ⟦=l helper⟧; }",
    },
    "members of another type are no candidates": {
        "src/lib.rs": "struct A; struct B; trait Tr { fn ⟦tr only_tr⟧() {} }\n"
        "impl B { fn only_there() {} fn ⟦both both⟧() {} }\n"
        "fn f() { A::⟦! only_there⟧(); B::⟦=both both⟧(); A::⟦! both⟧(); A::⟦~tr:possible only_tr⟧(); }",
    },
    "generic parameters": {
        "src/lib.rs": "struct S<⟦t T⟧>(⟦=t T⟧);\nimpl<⟦u U⟧: Clone> S<⟦=u U⟧> "
        "{ fn f<⟦v V⟧, const ⟦n N⟧: usize>(_: ⟦=v V⟧, _: ⟦=u U⟧)"
        " -> usize { ⟦=n N⟧ } }",
    },
    "another member of the workspace": {
        "Cargo.toml": '[workspace]\nmembers = ["a", '
        '"b"]\n[workspace.dependencies]\nbase = { path = "b", package = "my-base" }\n',
        "a/Cargo.toml": '[package]\nname = "a"\n[dependencies]\nbase.workspace = true\nserde = "1"\n',
        "a/src/main.rs": "use base::⟦=thing Thing⟧;\nuse ⟦@serde "
        "serde⟧::⟦@serde::Serialize Serialize⟧;\nfn main() { base::⟦=go go⟧(); }",
        "b/Cargo.toml": '[package]\nname = "my-base"\n[lib]\nname = "base"\npath = "lib/root.rs"\n',
        "b/lib/root.rs": "pub struct ⟦thing Thing⟧;\npub fn ⟦go go⟧() {}",
    },
    "tests, examples and binaries know the library": {
        "src/lib.rs": "pub fn ⟦run run⟧() {}",
        "src/bin/tool.rs": "fn main() { app::⟦=run run⟧() }",
        "tests/it.rs": "mod common;\nuse app::⟦=run run⟧;\nfn f() { common::⟦=setup setup⟧() }",
        "tests/common/mod.rs": "pub fn ⟦setup setup⟧() { app::⟦=run run⟧() }",
        "examples/e.rs": "fn main() { ::app::⟦=run run⟧() }",
    },
    "the standard library is outside": {
        "src/lib.rs": "use std::collections::⟦@std::collections::hash_map::HashMap "
        "HashMap⟧;\nuse std::odd::⟦@std::odd::Thing Thing⟧;\n"
        "fn f(v: ⟦@std::vec::Vec Vec⟧<u8>) { v.⟦@std::vec::Vec::len len⟧(); ⟦@std::mem::drop drop⟧(v); }",
    },
    "alternatives by cfg": {
        "src/lib.rs": "#[cfg(has_std)]\nfn ⟦std with⟧() {}\n#[cfg(not(has_std))]\nfn ⟦core with⟧() {}\n"
        "fn g() { ⟦=std:certain with⟧(); ⟦~core:possible with⟧() }\n"
        "#[cfg(windows)]\nfn ⟦w at⟧() {}\n#[cfg(not(windows))]\nfn ⟦u at⟧() {}\n"
        "fn f() { ⟦=u:certain at⟧(); ⟦~w:possible at⟧(); }",
    },
    "an edition without crate in paths": {
        "src/lib.rs": "extern crate core as basic;\nmod a { use b::⟦=g g⟧; "
        "pub fn f() { ⟦=g g⟧() } }\nmod b { pub fn ⟦g g⟧() {} }",
    },
    "a raw name": {"src/lib.rs": "fn ⟦t r#try⟧() {}\nfn f() { ⟦=t r#try⟧() }"},
    "a name after text that is not ASCII": {"src/lib.rs": '/* größe */ fn ⟦t größe⟧() { let _ = "äö"; ⟦=t größe⟧() }'},
}


@pytest.mark.parametrize("case", CASES)
def test_paths(case, tmp_path):
    check(tmp_path, CASES[case])


def test_a_module_file_stands_at_its_beginning(tmp_path):
    resolver = resolver_of(tmp_path, {"src/lib.rs": "mod a;\nuse a::f;", "src/a.rs": "// x\npub fn f() {}"})
    for start in (4, 11):
        (answer,) = resolver.definitions_at("src/lib.rs", start)
        assert (answer.target.path, answer.target.line, answer.target.column) == ("src/a.rs", 1, 1)
        assert (answer.target.qualified_name, answer.target.kind) == ("app::a", "module")


def test_names_given_again_and_again(tmp_path):
    files = {
        "src/lib.rs": "mod a;\nmod b;\nmod c;\npub use c::third as fourth;\npub use c::other as none;",
        "src/a.rs": "pub fn first() {}",
        "src/b.rs": "pub use crate::a::first as second;",
        "src/c.rs": "pub use crate::b::second as third;\npub fn other() {}",
    }
    resolver = resolver_of(tmp_path, files)
    (first,) = resolver.named("first")
    assert resolver.renamed(first) == ["fourth", "second", "third"]


def test_names_and_aliases(tmp_path):
    files = {
        "src/lib.rs": "pub mod m;\nuse m::Thing as Other;\npub use m::make;",
        "src/m.rs": "pub struct Thing { pub size: u8 }\npub trait "
        "Named { fn name(&self) {} }\nimpl Named for Thing {}\n"
        "impl Thing { pub fn grow(&self) {} }\npub fn make() {}\n"
        "fn outer() { struct Inner { size: u8 } fn within() {} } // and fn said",
    }
    resolver = resolver_of(tmp_path, files)

    def lines(name):
        return [(each.path, each.line, each.qualified_name) for each in resolver.named(name)]

    assert lines("Thing.grow") == lines("app::m::Thing::grow") == [("src/m.rs", 4, "app::m::Thing::grow")]
    assert lines("m::make") == lines("make") == lines("app::make") == [("src/m.rs", 5, "app::m::make")]
    assert lines("Thing::name") == [("src/m.rs", 2, "app::m::Named::name")]  # inherited
    assert lines("Thing::size") == [("src/m.rs", 1, "app::m::Thing::size")]
    assert lines("within") == [("src/m.rs", 6, "app::m::outer::within")]
    assert lines("Inner::size") == [("src/m.rs", 6, "app::m::outer::Inner::size")]
    assert lines("said") == []
    assert lines("m::nothing") == lines("Thing::make") == lines("") == []
    (thing,) = resolver.named("Thing")
    assert "Other" in resolver.aliases("src/lib.rs", thing)
    assert thing.column == 12
