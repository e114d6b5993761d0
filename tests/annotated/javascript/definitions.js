// complete for: definition, parameter, decorator
import { shelves } from "./shelves";

const VERSION = "1.0", limit = 3;
//    ^ definition.variable
//                     ^ definition.variable
let count;
//  ^ definition.variable
var legacy = count || limit;
//  ^ definition.variable
function lend(book, days = limit, ...notes) {
//       ^ definition.function       ^ parameter
//            ^ parameter
//                  ^ parameter
  const note = notes[0];
  var local = note, other;
  function inner(deep) { return deep; }
//         ^ definition.function
//               ^ parameter
  return inner(local, other);
}
async function fetchBook({ id, title: name = VERSION, author: { first } = {}, ...rest }, [one, , two = 2, ...more]) {
//             ^ definition.function  ^ parameter               ^ parameter      ^ parameter     ^ parameter ^ parameter
//                         ^ parameter                                                    ^ parameter
  return [id, name, first, rest, one, two, more];
}
function* walk(...[head, ...tail]) { yield* tail; }
//        ^ definition.function
//                 ^ parameter
//                          ^ parameter
async function* pages({ size } = {}, [a, [b]] = []) { yield size; }
//              ^ definition.function ^ parameter
//                      ^ parameter       ^ parameter
const open = (path) => path, close = path => path;
//    ^ definition.function  ^ definition.function
//            ^ parameter            ^ parameter
const shut = async function () {}, named = function again(times) { return again; };
//    ^ definition.function        ^ definition.function  ^ parameter
//                                                  ^ definition.function
const counter = function* count2() { yield 1; };
//    ^ definition.function
//                        ^ definition.function
const Cabinet = class { key = 1; };
//    ^ definition.class
//                      ^ definition.field
const Chest = class Trunk extends Cabinet {};
//    ^ definition.class
//                  ^ definition.class
const { a, b: c, d = a, e: { f = c } = {}, ...g } = shelves;
//      ^ definition.variable                 ^ definition.variable
//            ^ definition.variable
//               ^ definition.variable
//                           ^ definition.variable
const [h, [i], j = h, ...k] = shelves;
//     ^ definition.variable
//         ^ definition.variable
//             ^ definition.variable
//                       ^ definition.variable
if (limit) { const inBlock = 1; }
//                 ^ definition.variable
for (let index = 0, end = 2; index < end; index++) { const each = index; }
//                                                         ^ definition.variable
for (var { x } = shelves; x;) break;
for (const [y] = [1]; y;) break;
for (var z = 1; z;) break;
const api = {
//    ^ definition.variable
  open() { const opened = 1; return opened; },
//^ definition.method
  get size() { return 1; },
//    ^ definition.method
  set size(value) { this.value = value; },
//    ^ definition.method
//         ^ parameter
  async load(url) {},
//      ^ definition.method
//           ^ parameter
  *each() {},
// ^ definition.method
  async *stream() {},
//       ^ definition.method
  close: function () {},
//^ definition.method
  shut: (door) => door,
//^ definition.method
//       ^ parameter
  lock: async (key) => key,
//^ definition.method
//             ^ parameter
  walk: function* () {},
//^ definition.method
  title: "none",
  "quoted-name"(first) { return first; },
//              ^ parameter
  [shelves.key](second) { return second; },
//              ^ parameter
  42(third) { return third; },
//   ^ parameter
};
@register
 // <- decorator
@app.component({ tag: "x-shelf" })
//   ^ decorator
@(trace)
//^ decorator
class Shelf extends shelves.Base {
//    ^ definition.class
  #books = [];
// ^ definition.field
  static total = 0;
//       ^ definition.field
  owner;
//^ definition.field
  @observed label = "";
// ^ decorator
//          ^ definition.field
  static { const early = 1; Shelf.total = early; }
  constructor(owner) { super(); this.owner = owner; }
//^ definition.method
//            ^ parameter
  @logged add(book) { this.#books.push(book); }
// ^ decorator
//        ^ definition.method
//            ^ parameter
  get #first() { return this.#books[0]; }
//     ^ definition.method
  set #first(book) {}
//     ^ definition.method
//           ^ parameter
  static from(list) { return new Shelf(list); }
//       ^ definition.method
//            ^ parameter
  async *[Symbol.iterator]() { yield 1; }
  handle = (event) => event;
//^ definition.method
//          ^ parameter
  onClick = function (event) {};
//^ definition.method ^ parameter
  ticks = function* () {};
//^ definition.method
  static async load() {}
//             ^ definition.method
  get(key) { return key; }
//^ definition.method
//    ^ parameter
  set(key, value) {}
//^ definition.method
//    ^ parameter
//         ^ parameter
  of(static_) {}
//^ definition.method
//   ^ parameter
  async() {}
//^ definition.method
}
Shelf.prototype.lend = function (days) { return days; };
//              ^ definition.method
//                               ^ parameter
Shelf.open = () => {};
//    ^ definition.method
Shelf.Row = class {};
//    ^ definition.class
exports.open = function (path) { return path; };
//      ^ definition.function
//                       ^ parameter
module.exports.close = (path) => path;
//             ^ definition.function
//                      ^ parameter
exports.make = async () => {};
//      ^ definition.function
this.late = function* () {};
//   ^ definition.method
(function () { var wrapped = 1; function visible() {} return wrapped; })();
//                                       ^ definition.function
shelves.each((shelf) => { const seen = shelf; function helper() {} return seen; });
//            ^ parameter                              ^ definition.function
export { shelves as racks, shelves };
//                  ^ definition.export
export { lend as default };
//               ^ definition.export
export default class {}
export const exported = 1, second = () => 2;
//           ^ definition.variable
//                         ^ definition.function
export function* generate() {}
//               ^ definition.function
