// complete for: import
use std::collections::HashMap;
//  ^ import ^ import ^ import
pub use self::shelf::{self, Book, Genre as Kind, pages::*};
//      ^ import ^ import   ^ import ^ import ^ import
//                    ^ import                   ^ import
pub(crate) use crate::shop;
//             ^ import ^ import
use super::open;
//  ^ import ^ import
use ::serde::{de::{self, Error as _}, ser};
//    ^ import ^ import  ^ import ^ import
//                 ^ import           ^ import
use r#async::r#type;
//  ^ import ^ import
//    ^ import ^ import
extern crate alloc;
//           ^ import
extern crate core as base;
//           ^ import ^ import

fn f() {
    use std::fmt::Write as W;
    //  ^ import  ^ import ^ import
    //       ^ import
    shop::open();
}

cfg_rt! {
    use tokio::task::spawn;
    //  ^ import ^ import
    //               ^ import
}
