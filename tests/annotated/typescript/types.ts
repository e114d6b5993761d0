// complete for: type, parameter, definition, assignment, reference
import type { Book, Reader as Person } from "./people";
type Id = string | number;
//   ^ definition.type
type Shelf<T extends Book = Book, K = keyof T> = { readonly rows: T[]; open?(key: K): void; [key: string]: unknown };
//   ^ definition.type      ^ type          ^ type          ^ definition.field    ^ type     ^ parameter
//         ^ parameter.type       ^ parameter.type                ^ type     ^ parameter
//                   ^ type                                            ^ definition.method
type Lent = Shelf<Book>["rows"][number];
//   ^ definition.type
//          ^ type
//                ^ type
type Unwrap<T> = T extends Array<infer U> ? U : T extends (infer H extends string)[] ? H : never;
//   ^ definition.type     ^ type      ^ parameter.type          ^ parameter.type      ^ type
//          ^ parameter.type                ^ type
//               ^ type                         ^ type
type Getters<T> = { readonly [P in keyof T as `get${Capitalize<string & P>}`]?: () => T[P] };
//   ^ definition.type        ^ parameter.type      ^ type              ^ type        ^ type
//           ^ parameter.type            ^ type                                         ^ type
type Row = [first: string, second?: Id, ...rest: Book[]];
//   ^ definition.type     ^ parameter     ^ parameter
//          ^ parameter             ^ type       ^ type
type Maker = new (title: string) => Book;
//   ^ definition.type              ^ type
//                ^ parameter
type Callback = (this: Book, error: Error, ...more: Id[]) => asserts error is TypeError;
//   ^ definition.type ^ type       ^ type    ^ parameter            ^ reference
//                           ^ parameter            ^ type                    ^ type
type Query = typeof shelf.rows;
//   ^ definition.type
//                  ^ reference
type Inner = library.Shelf<people.Reader>;
//   ^ definition.type     ^ reference
//           ^ reference          ^ type
//                   ^ type
type Imported = import("./people").Book;
//   ^ definition.type             ^ type
type Ways = import("./a").A | import("./b").B;
//   ^ definition.type    ^ type            ^ type
type Both = import("./a").A & import("./b").B;
//   ^ definition.type    ^ type            ^ type
type Asked<T> = T extends import("./c").C ? import("./d").D : import("./e").E;
//   ^ definition.type                  ^ type            ^ type            ^ type
//         ^ parameter.type
//              ^ type
type Looked = import("./a").A["x"];
//   ^ definition.type      ^ type
type Fixed = readonly string[];
//   ^ definition.type
type Bounded<T extends import("./a").A, U = import("./b").B> = Map<T, import("./c").C>;
//   ^ definition.type               ^ type               ^ type   ^ type           ^ type
//           ^ parameter.type           ^ parameter.type       ^ type
type Text = `a ${Id} b`;
//   ^ definition.type
//               ^ type
interface Store<T> extends Base, people.Store<T>, Plain<Id>, library.Open {
//        ^ definition.interface ^ reference  ^ type    ^ type       ^ type.base
//              ^ parameter.type        ^ type.base          ^ reference
//                         ^ type.base            ^ type.base
  item: T;
//^ definition.field
//      ^ type
  readonly size: number;
//         ^ definition.field
  find(key: Id): T | undefined;
//^ definition.method
//     ^ parameter
//          ^ type
//               ^ type
  new (size: number): Store<T>;
//     ^ parameter    ^ type
//                          ^ type
  (key: string): T;
// ^ parameter   ^ type
  [index: number]: T;
// ^ parameter     ^ type
  get first(): T;
//    ^ definition.method
//             ^ type
}
let shelf: Shelf<Book>, found: import("./people").Book;
//  ^ definition.variable                         ^ type
//         ^ type       ^ definition.variable
//               ^ type
let made: Partial<{ a: Id }>;
//  ^ definition.variable
//        ^ type    ^ definition.field
//                     ^ type
const isBook = (x: unknown): x is Book => x instanceof Book;
//    ^ definition.function  ^ reference  ^ reference  ^ reference
//              ^ parameter       ^ type
const cast = shelf as Shelf<Book>;
//    ^ definition.variable ^ type
//           ^ reference
//                    ^ type
const sure = <Book>shelf;
//    ^ definition.variable
//            ^ type
//                 ^ reference
const kept = { shelf } satisfies Record<string, Id>;
//    ^ definition.variable      ^ type         ^ type
//             ^ reference.initializer
const fixed = [shelf] as const;
//    ^ definition.variable
//             ^ reference
function over(a: string): Id;
//       ^ definition.function
//            ^ parameter ^ type
function over(a: number, b?: Id): Id;
//       ^ definition.function    ^ type
//            ^ parameter    ^ type
//                       ^ parameter
function over(a: any, { b, c: d }: Shelf = shelf, ...[e]: Id[]): Id { return a; }
//       ^ definition.function     ^ type  ^ reference    ^ type ^ type      ^ reference
//            ^ parameter     ^ parameter             ^ parameter
//                      ^ parameter
function loop<T>(this: T, [x, y]: T[], { z }?: Book): void {}
//       ^ definition.function    ^ type ^ parameter
//            ^ parameter.type                 ^ type
//                     ^ type ^ parameter
//                         ^ parameter
declare function ambient(a: Id): Book;
//               ^ definition.function
//                       ^ parameter
//                          ^ type
//                               ^ type
declare const version: string;
//            ^ definition.variable
declare let mode: Id, other: Book;
//          ^ definition.variable
//                ^ type     ^ type
//                    ^ definition.variable
type Opt = { [K in keyof Book]-?: Book[K] };
//   ^ definition.type   ^ type   ^ type
//            ^ parameter.type         ^ type
function method<const T, U>(x: T): U { return x!; }
//       ^ definition.function ^ type         ^ reference
//                    ^ parameter.type
//                       ^ parameter.type
//                          ^ parameter
//                                 ^ type
let unique: unique symbol, big: bigint, self: this;
//  ^ definition.variable  ^ definition.variable
//                              ^ type  ^ definition.variable
type Optional = { a?: import("./a").A; m: { [K in Id]: import("./b").B } };
//   ^ definition.type              ^ type   ^ parameter.type        ^ type
//                ^ definition.field   ^ definition.field
//                                                ^ type
type Many = { [K in Id]?: import("./b").B };
//   ^ definition.type                  ^ type
//             ^ parameter.type
//                  ^ type
