// complete for: definition, call, import, type, parameter, assignment, attribute
package org.books.shelf
//                ^ reference.package
import java.util.List
//     ^ import  ^ import.name
//          ^ import
import a.b.C as D
//     ^ import ^ import.alias
//       ^ import
//         ^ import.name
@Api("open")
//^ decorator
abstract class Shelf<T : Book>(private val size: Int, var pages: Int, names: String = "a") : Base<T>(size), Store {
//             ^ definition.class          ^ definition.property ^ type      ^ type          ^ call.constructor
//                   ^ parameter.type            ^ type   ^ definition.property                   ^ type    ^ type.implemented
//                       ^ type                                       ^ parameter
  private val rows: MutableList<T> = mutableListOf()
//            ^ definition.property  ^ call
//                  ^ type      ^ type
  var count = 1L
//    ^ definition.property
    get() = field
    private set(value) { field = value }
//              ^ parameter
//                       ^ assignment
  companion object { const val MAX = 1; fun make() = Shelf() }
//                             ^ definition.property ^ call
//                                          ^ definition.method
  init { check(super.size) }
//       ^ call      ^ attribute
  @Mark constructor(a: Int) : this(a, "b")
// ^ decorator      ^ parameter
//                     ^ type
  private fun <U> add(book: T, vararg more: U): Int {
//             ^ parameter.type       ^ parameter
//                ^ definition.method       ^ type
//                    ^ parameter               ^ type
//                          ^ type
    val n = 1; val (a, b) = pair
//      ^ assignment   ^ assignment
//                  ^ assignment
    m = 2; this.count = m; count++
//  ^ assignment           ^ assignment
//              ^ assignment.attribute
    for (row in rows) { row.open().close() }
//       ^ assignment       ^ call.method
//                                 ^ call.method
    list.map { it + 1 }.filter { x: Int, y -> x }
//       ^ call.method  ^ call.method    ^ parameter
//                               ^ parameter
//                                  ^ type
    try { } catch (e: IOException) { throw Bad(e) }
//                 ^ parameter             ^ call
//                    ^ type
    val f = fun(z: Int): Int { return z }; val s = "a ${m.x} open" // open
//      ^ assignment     ^ type                ^ assignment
//              ^ parameter                               ^ attribute
//                 ^ type
    obj?.safe(1); Shelf::add; o as Book; val ch = 'c'; val fl = 1.5f; val ms = """open"""
//       ^ call.method   ^ attribute         ^ assignment  ^ assignment   ^ assignment
//                                 ^ type
  }
}
interface Store : First { fun open(path: String); val x: Int }
//        ^ definition.interface   ^ parameter        ^ definition.property
//                ^ type.implemented     ^ type          ^ type
//                            ^ definition.method
data class Point(val x: Int = most, y: Int = least)
//         ^ definition.class       ^ parameter
//                   ^ definition.property
//                      ^ type         ^ type
enum class Color(val c: Int) {
//         ^ definition.enum
//                   ^ definition.property
//                      ^ type
  RED(1), GREEN;
//^ definition.variant
//        ^ definition.variant
  val level = 1
//    ^ definition.property
  fun g() {} /* open */
//    ^ definition.method
}
object Single {
//     ^ definition.object
  fun run() {}
//    ^ definition.method
  val only = 1
//    ^ definition.property
}
typealias Id = Int
//        ^ definition.type
//             ^ type
/** */
fun String.ext(): Int = length
//  ^ type ^ definition.function
//                ^ type
public fun top() { }
//         ^ definition.function
val topVal = 1
//  ^ definition.variable
class Named { companion object Fac { } }
//    ^ definition.class       ^ definition.object
public class Open
//           ^ definition.class
