// complete for: definition, decorator
/** Lends a book. Nothing else. */
export async function lend(book, days = 1, { note }, [first], ...rest) {
//                    ^ definition.function
  if (!book) throw new Error("no book");
  await store.save(book, days), total += 1, total = 2;
  return function* () { yield note; };
}
export default function* walk(a, b = 2, { c }, ...d) { yield a; }
//                       ^ definition.function
/** The limit. */
export const LIMIT = 10;
//           ^ definition.variable
export let mode = function (a, b = 2, ...c) { await_(a); }, other = async (a) => a, lone = a => a;
//         ^ definition.function                            ^ definition.function   ^ definition.function
export var old = async function () {};
//         ^ definition.function
const make = class {};
//    ^ definition.class
const gen = function* (a) {};
//    ^ definition.function
export default class {}
export default (class Named extends Base {});
//                    ^ definition.class
export @dec class Decorated { @dec static field = 1; }
//      ^ decorator            ^ decorator
//                ^ definition.class      ^ definition.field
@late export class Late extends Base { /** Runs. */ @dec static async run(a, b = 2, [c], ...d) { throw a; } get x() {} set x(v) {} *each() {} key = (a, b = 1, ...c) => a; other = function () { await_(); }; }
 // <- decorator   ^ definition.class                ^ decorator      ^ definition.method                       ^ definition.method ^ definition.method                    ^ definition.method
//                                                                                                                         ^ definition.method
//                                                                                                                                            ^ definition.method
const named = class Own extends Base { own = 1; };
//    ^ definition.class               ^ definition.field
//                  ^ definition.class
const first = @dec class {};
//    ^ definition.class
//             ^ decorator
const api = { run: async (a, b = 1, ...c) => a, go: function (a) {}, walk: function* () {}, late: async function () {}, one: a => a };
//    ^ definition.variable                     ^ definition.method  ^ definition.method    ^ definition.method         ^ definition.method
//            ^ definition.method
exports.run = async (a, b = 1, ...c) => a;
//      ^ definition.function
exports.go = async function (a) { await a; };
//      ^ definition.function
exports.each = function* () {};
//      ^ definition.function
exports.one = a => a;
//      ^ definition.function
exports.Made = class {};
//      ^ definition.class
const expr = [async function late(a, b = 1, ...c) { await a; }, function* inner() {}];
//    ^ definition.variable  ^ definition.function                        ^ definition.function
function* plain() {}
//        ^ definition.function
async function* both() {}
//              ^ definition.function
export { lend as borrow } from "./lend";
export { walk } from "./walk";
export * as all from "./all";
import main, * as everything from "./main";
import { a as b, c } from "./names";
new Shelf(LIMIT, mode);
