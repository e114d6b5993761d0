#!/usr/bin/env run-cargo-script // complete for: assignment, type, call
// Patterns of which library code has few.
impl Readable for Shelf {
//   ^ type.implemented-trait
//                ^ type.implementing-type
    pub(super) fn read(&self) -> u8 {
    //                           ^ type
        let shelf = shelves::Shelf { size: 1 };
        //  ^ assignment     ^ type.struct-literal
        for book in shelf.books {
        //  ^ assignment
            let Some(ref title) = book else { return 0 };
            //           ^ assignment
            if let found = parse::<u8>(title) {
            //     ^ assignment
            //             ^ call  ^ type
                return found;
            }
        }
        match shelf.size {
            low | 2 => low,
            // <- assignment
            _ => 1,
        }
    }
    pub(self) fn size() {}
}

// As in the body of a macro that is looked at alone.
fn $name() {
    let inner = 1;
    //  ^ assignment
}
