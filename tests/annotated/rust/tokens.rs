// complete for: definition, macro, call
// Token trees that do not parse as Rust on their own are judged token by token.
tokens! {
// <- macro
    => enum Genre; ,,
    //      ^ definition.enum
    => trait Readable { } ,,
    //       ^ definition.trait
    => mod essays { } ,,
    //     ^ definition.module
    => type Title = str; ,,
    //      ^ definition.type
    => struct Shelf; ,,
    //        ^ definition.struct
    => const LIMIT: usize = 3; ,,
    //       ^ definition.constant
    => static mut COUNT: usize = 0; ,,
    //            ^ definition.static
    => static NAME: str = x; ,,
    //        ^ definition.static
    => fn open() { read!(1); } ,,
    //    ^ definition.function
    //             ^ macro
}

macro_rules! shelves {
//           ^ definition.macro
    ($($name:ident),*) => {
        $(
            => struct Made; ,,
            //        ^ definition.struct
            => mod made { } ,,
            //     ^ definition.module
            => const MADE: usize = 1; ,,
            //       ^ definition.constant
            => fn make() { } ,,
            //    ^ definition.function
            => put(1) ,,
            // ^ call
            => log!(2) ,,
            // ^ macro
        )*
    };
}
