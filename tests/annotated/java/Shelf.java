// complete for: definition, call, import, type, parameter, assignment, attribute
package org.books.shelf;
//                ^ reference.package
import java.util.List;
//     ^ import  ^ import
//          ^ import
import flat;
//     ^ import
@Deprecated
//^ decorator
@lib.Api(value = "x", size = Most)
//   ^ decorator      ^ attribute.initializer
//       ^ attribute.initializer
public abstract class Shelf<T extends Book> extends Base<T> implements Store<T>, Reader {
//                    ^ definition.class            ^ type.base        ^ type.implemented
//                          ^ parameter.type             ^ type              ^ type
//                                    ^ type                                     ^ type.implemented
  private static List<T> rows = new ArrayList<>(), more;
//               ^ type  ^ definition.field        ^ definition.field
//                    ^ type        ^ call.constructor
  static { init(); }
//         ^ call
  enum Color { RED, GREEN { void open() {} } }
//     ^ definition.enum         ^ definition.method
//             ^ definition.variant
//                  ^ definition.variant
  private interface Store<T> extends First, Second<T> { int MAX = 1L; }
//                  ^ definition.interface  ^ type.base     ^ definition.constant
//                        ^ parameter.type         ^ type
//                                   ^ type.base
  record Point(int x, String... y) { Point { check(x); } }
//       ^ definition.record    ^ definition.field
//                 ^ definition.field        ^ call
//                    ^ type         ^ definition.constructor
  @lib.Mark @interface Mark { String value() default ""; }
//     ^ decorator     ^ definition.annotation
//                            ^ type ^ definition.method
  @Mark(1) public Shelf(int size, String... names) { this(size); }
// ^ decorator    ^ definition.constructor  ^ parameter
//                          ^ parameter              ^ call.constructor
//                                ^ type
  @Override abstract <U> U add(final T book);
// ^ decorator        ^ parameter.type ^ parameter
//                       ^ type      ^ type
//                         ^ definition.method
  public void fill() {
//            ^ definition.method
    int n = 1, m;
//      ^ assignment
//             ^ assignment
    n = 2; this.name = n; this.count++; n++;
//  ^ assignment               ^ assignment.attribute
//              ^ assignment.attribute  ^ assignment
    for (Book b : rows) { b.open().close(); continue outer; }
//       ^ type             ^ call.method            ^ reference.label
//            ^ assignment         ^ call.method
    try (Reader r = open()) {} catch (IOException e) { throw new lib.Bad(e); }
//       ^ type ^ assignment          ^ type      ^ parameter    ^ type
//                  ^ call                                           ^ call.constructor
    run(() -> f(), (a, b) -> a, x -> x, Shelf::add, new lib.Box<T>());
//  ^ call    ^ call   ^ parameter             ^ reference.method
//                  ^ parameter ^ parameter             ^ type  ^ type
//                                                          ^ call.constructor
    outer: while (true) { break outer; }
//  ^ reference.label           ^ reference.label
    if (o instanceof Book bb) {}
//                   ^ type
//                        ^ assignment
    switch (o) { case Point(int px, var py) -> f(); case Book bk -> g(); default -> {} }
//                    ^ type    ^ assignment   ^ call    ^ type     ^ call
//                                  ^ keyword                 ^ assignment
//                                      ^ assignment
    Object an = new Thing() { void g() { } };
//  ^ type ^ assignment            ^ definition.method
//                  ^ call.constructor
    var s = STR."sum \{n}"; // open
//  ^ keyword
//      ^ assignment
  }
}
class Z extends Y implements I {}
//    ^ definition.class     ^ type.implemented
//              ^ type.base
