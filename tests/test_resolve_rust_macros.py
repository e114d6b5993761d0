"""Macros: names in what is handed to them, items that they make, and the macros themselves."""

import pytest

from marked_crates import check

CASES = {
    "arguments": {
        "src/lib.rs": "fn ⟦go go⟧() -> u8 { 1 }\nstruct S; impl S { fn ⟦m m⟧(&self) -> u8 { 1 } }\n"
        'fn f(⟦s s⟧: S) { assert_eq!(⟦=go go⟧(), ⟦=s s⟧.⟦=m m⟧(), "{}", '
        '⟦=go go⟧()); let v = vec![⟦=go go⟧(); 2]; println!("{:?}", v); }'
        '\nfn last(⟦x x⟧: S) { println!("{}", ⟦=x x⟧.⟦=m m⟧()) }',
    },
    "names in format strings": {
        "src/lib.rs": "fn f(⟦a alpha⟧: u8) { let ⟦b beta⟧ = 1; "
        'println!("{⟦=a alpha⟧} {⟦=b beta⟧:>5} {{⟦! alpha⟧}} ⟦! beta⟧"); }',
    },
    "types and traits handed to a macro": {
        "src/lib.rs": "pub struct ⟦s S⟧ { v: u8 }\ntrait ⟦t Own⟧ {}\nmod v {}\n"
        "macro_rules! two { ($t:ident, $ty:ty) => { impl $t for $ty {} } }\n"
        "two!(⟦=t:likely Own⟧, ⟦=s:likely S⟧);\ntwo!(⟦=t Own⟧, Vec<⟦=s S⟧>);",
    },
    "items handed to a macro": {
        "src/lib.rs": "macro_rules! cfg_x { ($($item:item)*) => { $( #[cfg(unix)] $item )* } }\n"
        "cfg_x! { pub mod inner; pub fn ⟦f f⟧() { inner::⟦=g g⟧() "
        "} pub struct ⟦s S⟧; impl S { pub fn ⟦m m⟧(&self) {} } }\n"
        "fn h(s: ⟦=s S⟧) { ⟦=f f⟧(); s.⟦=m m⟧(); }",
        "src/inner.rs": "pub fn ⟦g g⟧() {}",
    },
    "items in braces among what a macro from elsewhere is handed": {
        "Cargo.toml": '[package]\nname = "p"\n[dependencies]\nelsewhere = "1"\n',
        "src/lib.rs": "use elsewhere::each;\npub struct ⟦s S⟧;\n"
        "impl S { pub fn ⟦m m⟧(&self) -> u8 { ⟦=f f⟧(self, 1) } }\n"
        "each!(a, B, {\n /// two\n fn ⟦f f⟧(⟦p s⟧: &⟦=s S⟧, n: u8) -> u8 { ⟦=p s⟧.⟦=m m⟧() + n } });\n"
        "each!(a, { let x = 1; fn g() {} });\nfn h() { ⟦! g⟧() }",
    },
    "statics of a macro in a function": {
        "src/lib.rs": 'fn f() { lazy_static! { static ref ⟦st WORDS⟧: u8 = make!(r"--a|<[^>]+>"); }\n let n = 1;'
        " g(⟦=st WORDS⟧.x, n); }",
    },
    "macros that leave out": {
        "src/lib.rs": "macro_rules! on { ($($i:item)*) => { $( #[cfg(unix)] $i )* } }\n"
        "macro_rules! off { ($($i:item)*) => { $( #[cfg(not(unix))] $i )* } }\n"
        "off! { fn ⟦no at⟧() {} }\non! { fn ⟦yes at⟧() {} }\nfn f() { ⟦=yes:certain at⟧(); ⟦~no:possible at⟧(); }",
    },
    "one of several by cfg_if": {
        "src/lib.rs": "macro_rules! cfg_if { ($(#[cfg($c:meta)] $b:tt)*) => { $( #[cfg(not($c))] $b )* } }\n"
        "cfg_if! { if #[cfg(windows)] { mod win; use win as imp; } else if #[cfg(unix)] { "
        "mod nix; use nix as imp; fn ⟦here here⟧() { imp::⟦=n go⟧() } } else { "
        "mod other; use other as imp; } }\n"
        "fn f() { imp::⟦=n:certain go⟧(); ⟦=here here⟧(); }",
        "src/win.rs": "pub fn ⟦w go⟧() {}",
        "src/nix.rs": "pub fn ⟦n go⟧() {}",
        "src/other.rs": "pub fn ⟦o go⟧() {}",
    },
    "items that a macro makes": {
        "src/lib.rs": "macro_rules! make { ($name:ident, $($field:ident: "
        "$ty:ty),*) => { pub struct $name { $(pub $field: $ty),* }\n"
        " impl $name { pub fn ⟦_ build⟧(&self) -> $name { todo!() } } } }\n"
        "make!(⟦made Made⟧, ⟦one one⟧: u8, two: Vec<u8>);\nfn f(m: "
        "⟦=made Made⟧) { m.⟦=one one⟧; m.two.⟦@std::vec::Vec::len len⟧(); }".replace("⟦_ build⟧", "build"),
    },
    "an expression ends where no operator joins what follows": {
        "src/lib.rs": "macro_rules! m { ($n:ident, $($e:expr),*) => { m!($n, all vec![$($e),*]); };\n"
        "($n:ident, all $e:expr) => { fn $n() { $e; } }; }\n"
        "m!(⟦one one⟧, 1, if 1 == 2 { 3 } else { 4 }, |x: u8| x as u16);\nfn f() { ⟦=one one⟧() }",
    },
    "macros that call macros": {
        "src/lib.rs": "macro_rules! a { ($n:ident) => { a!($n, 1); }; "
        "($n:ident, $e:expr) => { fn $n() -> u8 { $e } }; }\n"
        "a!(⟦first first⟧);\na!(⟦second second⟧, |x: u8, y: u8| x);\nfn f() { ⟦=first first⟧(); ⟦=second second⟧(); }",
    },
    "types of what a macro gives": {
        "src/lib.rs": "struct A; impl A { fn ⟦get get⟧(&self) {} }\nfn load() -> Result<A, ()> { Err(()) }\n"
        "macro_rules! tri { ($e:expr) => { match $e { Ok(v) => v, Err(e) => return Err(e) } } }\n"
        "fn f() -> Result<(), ()> { let a = tri!(load()); a.⟦=get get⟧(); Ok(()) }",
    },
    "which macro": {
        "src/lib.rs": "#[macro_use]\nmod macros;\nmod other;\nfn f() { ⟦=mine "
        "mine⟧!(); crate::⟦=exported exported⟧!(); ⟦@std::println println⟧!(); }",
        "src/macros.rs": "macro_rules! ⟦mine mine⟧ { () => {} "
        "}\n#[macro_export] macro_rules! ⟦exported exported⟧ { () => {} }",
        "src/other.rs": "fn g() { ⟦=mine mine⟧!(); } macro_rules! ⟦local "
        "local⟧ { () => {} } fn h() { ⟦=local local⟧!() }",
    },
    "well-known macros that are no Rust": {
        "src/lib.rs": "lazy_static! { pub static ref ⟦cache CACHE⟧: Vec<u8> = vec![]; }\n"
        "bitflags! { struct ⟦flags Flags⟧: u32 { const ⟦fa A⟧ = 1; const B = 2; } }\n"
        "fn f() { ⟦=cache CACHE⟧.⟦@std::vec::Vec::len len⟧(); ⟦=flags Flags⟧::⟦=fa A⟧; }",
    },
    "another file in place": {
        "src/lib.rs": 'include!("more.rs");\nfn f() { ⟦=more more⟧() }',
        "src/more.rs": "fn ⟦more more⟧() {}",
    },
    "methods that a macro makes for a type": {
        "src/lib.rs": "macro_rules! addresses { ($(impl<$($g:ident)*> $struct_name:ty { "
        "$(fn $fn_name:ident -> NonNull<$t:ty> { &self$(.$f:ident)+ })* })*) => {"
        " $( impl<$($g)*> $struct_name { $( "
        "unsafe fn $fn_name(me: NonNull<Self>) -> NonNull<$t> { todo!() } )* } )* }; }\n"
        "struct W { p: u8 } struct L { p: u8 }\n"
        "addresses! { impl<> W { fn ⟦wat address⟧ -> NonNull<Vec<u8>> { &self.p } } }\n"
        "addresses! { impl<> L { fn ⟦lat address⟧ -> NonNull<Vec<Vec<u8> > > { &self.p } } }\n"
        "fn f() { W::⟦=wat address⟧(x); L::⟦=lat address⟧(x); }",
    },
    "within a definition": {
        "src/lib.rs": "mod util { pub fn ⟦help help⟧() {} pub struct ⟦t T⟧; }\nfn ⟦go go⟧() {}\n"
        "macro_rules! ⟦m m⟧ { ($x:expr, ⟦! go⟧ ⟦! util⟧) => { ⟦=go:possible go⟧($x); let go = 1; "
        "$crate::util::⟦=help:certain help⟧(); $crate::util::⟦=t:certain T⟧; "
        "$crate::util::⟦! nothing⟧(); ⟦! nothing⟧() } }",
    },
    "select": {
        "src/lib.rs": "fn ⟦go go⟧() {}\nasync fn f() { select! { _ = "
        "⟦=go go⟧() => { ⟦=go go⟧() } else => ⟦=go go⟧(), } }",
    },
    "macros that take a list apart, token by token": {
        "src/lib.rs": "macro_rules! strip_inner { ([$($s:tt)*]) => { $($s)* }; "
        "([$($s:tt)*] @section $x:ident $($t:tt)*) => { strip_inner!([$($s)*] $($t)*); }; "
        "([$($s:tt)*] $t:tt $($tail:tt)*) => { strip_inner!([$($s)* $t] $($tail)*); }; }\n"
        "macro_rules! strip { ([$($s:tt)*] { $($tail:tt)* }) => { $($s)* { strip_inner!([] $($tail)*); } }; "
        "([$($s:tt)*] $t:tt $($tail:tt)*) => { strip!([$($s)* $t] $($tail)*); }; }\n"
        "macro_rules! make { ($(#[$doc:meta])* pub trait $($rest:tt)*) => { strip! { [] $(#[$doc])* pub "
        "trait $($rest)* } } }\npub trait Base { fn ⟦base base⟧(&self); }\n"
        "make! { /// Documented\n pub trait ⟦t Nodes⟧ : Base { @section kind fn first(&self, a: u8, b: u16) -> u8; "
        "@section other fn ⟦count count⟧(self: &Self) -> usize; } }\n"
        "fn f<G: ⟦=t Nodes⟧>(g: G) { g.⟦=count count⟧(); g.⟦=base base⟧(); }",
    },
    "names of a macro's own stand nowhere": {
        "src/lib.rs": "macro_rules! wrap { ($n:ident) => { pub struct $n { inner: u8 } } }\nwrap!(⟦w Wrap⟧);\n"
        "fn f(⟦inner inner⟧: u8) { ⟦=w Wrap⟧ { ⟦=inner inner⟧ }; }",
    },
}


@pytest.mark.parametrize("case", CASES)
def test_macros(case, tmp_path):
    check(tmp_path, CASES[case])
