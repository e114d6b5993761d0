// complete for: definition, call, import, type, parameter, assignment, attribute
package shelf
//      ^ reference.package

import (
    "fmt"
//   ^ import.module
    str "strings"
//  ^ import.alias
//       ^ import.module
    other `raw/path`
//  ^ import.alias
//         ^ import.module
//             ^ import.module
)

type Shelf struct {
//   ^ definition.struct
    rows        []Book
//  ^ definition.field
//                ^ type
    Title, name string
//  ^ definition.field
//         ^ definition.field
//              ^ type
    *Base
//   ^ type
}
type Store[T any] interface {
//   ^ definition.interface
//         ^ parameter.type
//           ^ type
    Open(path string) (n int, err error)
//  ^ definition.method  ^ type   ^ type
//       ^ parameter   ^ parameter
//            ^ type          ^ parameter
}
type ID = int
//   ^ definition.type
//        ^ type
type Fn func(a int) error
//   ^ definition.type
//           ^ parameter
//             ^ type
//                  ^ type

const Most, Least = 1e6, iota
//    ^ definition.constant
//          ^ definition.constant

var def int
//  ^ definition.variable
//      ^ type

func (s *Shelf) Add(b Book, more ...string) (err error) {
//    ^ parameter   ^ parameter     ^ type   ^ parameter
//       ^ type ^ definition.method              ^ type
//                    ^ type
//                          ^ parameter
    n := len(s.rows)
//  ^ assignment
//       ^ call
//             ^ attribute
    n, _ = 1, true
//  ^ assignment
//     ^ assignment
    s.name = "open"
//    ^ assignment.attribute
    for i, r := range s.rows {
//      ^ assignment    ^ attribute
//         ^ assignment
        i++
//      ^ assignment
        s.count--
//        ^ assignment.attribute
    }
    switch v := b.(type) {
//         ^ assignment
    case lib.Thing:
//           ^ type
    }
    go s.run()
//       ^ call.method
    s.close(func() { local := 1; s.n++; local-- })
//    ^ call.method  ^ assignment  ^ assignment.attribute
//                                      ^ assignment
    x := Shelf{rows: nil}
//  ^ assignment
//       ^ type
//             ^ attribute.initializer
    (open)(Map[int, string](n))
//   ^ call    ^ type
//         ^ call   ^ type
    (s.open)(lib.Map[int, int](n))
//     ^ call.method ^ type
//               ^ call.method
//                        ^ type
    var count T // open
//      ^ assignment
//            ^ type
loop:
//^ reference.label
    for {
        break loop
//            ^ reference.label
    }
    select {
    case c := <-ch:
//       ^ assignment
    }
    return
}
func (s Shelf) Plain(a int) {}
//    ^ parameter    ^ parameter
//      ^ type ^ definition.method
//                     ^ type
func (Tree[T]) Walk(more ...int) {}
//    ^ type   ^ definition.method
//         ^ type   ^ parameter
//                          ^ type
func (t *Tree[T]) Deep() error { return nil }
//    ^ parameter ^ definition.method
//       ^ type          ^ type
//            ^ type
func Gen[T any](a T, more ...T) T { return new(T) }
//   ^ definition.function   ^ type        ^ call
//       ^ parameter.type       ^ type         ^ type
//         ^ type ^ type
//              ^ parameter
//                   ^ parameter
