// complete for: definition
#![allow(dead_code)]

pub mod shelf {
//      ^ definition.module
    pub const LIMIT: usize = 10;
    //        ^ definition.constant
    pub static mut COUNT: u32 = 0;
    //             ^ definition.static
    static Größe: u32 = 3;
    //     ^ definition.static

    pub struct Book<'a, T: Clone = u8, const N: usize = 1> {
    //         ^ definition.struct
        pub title: &'a str,
        //  ^ definition.field
        r#type: [T; N],
        // <- definition.field
        // ^ definition.field
    }
    struct Pair(pub u8, u8);
    //     ^ definition.struct
    struct Unit;
    //     ^ definition.struct
    pub enum Genre {
    //       ^ definition.enum
        Novel,
        // <- definition.variant
        Essay(u8),
        // <- definition.variant
        Poem { lines: u32 },
        // <- definition.variant
        //     ^ definition.field
        Other = 7,
        // <- definition.variant
    }
    union Raw {
    //    ^ definition.union
        small: u8,
        // <- definition.field
        large: u64,
        // <- definition.field
    }
    pub type Short<T> = Vec<T>;
    //       ^ definition.type
    const _: () = ();
    //    ^ definition.constant
}

pub unsafe trait Shelf<T>: Clone + ?Sized
//               ^ definition.trait
where
    T: Copy,
{
    type Item: Into<T>;
    //   ^ definition.type
    const MAX: usize = 3;
    //    ^ definition.constant
    fn get(&self, at: usize) -> Option<Self::Item>;
    // ^ definition.method
    fn first(&self) -> Option<Self::Item> {
    // ^ definition.method
        fn helper() {}
        // ^ definition.function
        self.get(0)
    }
}

impl<'a, T> Book<'a, T> {
    const EMPTY: bool = false;
    //    ^ definition.constant
    pub(crate) async fn new() -> Self {
    //                  ^ definition.method
        todo!()
    }
    pub const unsafe extern "C" fn r#match<F>(f: F)
    //                             ^ definition.method
    //                               ^ definition.method
    where
        F: for<'b> Fn(&'b T) -> T,
    {
    }
}

extern "C" {
    static errno: i32;
    //     ^ definition.static
    fn printf(format: *const u8, ...) -> i32;
    // ^ definition.function
    type Plain;
    //   ^ definition.type
    pub type Opaque;
    //       ^ definition.type
}

macro_rules! twice {
//           ^ definition.macro
    ($x:expr) => {
        $x + $x
    };
}

pub macro local {
//        ^ definition.macro
    ($x:expr) => { $x }
}

fn no_definitions(union: u8, default: u8) {
// ^ definition.function
    let x = union;
    let y: fn(q: u8) -> u8 = z;
    let c = |a| a;
    let r = r#"fn quoted() {}"#;
    // fn commented() {}
    /* struct Commented; /* enum Nested {} */ */
}
