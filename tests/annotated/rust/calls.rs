// complete for: call, macro
fn run(books: Vec<Book>) -> Option<u8> {
    sell(1);
    // <- call
    shop::sell(2);
    //    ^ call.path
    crate::shop::sell::<u8>(3);
    //           ^ call.path
    self::sell(4);
    //    ^ call.path
    Book::new("title");
    //    ^ call.path
    Vec::<u8>::with_capacity(10);
    //         ^ call.path
    <Book as Default>::default();
    //                 ^ call.path
    <Vec<u8>>::new();
    //         ^ call.path
    books.iter().map(|b| b.pages()).collect::<Vec<_>>();
    //    ^ call.method    ^ call.method ^ call.method
    //           ^ call.method
    books.r#match();
    //    ^ call.method
    //      ^ call.method
    Some(Book(1));
    // <- call
    //   ^ call
    Genre::Essay(2);
    //     ^ call.path
    Self(3);
    // <- call
    (books.callback)(4);
    //     ^ call.method
    (shop::open)(5);
    //     ^ call.path
    handlers[0](6);
    let f = sell;
    let g = Book::new;
    let h = collect::<u8>;
    books.pages.len().max(f(7));
    //          ^ call.method
    //                ^ call.method
    //                    ^ call
    open()?.read()?.await;
    // <- call ^ call.method
    async move { fetch().await }.await;
    //           ^ call
    unsafe { transmute(x) }
    //       ^ call
    match next() {
    //    ^ call
        Some(x) => wrap(x),
        //         ^ call
        Genre::Essay(y) => None,
    }
}

#[test]
#[should_panic(expected("boom"))]
fn attributes_call_nothing(f: impl Fn(u8) -> u8, g: fn(u8), Point(a, b): Point) {
    let Some(x) = f(1) else { panic!("none") };
    //            ^ call      ^ macro
    if let Ok(Some(y)) = g(2) {}
    //                   ^ call
    for Pair(a, b) in pairs() {}
    //                ^ call
    let c = |Wrap(x)| x;
    macros::local! { x }
    //      ^ macro
    log::info!(target: "x", "y");
    //   ^ macro
    vec![1, 2];
    // <- macro
}
