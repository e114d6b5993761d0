// complete for: definition, call, import, type, parameter, assignment, attribute
using System;
//    ^ import
using static System.Math;
//           ^ import
//                  ^ import
using Alias = System.Text.StringBuilder;
//    ^ import.alias ^ import
//            ^ import    ^ import
namespace Books.Shelves;
//              ^ definition.namespace
[Serializable, Lib.Api("open")]
//^ decorator      ^ decorator
public abstract class Shelf<T> : Base<T>, IStore, Lib.Other where T : Book {
//                    ^ definition.class  ^ type.base ^ type.base ^ type
//                          ^ parameter.type                          ^ type
//                               ^ type.base
//                                    ^ type
  private readonly List<T> rows = new List<T>(), more;
//                 ^ type  ^ definition.field    ^ definition.field
//                      ^ type        ^ call.constructor
//                                         ^ type
  public int Count { get; private set; } = 3;
//           ^ definition.property
  public event EventHandler Changed;
//             ^ type       ^ definition.event
  public event Handler Late { add { } remove { } }
//             ^ type  ^ definition.event
  public Shelf(int size, params string[] names) : base(size) { }
//       ^ definition.constructor        ^ parameter
//                 ^ parameter
  ~Shelf() { }
// ^ definition.method
  public override Task<U> Add<U>(T book, ref int n = 1, Book[] all, Book? last) {
//                ^ type  ^ definition.method    ^ parameter   ^ parameter
//                     ^ type ^ parameter.type          ^ type      ^ type
//                               ^ type                                   ^ parameter
//                                 ^ parameter
    int i = 1L, j; var k = new Thing(1) { Name = "x" };
//      ^ assignment   ^ assignment       ^ assignment
//              ^ assignment   ^ call.constructor
    i = 2; this.Count = i; i++;
//  ^ assignment           ^ assignment
//              ^ assignment.attribute
    foreach (var b in rows) { b.Open().Close(); goto done; }
//               ^ assignment   ^ call.method        ^ reference.label
//                                     ^ call.method
    try { } catch (IOException e) { throw new Lib.Bad(e); }
//                 ^ type      ^ parameter        ^ call.constructor
    Func<int> f = x => x + 1; f = delegate { }; Run<int>(1); obj?.Safe(1); obj?.Safe<int>(1); lib.Make<int>(2);
//  ^ type    ^ assignment    ^ assignment      ^ call            ^ call.method ^ call.method     ^ call.method
//                ^ parameter
    if (o is Book bb) { } f(out var found); new Lib.Box<T>();
//           ^ type       ^ call    ^ assignment    ^ call.constructor
//                ^ assignment                          ^ type
    var (p1, p2) = obj?.Pages; string s = $"a {name} open";
//       ^ assignment   ^ attribute   ^ assignment
//           ^ assignment
    int Local(int z) { return z; }
//      ^ definition.function
//                ^ parameter
  done: return null;
//^ reference.label
  }
  Book Find() => null; Book[] All() => null; Book? One() => null;
//^ type               ^ type ^ definition.method  ^ definition.method
//     ^ definition.method                   ^ type
}
#region open
interface IStore { void Open(string path); }
//        ^ definition.interface    ^ parameter
//                      ^ definition.method
#endregion
enum Color : byte { Red, Green = 2 }
//   ^ definition.enum   ^ definition.variant
//                  ^ definition.variant
struct Point { public int X; }
//     ^ definition.struct
//                        ^ definition.field
record Person(string Name) { }
//     ^ definition.record
//                   ^ definition.property
delegate void Handler(object sender);
//            ^ definition.delegate
//                           ^ parameter
namespace A.B { class C { } }
//          ^ definition.namespace
//                    ^ definition.class
namespace D { }
//        ^ definition.namespace
