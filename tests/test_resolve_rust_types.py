"""Methods and fields: found by the type of the receiver."""

import pytest

from marked_crates import check

_TYPES = (
    "use std::{rc::Rc, sync::{Arc, Mutex}, collections::HashMap};\n"
    "#[derive(Clone, Default)] pub struct A { pub ⟦b b⟧: B, pub ⟦list list⟧: Vec<B>, map: HashMap<u8, B> }\n"
    "#[derive(Clone, Default)] pub struct B(pub u8);\n"
    "impl A { pub fn ⟦anew new⟧() -> Self { todo!() } pub fn ⟦aget get⟧(&self) -> Option<&B> { None }\n"
    " pub fn ⟦awith with⟧(self, _: u8) -> Self { self } pub "
    "async fn ⟦aload load⟧(&self) -> Result<B, ()> { Err(()) } }\n"
    "impl B { pub fn ⟦bnew new⟧() -> B { B(0) } pub fn ⟦bget get⟧(&self) -> u8 { 0 } }\n"
)
CASES = {
    "self": "impl A { fn f(&self) { self.⟦=aget:likely get⟧(); "
    "self.⟦=b:certain b⟧.⟦=bget get⟧(); Self::⟦=anew:certain new⟧(); } }",
    "parameters and annotations": "fn f(a: &mut A, b: Box<B>) { a.⟦=aget get⟧(); "
    "b.⟦=bget get⟧(); let c: B = g(); c.⟦=bget get⟧(); }",
    "constructors": "fn f() { let a = A::new(); a.⟦=aget get⟧(); let b = B(1); b.⟦=bget get⟧(); "
    "let c = A { b, list: vec![], map: HashMap::new() }; c.⟦=aget get⟧(); }",
    "chains": "fn f() { A::new().⟦=awith with⟧(1).⟦=awith with⟧(2).⟦=aget get⟧().unwrap().⟦=bget get⟧(); }",
    "question mark and await": "async fn f(a: A) -> Option<u8> { a.get()?.⟦=bget "
    "get⟧(); a.load().await.unwrap().⟦=bget get⟧(); None }",
    "containers": "fn f(a: A, v: Vec<Rc<A>>, m: Arc<Mutex<B>>) { "
    "a.⟦=list list⟧.iter().map(|x| x.⟦=bget get⟧()).sum::<u8>();"
    " v[0].⟦=aget get⟧(); v.first().unwrap().⟦=b b⟧.⟦=bget get⟧(); m.lock().unwrap().⟦=bget get⟧();"
    " for (i, x) in a.list.iter().enumerate() { x.⟦=bget get⟧(); i.⟦@std::primitive::usize::pow pow⟧(2); }"
    " a.map.get(&1).map(|x| x.⟦=bget get⟧()); if let Some(x) = a.map.get(&1) { x.⟦=bget get⟧(); } }",
    "clone and default": "fn f(a: &A) { a.clone().⟦=aget get⟧(); let b = "
    "B::default(); b.⟦=bget get⟧(); Rc::new(a.clone()).⟦=aget get⟧(); }",
    "patterns": "enum E { X(A), Y { b: B } }\nfn f(e: E, t: (A, B)) { match &e { "
    "E::X(x) => { x.⟦=aget get⟧(); } E::Y { b } => { b.⟦=bget get⟧(); } }"
    " let (x, y) = t; x.⟦=aget get⟧(); y.⟦=bget get⟧(); let A { b: z, .. } = x; z.⟦=bget get⟧(); }",
    "parts that are left out": "fn f(v: Vec<(u8, A)>, t: (A, u8, B)) { v.iter().map(|(_, x)| x.⟦=aget get⟧()).count();"
    " let (_, _, z) = t; z.⟦=bget get⟧(); v.iter().fold(0, |_, (_, x)| { x.⟦=aget get⟧(); 1 });"
    " for p in (1..=2).rev().filter_map(|_| Some(A::new())) { p.⟦=aget get⟧(); } }",
    "left out of tuples, everywhere": "struct P(u8, A, B); enum Q { V(u8, A, B), W(A) }\n"
    "fn f(r: &[(usize, A)], m: HashMap<u8, A>, t: (A, u8, A, B), o: Option<(u8, A)>, mut s: Vec<(u8, A)>, p: P, q: Q) {"
    " for &(_, ref x) in r { x.⟦=aget get⟧(); } for (_, z) in &m { z.⟦=aget get⟧(); }"
    " for (_, z) in m { z.⟦=aget get⟧(); } let (_, _, b, _) = t; b.⟦=aget get⟧();"
    " let (a, .., z) = t; a.⟦=aget get⟧(); z.⟦=bget get⟧(); let (.., y, z) = &t; y.⟦=aget get⟧(); z.⟦=bget get⟧();"
    " let (_, _, .., _) = t; let (a, _, ..) = t; a.⟦=aget get⟧(); let (_, /* u8 */ _, c, ..) = t; c.⟦=aget get⟧();"
    " if let Some((_, e)) = o { e.⟦=aget get⟧(); } match &o { Some((_, e)) if true => { e.⟦=aget get⟧(); } _ => {} }"
    " o.map(|(_, h)| h.⟦=aget get⟧().is_some()); o.map(|(_, h): (u8, A)| h.⟦=aget get⟧().is_some());"
    " while let Some((_, w)) = s.pop() { w.⟦=aget get⟧(); } let Some((_, v)) = o else { return };"
    " v.⟦=aget get⟧(); let P(_, k, _) = &p; k.⟦=aget get⟧(); let P(.., l) = p; l.⟦=bget get⟧();"
    " match q { Q::V(_, _, n) => n.⟦=bget get⟧(), Q::W(_) => 1 }; let [_, (_, d), ..] = r else { return };"
    " d.⟦=aget get⟧(); if let Some(&(_, ref g)) = r.first() { g.⟦=aget get⟧(); }"
    " r.iter().for_each(|&(_, ref x)| { x.⟦=aget get⟧(); }); for (_, (_, x)) in r.iter().enumerate()"
    " { x.⟦=aget get⟧(); }"
    " let g = |_: u8, (_, x): (u8, A)| x.⟦=aget get⟧(); let Ok((_, i)) | Err((i, _)) = j() else { return };"
    " i.⟦=aget get⟧(); r.iter().map(|(_, x)| (1, 2, x)).for_each(|(_, _, x)| { x.⟦=aget get⟧(); }); }\n"
    "fn j() -> Result<(u8, A), (A, u8)> { todo!() }\n"
    "fn h((_, x): (u8, A), _: u8, P(_, _, y): P) { x.⟦=aget get⟧(); y.⟦=bget get⟧(); }",
    "functions without a receiver are no methods": "struct S; impl S { fn ⟦sptr ptr_eq⟧(&self, _: &S) {} }\n"
    "struct N; impl N { fn ⟦nmake get_mut⟧(n: &N) {} }\n"
    "struct M(A); impl std::ops::Deref for M { type Target = A; fn deref(&self) -> &A { &self.0 } }\n"
    "impl M { fn get(m: &M) {} fn ⟦boxed boxed⟧(self: Box<Self>) {} }\n"
    "fn f(s: Arc<S>, m: M) { s.⟦=sptr ptr_eq⟧(&s); m.⟦=aget get⟧(); Box::new(m).⟦=boxed boxed⟧();"
    " Arc::⟦@std::sync::Arc::ptr_eq ptr_eq⟧(&s, &s); N::⟦=nmake get_mut⟧(&N); }",
    "loops that give something": "fn f() { let l = loop { if x() { continue; } break A::new(); }; l.⟦=aget get⟧();"
    " let m = 'o: loop { loop { break 'o B::new(); } }; m.⟦=bget get⟧();"
    " let n = loop { let _ = loop { break A::new(); }; break B::new(); }; n.⟦=bget get⟧();"
    " let o = 'b: { if y() { break 'b A::new(); } A::new() }; o.⟦=aget get⟧(); }",
    "functions that return": "fn make(_: u8) -> Result<A, String> { Err(String::new()) }\n"
    "fn f() { make(1).unwrap().⟦=aget get⟧(); match make(2) { Ok(a) => { "
    "a.⟦=aget get⟧(); } Err(e) => { e.⟦@std::string::String::len len⟧(); } } }",
    "generic functions": "fn same<T>(t: T) -> T { t }\nfn apply<T, R>(t: T, f: impl Fn(T) -> R) -> R { f(t) }\n"
    "fn f() { same(A::new()).⟦=aget get⟧(); apply(A::new(), |a| { a.⟦=aget get⟧(); B::new() }).⟦=bget get⟧(); }",
    "generic types": "struct W<T> { inner: T }\nimpl<T> W<T> { fn take(self) -> T { self.inner } }\n"
    "fn f(w: W<A>) { w.inner.⟦=aget get⟧(); w.take().⟦=aget get⟧(); W { inner: B::new() }.take().⟦=bget get⟧(); }",
    "deref of the project": "struct D(A);\nimpl std::ops::Deref for D { type "
    "Target = A; fn deref(&self) -> &A { &self.0 } }\n"
    "fn f(d: D) { d.⟦=aget get⟧(); d.⟦=b b⟧.⟦=bget get⟧(); }",
    "aliases": "type Short = A; type Many<T> = Vec<T>;\nfn f(s: Short, m: "
    "Many<B>) { s.⟦=aget get⟧(); m[0].⟦=bget get⟧(); Short::⟦=anew new⟧(); }",
    "traits": "trait T { fn ⟦run run⟧(&self); fn ⟦dflt dflt⟧(&self) { self.⟦=run run⟧() } }\n"
    "impl T for A { fn ⟦arun run⟧(&self) {} }\nimpl T for B { fn ⟦brun run⟧(&self) {} }\n"
    "fn f<G: T>(g: G, d: &dyn T, i: impl T, a: A) { g.⟦=run:likely run⟧(); d.⟦=run run⟧(); i.⟦~arun:possible run⟧();"
    " a.⟦=arun:likely run⟧(); a.⟦~run run⟧(); a.⟦=dflt dflt⟧(); "
    "T::⟦=run run⟧(&a); <A as T>::⟦=arun run⟧(&a); A::⟦=arun run⟧(&a); }",
    "supertraits, where clauses and associated types": "trait S { fn ⟦sup sup⟧(&self) {} }\n"
    "trait T: S { type ⟦item Item⟧: S; fn ⟦it it⟧(&self) -> Self::⟦=item Item⟧; }\n"
    "impl S for A {} impl T for A { type Item = B; fn ⟦ait it⟧(&self) -> B { B(0) } }\nimpl S for B {}\n"
    "fn f<G>(g: G, a: A) where G: T { g.⟦=sup sup⟧(); g.it().⟦=sup sup⟧(); a.⟦=ait it⟧().⟦=bget get⟧(); }",
    "blanket impls": "trait T { fn ⟦all all⟧(&self) {} }\nimpl<X: Clone> T "
    "for X {}\nfn f(a: A) { a.⟦=all all⟧(); 1u8.⟦=all all⟧(); }",
    "inherent before traits": "trait T { fn get(&self) {} }\nimpl T for A {}\nfn f(a: A) { a.⟦=aget get⟧(); }",
    "iterators of the project": "struct It;\nimpl Iterator for It { type Item = "
    "A; fn next(&mut self) -> Option<A> { None } }\n"
    "fn f(mut i: It) { i.next().unwrap().⟦=aget get⟧(); for a in i { "
    "a.⟦=aget get⟧(); } It.filter(|a| a.⟦=aget get⟧().is_some()).count(); }",
    "fields in literals": "fn f(⟦pb b⟧: B) -> A { A { ⟦=pb b⟧, ⟦=list list⟧: vec![], ..Default::default() } }\n"
    "fn g(⟦qb b⟧: B) -> A { A { ⟦~b b⟧, list: vec![], map: HashMap::new() } }",
    "by the name alone": "struct C { ⟦only only_here⟧: u8 }\nimpl C { fn ⟦uniq rarely_called⟧(&self) {} }\n"
    "fn f(x: Unknown) { x.⟦=uniq:possible rarely_called⟧(); "
    "x.⟦=only:possible only_here⟧; x.⟦~aget:possible get⟧(); x.⟦! never_heard_of⟧(); }",
    "numbers have methods of their own": "trait T { fn pow(self, _: u32) -> Self; fn ⟦own own⟧(self) -> u8; }\n"
    "macro_rules! t { ($n:ty) => { impl T for $n { fn pow(self, _: u32) -> Self { self }"
    " fn own(self) -> u8 { 1 } } } }\n"
    "t!(u64); t!(i8);\nuse std::i8;\n"
    "fn f(n: u64) { n.⟦@std::primitive::u64::pow pow⟧(2); (n << 1).⟦=own:likely own⟧(); i8::MAX.⟦=own own⟧();"
    " (n as i8).⟦=own own⟧(); u64::⟦@std::primitive::u64::from_be from_be⟧(1); n.wrapping_add(1).⟦=own own⟧(); }\n"
    "mod float { pub fn ⟦ff ff⟧() {} } fn g() { float::⟦=ff ff⟧(); }",
    "operators of the project": "impl std::ops::Shl<u8> for A { type Output = B; fn shl(self, _: u8) -> B { B(0) } }\n"
    "fn f(a: A) { (a << 1).⟦=bget get⟧(); }",
    "raw pointers": "struct N { ⟦next next⟧: *mut N, ⟦a a⟧: A }\nimpl N { fn ⟦nread read⟧(&self) {} }\n"
    "fn f(n: *mut N, m: &N) { n.⟦@std::primitive::pointer::read read⟧(); m.⟦=nread read⟧(); (*n).⟦=nread read⟧();"
    " (*(*n).⟦=next next⟧).⟦=a a⟧.⟦=aget get⟧(); if let Some(r) = n.as_ref() { r.⟦=nread read⟧(); }"
    " n.⟦@std::primitive::pointer::is_null is_null⟧(); take(m).⟦=nread read⟧(); }\n"
    "fn take<T>(t: *const T) -> T { todo!() }",
    "boxes of what nobody knows": "impl A { fn ⟦rare rarely⟧(&self) {} }\n"
    "fn f(a: Arc<Unknown>, b: Box<A>) { a.⟦=rare:possible rarely⟧(); b.as_ref().⟦=rare:likely rarely⟧(); }",
    "traits that are not in scope": "mod m { pub trait T { fn from(_: u8) -> Self; fn ⟦mget mget⟧(&self) {}"
    " fn ⟦len len⟧(&self) {} }\n impl T for u64 { fn from(_: u8) -> u64 { 1 } }"
    " impl<X> T for Vec<X> { fn from(_: u8) -> Self { vec![] } } }\n"
    "fn f(v: Vec<u8>) { u64::⟦@std::primitive::u64::from from⟧(1);"
    " v.⟦@std::vec::Vec::len len⟧(); }\nfn g(v: Vec<u8>) { use m::T as _; v.⟦=mget mget⟧(); }",
    "members of trait objects": "trait T {}\nimpl dyn T { fn ⟦is is⟧(&self) {} }\n"
    "fn f(t: &dyn T) { <dyn T>::⟦=is is⟧(t); t.⟦=is is⟧(); }",
    "pinned fields": "struct P<S> { ⟦s s⟧: S }\ntrait Poll { fn ⟦poll poll⟧(self: Pin<&mut Self>); }\n"
    "impl<S: Poll> P<S> { fn f(self: Pin<&mut Self>) { let this = self.project();"
    " this.⟦=s s⟧.as_mut().⟦=poll poll⟧(); } }",
    "copies of what points, and of iterators": "impl A { fn clone(&self) -> B { B(1) } }\n"
    "fn f(a: Arc<A>, r: Rc<A>, l: &[A], n: usize) { a.clone().⟦=aget get⟧(); r.clone().⟦=aget get⟧();\n"
    " let m = Arc::new(Mutex::new(a)); let c = m.clone(); c.lock().unwrap().⟦=aget get⟧();\n"
    " (0..n).map(|i| i).clone().zip(l).map(|(_, x)| x.⟦=aget get⟧()); l.iter().map(|x| x).clone().for_each(|x| {"
    " x.⟦=aget get⟧(); }); }",
    "traits and types before the name of a method": "use std::cell::RefCell;\nimpl From<u8> for A { fn from(_: u8) -> A"
    " { A::new() } }\nfn f(n: u8, c: Rc<RefCell<A>>, d: RefCell<A>) { Into::<A>::into(n).⟦=aget get⟧();\n"
    " RefCell::borrow(&c).⟦=aget get⟧(); RefCell::borrow_mut(&d).⟦=aget get⟧(); }",
    "try as it was before it was a keyword": "macro_rules! try { ($e:expr) => { match $e { Ok(v) => v, Err(e) => return"
    " Err(e) } } }\nfn g() -> Result<A, ()> { todo!() }\nfn f() -> Result<(), ()> { let x = try!(g()); x.⟦=aget get⟧();"
    " try!(try!(Ok(g()))).⟦=aget get⟧(); if let Some(y) = try!(g()).get() { y.⟦=bget get⟧(); } Ok(()) }",
    "not by the name when the type is known": "impl C { fn push(&self) {} }\nstruct C;\n"
    "fn f(v: Vec<u8>) { v.⟦@std::vec::Vec::push push⟧(1); "
    "v.⟦@std::vec::Vec::rarely rarely⟧(); }\nimpl C { fn rarely(&self) {} }",
}


@pytest.mark.parametrize("case", CASES)
def test_types(case, tmp_path):
    check(tmp_path, {"src/lib.rs": _TYPES + CASES[case]})


_ELSEWHERE = (
    '[package]\nname = "app"\nedition = "2021"\n[dependencies]\nanyhow = "1"\nonce_cell = "1"\nparking_lot = "0.12"\n'
    'tokio = "1"\nindexmap = "2"\nsmallvec = "1"\nitertools = "0.12"\nrayon = "1"\nown = { path = "own" }\n'
)


def test_values_of_much_used_crates(tmp_path):
    """What a manifest names is known in as far as it tells types; the crates themselves stay outside."""
    text = (
        "use anyhow::{Context, Result}; use once_cell::sync::Lazy; use indexmap::IndexMap;\n"
        "use itertools::Itertools; use rayon::prelude::*;\n"
        "static ⟦one ONE⟧: ⟦@once_cell::sync::Lazy Lazy⟧<parking_lot::Mutex<A>> = Lazy::new(|| todo!());\n"
        "fn g() -> Result<A> { todo!() }\nfn f() -> ⟦@anyhow::Result Result⟧<()> { g()?.⟦=aget get⟧();"
        ' g().context("a")?.⟦=aget get⟧(); if let Ok(a) = g() { a.⟦=aget get⟧(); }\n'
        " ⟦=one ONE⟧.⟦@parking_lot::Mutex::lock lock⟧().⟦=aget get⟧();"
        " anyhow::⟦@anyhow::ensure ensure⟧!(true); Ok(()) }\n"
        "struct H { i: IndexMap<u8, A>, s: smallvec::SmallVec<[A; 2]>, t: Arc<tokio::sync::Mutex<A>>, o: own::Own }\n"
        "impl H { async fn f(&self, v: Vec<A>) { for (_, a) in &self.i { a.⟦=aget get⟧(); } self.s[0].⟦=aget get⟧();\n"
        " self.t.lock().await.⟦=aget get⟧(); self.i.⟦@indexmap::IndexMap::rarely rarely⟧(); self.o.⟦=own m⟧();\n"
        " v.iter().sorted_by_key(|x| x.⟦=aget get⟧().is_some()).next().unwrap().⟦=aget get⟧();\n"
        " v.par_iter().for_each(|x| { x.⟦=aget get⟧(); }); } }"
    )
    files = {
        "Cargo.toml": _ELSEWHERE,
        "own/Cargo.toml": '[package]\nname = "own"\n',
        "own/src/lib.rs": "pub struct Own;\nimpl Own { pub fn ⟦own m⟧(&self) {} }",
        "src/lib.rs": _TYPES + text,
    }
    check(tmp_path, files)


def test_what_the_manifest_does_not_name_is_not_known(tmp_path):
    check(tmp_path, {"src/lib.rs": _TYPES + "fn f(m: parking_lot::Mutex<A>) { m.lock().⟦=aget:possible get⟧(); }"})


def test_a_field_for_each_system(tmp_path):
    text = "#[cfg(windows)] struct W; struct P { #[cfg(windows)] ⟦w i⟧: W, #[cfg(unix)] ⟦u i⟧: A }\n"
    check(tmp_path, {"src/lib.rs": _TYPES + text + "fn f(p: P) { p.⟦=u i⟧.⟦=aget get⟧(); }"})
