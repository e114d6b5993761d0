// complete for: assignment, attribute, reference, call, parameter, type, definition, decorator
function borrow(book, { days }) {
//       ^ definition.function
//              ^ parameter
//                      ^ parameter
  book.owner = days;
//^ reference  ^ reference
//     ^ assignment.attribute
  book.shelf.row += 1;
//^ reference
//     ^ attribute
//           ^ assignment.attribute
  book.count++; --book.count;
//^ reference     ^ reference
//     ^ assignment.attribute
//                     ^ assignment.attribute
  let first, second = book;
//    ^ assignment    ^ reference
//           ^ assignment
  first = second;
//^ assignment
//        ^ reference
  first ||= second;
//^ assignment
//          ^ reference
  first++;
//^ assignment
  (first) = 1;
// ^ assignment
  ({ first, second: book.title, days: second = first, [days]: book[second], ...book.rest } = book);
//   ^ assignment   ^ reference ^ attribute.pattern    ^ reference ^ reference ^ reference   ^ reference
//          ^ attribute.pattern       ^ assignment            ^ reference           ^ assignment.attribute
//                       ^ assignment.attribute
//                                             ^ reference
  [first, book.next, second = first, [book.last = days], ...book.others] = days;
// ^ assignment      ^ assignment     ^ reference ^ reference    ^ assignment.attribute
//        ^ reference         ^ reference  ^ assignment.attribute          ^ reference
//             ^ assignment.attribute                       ^ reference
  [...second] = [book.pages[0]];
//    ^ assignment    ^ attribute
//               ^ reference
  for (const key in book) key;
//           ^ assignment ^ reference
//                  ^ reference
  for (const { id, n: name } of book.list) id;
//             ^ assignment     ^ reference
//                 ^ attribute.pattern     ^ reference
//                    ^ assignment   ^ attribute
  for (first of days) first;
//     ^ assignment   ^ reference
//              ^ reference
  for (book.now of days);
//     ^ reference ^ reference
//          ^ assignment.attribute
  for ([first, second] of days);
//      ^ assignment      ^ reference
//             ^ assignment
  try { book(); } catch (error) { error.message; }
//      ^ call           ^ assignment   ^ attribute
//                                ^ reference
  try { book(); } catch ({ code }) { code; }
//      ^ call             ^ assignment
//                                   ^ reference
  outer: for (;;) { if (days) continue outer; else break outer; }
//^ reference.label     ^ reference    ^ reference.label ^ reference.label
  const shorthand = { book, days, title: first, "quoted": second, [first]: days, ...second };
//      ^ assignment  ^ reference.initializer             ^ reference      ^ reference
//                          ^ reference.initializer                ^ reference      ^ reference
//                                ^ attribute.initializer
//                                       ^ reference
  return shorthand;
//       ^ reference
}
class Reader extends Person {
//    ^ definition.class
//                   ^ type.base
  #card = 1;
// ^ definition.field
  has(other) { return #card in other && other.#card; }
//^ definition.method  ^ attribute      ^ reference
//    ^ parameter              ^ reference     ^ attribute
  raise() { this.#card = 2; this.#card++; this.#card += 1; }
//^ definition.method             ^ assignment.attribute
//                ^ assignment.attribute        ^ assignment.attribute
  take([a = this.#card]) { ({ a: this.#card } = a); [this.#card] = a; [this.#card = a] = a; return a; }
//^ definition.method         ^ attribute.pattern          ^ assignment.attribute   ^ reference    ^ reference
//      ^ parameter                    ^ assignment.attribute      ^ reference           ^ reference
//                ^ attribute                   ^ reference                  ^ assignment.attribute
  rest(a) { [...this.#card] = a; ({ b: this.#card = a } = a); for (this.#card of a); }
//^ definition.method ^ assignment.attribute ^ assignment.attribute      ^ assignment.attribute
//     ^ parameter            ^ reference           ^ reference                  ^ reference
//                                  ^ attribute.pattern   ^ reference
}
class Admin extends people.Admin {}
//    ^ definition.class   ^ type.base
//                  ^ reference
class Guest extends mixin(Person) {}
//    ^ definition.class  ^ reference
//                  ^ call
const lazy = async x => await x;
//    ^ definition.function   ^ reference
//                 ^ parameter
const defaults = ({ a = borrow, b = { borrow } }) => a || b;
//    ^ definition.function     ^ parameter          ^ reference
//                  ^ parameter       ^ reference.initializer
//                      ^ reference                       ^ reference
const deep = ({ f = () => { const inside = borrow; return inside; } }) => f;
//    ^ definition.function       ^ assignment            ^ reference     ^ reference
//              ^ parameter                ^ reference
delete lazy.cache, typeof lazy, void lazy;
//     ^ reference        ^ reference
//          ^ attribute              ^ reference
lazy ? defaults : deep;
// <- reference   ^ reference
//     ^ reference
lazy?.cache?.[defaults];
// <- reference
//    ^ attribute
//            ^ reference
