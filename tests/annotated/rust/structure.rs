// complete for: decorator, string, comment, doc-example, keyword
#![feature(never)]
// ^ decorator ^ decorator
#[derive(Debug, serde::Serialize)]
// ^ decorator  ^ decorator ^ decorator
//       ^ decorator
#[serde(rename = "b", default)]
// ^ decorator    ^ string ^ decorator
//      ^ decorator
#[cfg_attr(feature = "full", doc = concat!("a", "b"))]
// ^ decorator ^ decorator   ^ decorator    ^ string
//                    ^ string     ^ decorator   ^ string
pub struct Book;
// <- keyword
//  ^ keyword
/// Sells.
//  ^ comment
struct S1;
// <- keyword
/// ```
/// let sold = sell();
//  ^ doc-example ^ doc-example
//      ^ doc-example
struct S2;
// <- keyword
/**
Before.
// <- comment
```text
// ^ comment
prose
// <- comment
```
```should_panic,ignore-wasm
// ^ comment    ^ comment ^ comment
boom();
// <- doc-example
```
~~~ rust,E0308
//  ^ comment
//       ^ comment
bang();
// <- doc-example
~~~
After.
// <- comment
*/
struct S3;
// <- keyword
/** Also docs.
//  ^ comment
//       ^ comment
```
code();
// <- doc-example
```
prose
// <- comment
*/
#[test]
// ^ decorator
fn strings(mut a: bool) -> &'static str {
// <- keyword
//         ^ keyword
    let s = "one";
    // <- keyword
    //       ^ string
    let r = r#"two "three""#;
    // <- keyword   ^ string
    //      ^ string
    //         ^ string
    let b = b"four";
    // <- keyword
    //      ^ string
    //        ^ string
    let c = c"five";
    // <- keyword
    //      ^ string
    //        ^ string
    let d = 'e';
    // <- keyword
    //       ^ string
    let f = b'g';
    // <- keyword
    //      ^ string
    //        ^ string
    let t = true;
    // <- keyword
    //      ^ keyword
    /* block /* nested */ end */
    // ^ comment ^ comment ^ comment
    s // after
    //   ^ comment
}
//// ```
//// ruler
//   ^ comment
pub(crate) async unsafe fn g() {}
// <- keyword ^ keyword ^ keyword
//  ^ keyword    ^ keyword
macro_rules! doc {
// <- keyword
    ($name:ident) => {
    //     ^ keyword
        $(#[doc = concat!(stringify!($name))])*
        //  ^ decorator   ^ decorator ^ decorator
        //        ^ decorator
        /// inside
        //  ^ comment
        fn $name() {}
        // <- keyword
    };
}
println!("in {a}", "macro", true);
//        ^ string  ^ string ^ keyword
//            ^ reference
println!("{{no}} {a:>width$} {0} {}\t{b:?}", no);
//          ^ string ^ reference      ^ reference
//                ^ reference ^ string       ^ reference
//                                  ^ string
write!(f, "{a} {}", "{b}");
//          ^ reference
//                    ^ string
assert_eq!(e, "{e}", "{d} is {}", "{c}");
//              ^ string
//                     ^ reference
//                        ^ string
//                                  ^ string
