// complete for: definition, import
#![feature(test)]

use alloc;
//  ^ import
use ::test;
//    ^ import
use {core::mem, ::std as standard, crate as here};
//   ^ import     ^ import         ^ import ^ import
//         ^ import      ^ import
pub extern crate std as base;
//               ^ import
//                      ^ import

#[cfg(all(unix, not(feature = "plain")))]
fn shelve() {}
// ^ definition.function

#[bench]
fn bench_shelve(b: &mut Bencher) {
// ^ definition.function
    b.iter(|| shelve());
}
