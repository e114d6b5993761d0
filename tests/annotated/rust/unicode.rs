// complete for: definition, call, parameter, type
struct Größe {
//     ^ definition.struct
    höhe: u32,
    // <- definition.field
    //    ^ type
}
/// Ümläut.
fn größer_als(größe: &Größe, 数: u32) -> bool {
// ^ definition.function ^ type ^ type  ^ type
//            ^ parameter    ^ parameter
    let é = "ä"; größer_als(größe, 数)
    //           ^ call
}
fn 数() -> Größe {
// ^ definition.function
//        ^ type
    größer_als("日本", 1); Größe { höhe: 1 }
    // <- call           ^ type.struct-literal
}
