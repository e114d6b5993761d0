// complete for: definition, decorator, type, parameter, call
@Component({ selector: "x" })
 // <- decorator
abstract class Shelf<T> extends Base<T> implements Store<T>, people.Reader, Other, lib.Store<T> {
//             ^ definition.class    ^ type        ^ type.implemented       ^ type.implemented
//                   ^ parameter.type                    ^ type     ^ type.implemented ^ type.implemented
//                              ^ type.base                                                  ^ type
  private readonly rows: T[] = [];
//                 ^ definition.field
//                       ^ type
  static #count = 0;
//        ^ definition.field
  declare label: string;
//        ^ definition.field
  @Input() title?: string;
// ^ decorator
//         ^ definition.field
  @lib.watch accessor watched = 1;
//     ^ decorator    ^ definition.field
  handle = (event: Event): void => {};
//^ definition.method
//          ^ parameter
//                 ^ type
  onClose = function (event: Event) {};
//^ definition.method ^ parameter
//                           ^ type
  constructor(private shelf: Shelf<T>, readonly size = 2, public override id?: Id, protected? : string, @Inject(TOKEN) token?: Token, override last: T) {
//^ definition.method ^ definition.field        ^ definition.field        ^ definition.field             ^ decorator   ^ parameter             ^ definition.field
//                           ^ type                                            ^ type                                          ^ type                ^ type
//                                 ^ type                                          ^ parameter
    super(shelf);
//  ^ call
  }
  abstract open(key: string): void;
//         ^ definition.method
//              ^ parameter
  abstract get first(): T;
//             ^ definition.method
//                      ^ type
  close(): void;
//^ definition.method
  close(now?: boolean): void { this.shelf!.close!(); open!(now); }
//^ definition.method                      ^ call.method
//      ^ parameter                                  ^ call
  protected static async load<U extends T>(url: string): Promise<U> { return await fetch<U>(url); }
//                       ^ definition.method             ^ type  ^ type            ^ call
//                            ^ parameter.type                                           ^ type
//                                      ^ type
//                                         ^ parameter
  private async read(): Promise<T> { return await this.rows.pop<T>(); }
//              ^ definition.method                         ^ call.method
//                      ^ type  ^ type                          ^ type
  async peek(): Promise<T> { return await this.#find<T>(); }
//      ^ definition.method                     ^ call.method
//              ^ type  ^ type                       ^ type
  get #first(): T { return this.rows[0]; }
//     ^ definition.method
//              ^ type
  #find(): T;
// ^ definition.method
//         ^ type
  [key: string]: unknown;
// ^ parameter
}
class Plain implements lib.Store {}
//    ^ definition.class   ^ type.implemented
const Anonymous = class Named extends Shelf<string> {};
//    ^ definition.class              ^ type.base
//                      ^ definition.class
enum Color { Red, Green = 2, "Blue" }
//   ^ definition.enum
//           ^ definition.variant
//                ^ definition.variant
const enum Flag { On = 1 << 0 }
//         ^ definition.enum
//                ^ definition.variant
declare enum Later { A }
//           ^ definition.enum
//                   ^ definition.variant
export default class extends Plain {}
//                           ^ type.base
new Map<string, Shelf<Id>>();
//  ^ call.constructor
//              ^ type
//                    ^ type
const optional = { a: (x?: number) => x, b(this: Plain, y: string) {} };
//    ^ definition.variable              ^ definition.method
//                 ^ definition.method           ^ type ^ parameter
//                     ^ parameter
class Fields { constructor(readonly a?: string, private readonly b?: number) {} }
//    ^ definition.class            ^ definition.field           ^ definition.field
//             ^ definition.method
