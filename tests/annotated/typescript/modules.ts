// complete for: import, definition, type, attribute
import fs = require("fs");
//     ^ import.namespace
//                   ^ import.module
import Shelf = library.books.Shelf;
//     ^ import.alias  ^ import
//             ^ import      ^ import
import Short = library;
//     ^ import.alias
//             ^ import.alias
import { type Book, open as shut } from "./book";
//            ^ import.name ^ import.alias ^ import.module
//                  ^ import.name
import type Default from "./default";
//          ^ import.default
//                          ^ import.module
export type { Reader } from "./reader";
//            ^ import.name    ^ import.module
export import Again = library.Again;
//            ^ import.alias  ^ import
//                    ^ import
namespace outer { export const inner = 1; const hidden = 2; export namespace deep { let x: Book; } }
//        ^ definition.namespace                ^ definition.variable        ^ definition.namespace
//                             ^ definition.variable                                    ^ definition.variable
//                                                                                         ^ type
namespace one.two.three { export function open() {} }
//        ^ definition.namespace          ^ definition.function
//            ^ definition.namespace
//                ^ definition.namespace
declare module one.two { let y: Book; }
//             ^ definition.namespace
//                 ^ definition.namespace
//                           ^ definition.variable
//                              ^ type
declare module plain { const z: number; }
//             ^ definition.namespace
//                           ^ definition.variable
declare module "ambient" { export const value: Book; export default value; }
//                                      ^ definition.variable
//                                             ^ type
declare global { interface Window { shelf: Book } var legacy: number; }
//                         ^ definition.interface     ^ definition.variable
//                                  ^ definition.field
//                                         ^ type
module legacy.old { var inside = 1; }
//     ^ definition.namespace
//            ^ definition.namespace
//                      ^ definition.variable
export as namespace Library;
export = Shelf;
const late = import("./late");
//    ^ definition.variable
//                     ^ import.module
let typed: typeof import("./late").late;
//  ^ definition.variable   ^ import.module
//                                 ^ attribute
namespace long.er.names.still {}
//        ^ definition.namespace
//             ^ definition.namespace
//                ^ definition.namespace
//                      ^ definition.namespace
