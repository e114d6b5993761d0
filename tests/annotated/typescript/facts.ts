// complete for: definition, decorator
/** A shelf. Of books. */
@dec export class Shelf<T extends Book = Book> extends Base<T> implements Store<T>, Other {
 // <- decorator  ^ definition.class
  /** How many. */
  private static readonly count: number = 1;
//                        ^ definition.field
  declare late: string;
//        ^ definition.field
  @Input() protected maybe?: string;
// ^ decorator       ^ definition.field
  accessor watched = 1;
//         ^ definition.field
  abstract shape: string;
//         ^ definition.field
  handle = async (event: Event, at = 1, more?: string, ...rest: Id[]): Promise<void> => { await event; };
//^ definition.method
  run = function (this: Shelf, a: number): number { return a; };
//^ definition.method
  constructor(private readonly store: Store, public size?: number, @Inject() plain: string) { super(); }
//^ definition.method          ^ definition.field   ^ definition.field
//                                                                  ^ decorator
  private async find<K extends Id>(key: K, at = 1, more?: string, { a }: Opts = {}, ...rest: Id[]): Promise<T> { throw key; }
//              ^ definition.method
  override go(): void {}
//         ^ definition.method
  private over<T>(a: string, b?: number, ...c: Id[]): void;
//        ^ definition.method
  static get(a): a is string { return true; }
//       ^ definition.method
}
export abstract class Base<T> implements A { protected abstract open<K>(key: K, b = 1, c?: Id, ...d: Id[]): Promise<K>; field: number; private abstract get x(): T; abstract async(): void; }
//                    ^ definition.class                        ^ definition.method                                     ^ definition.field                  ^ definition.method
//                                                                                                                                                                           ^ definition.method
export const Anonymous = class extends Base<string> implements A { own = 1; };
//           ^ definition.class                                    ^ definition.field
export interface Store<T extends Book = Book> extends A, B<T> { readonly size?: number; find?<K>(key: K, b?: Id, ...c: Id[]): T; get x(): number; }
//               ^ definition.interface                                  ^ definition.field                                          ^ definition.method
//                                                                                      ^ definition.method
export type Alias<T extends Id = Id> = { field: T };
//          ^ definition.type            ^ definition.field
export declare const version: string, other: number;
//                   ^ definition.variable
//                                    ^ definition.variable
declare var old: string;
//          ^ definition.variable
declare let mode: string;
//          ^ definition.variable
declare function ambient<T>(a: T, b?: Id, ...c: Id[]): void;
//               ^ definition.function
declare function defaults(a: string): T;
//               ^ definition.function
export const enum Flag { A, B = 2 }
//                ^ definition.enum
//                       ^ definition.variant
//                          ^ definition.variant
export namespace inner { export const x = 1; }
//               ^ definition.namespace
//                                    ^ definition.variable
declare module one { let y: string; }
//             ^ definition.namespace
//                       ^ definition.variable
function isBook<T extends Id = Id>(a: unknown, b = 1, c?: Id, ...d: Id[]): a is Book { return true; }
//       ^ definition.function
function* gen(a: string, b = 1, c?: Id, ...d: Id[]): Iterator<T> {}
//        ^ definition.function
function* genericGen<T>(a: T) {}
//        ^ definition.function
const fn = function (a: string, b = 1, c?: Id, ...d: Id[]): number { return 1; };
//    ^ definition.function
const arrow = <T>(a: T, b = 1, c?: Id, ...d: Id[]): T => a;
//    ^ definition.function
const obj = { run: (a: string, b = 1, c?: Id, ...d: Id[]): T => a };
//    ^ definition.variable
//            ^ definition.method
exports.run = (a: string, b = 1, c?: Id, ...d: Id[]): T => a;
//      ^ definition.function
const used = [function named(a: string, b = 1, c?: Id, ...d: Id[]): number { return 1; }];
//    ^ definition.variable
//                     ^ definition.function
