// complete for: import, definition, call, string
import shelf from "./shelf.js";
//     ^ import.default    ^ import.module
//                   ^ import.module
import library, { open, close as shut, default as main } from "library";
//     ^ import.default ^ import.name  ^ import.name           ^ import.module
//                ^ import.name  ^ import.alias   ^ import.alias
import books, * as everything from '@scope/books';
//     ^ import.default              ^ import.module
//                 ^ import.namespace      ^ import.module
import "./effects";
//        ^ import.module
import data from "./data.json" with { type: "json" };
//     ^ import.default  ^ import.module     ^ string
//                  ^ import.module
export * from "./all";
//               ^ import.module
export * as named from "./named";
//          ^ import.namespace
//                        ^ import.module
export { open as unlock, lock } from "./doors";
//       ^ import.name   ^ import.name  ^ import.module
//               ^ import.alias
export { default } from "./first";
//       ^ import.name     ^ import.module
export { default as second, third as default } from "./second";
//       ^ import.name      ^ import.name              ^ import.module
//                  ^ import.alias   ^ import.alias
export { shelf };
const late = await import("./late");
//    ^ definition.variable  ^ import.module
const { read } = await import("./reader");
//      ^ definition.variable    ^ import.module
const text = "import open from here";
//    ^ definition.variable    ^ string
//            ^ string    ^ string
//                   ^ string
