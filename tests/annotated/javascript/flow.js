// complete for: definition, type, parameter
// @flow strict
import type { Book } from "./book";
type Shelf = { rows: number, open(): void };
//   ^ definition.type       ^ definition.method
//             ^ definition.field
function lend(book: Book, days: number = 1): Shelf {
//       ^ definition.function               ^ type
//            ^ parameter ^ parameter
//                  ^ type
  return shelves.get(book);
}
class Library<T> extends Base<T> {
//    ^ definition.class ^ type.base
//            ^ parameter.type
//                            ^ type
  shelf: Shelf;
//^ definition.field
//       ^ type
  add(item: T): void {}
//^ definition.method
//    ^ parameter
//          ^ type
}
export const first = (shelf: Shelf): Book => shelf.first;
//           ^ definition.function   ^ type
//                    ^ parameter
//                           ^ type
