// complete for: call, decorator, definition
open();
// <- call
shelf.open(1);
//    ^ call.method
shelf?.open?.(2);
//     ^ call.method
shelf.rows[0].open()();
//            ^ call.method
(open)();
 // <- call
(shelf.open)();
//     ^ call.method
(0, open)();
//  ^ call
(0, shelf.open)();
//        ^ call.method
new Shelf();
//  ^ call.constructor
new library.Shelf(open);
//          ^ call.constructor
new (Shelf)();
//   ^ call.constructor
new (library.Shelf)();
//           ^ call.constructor
new Shelf;
//  ^ call.constructor
tag`text ${open()} text`;
// <- call ^ call
shelf.tag`text`;
//    ^ call.method
class Lazy extends Shelf { #run() {} go() { super(); super.go(); this.#run(); } }
//    ^ definition.class    ^ definition.method            ^ call.method
//                                   ^ definition.method               ^ call.method
//                                          ^ call
import("./late").then(open);
//               ^ call.method
const { a = open() } = shelf.all();
//      ^ definition.variable
//          ^ call           ^ call.method
`${shelf.close(`${open()}`)}`;
//       ^ call.method
//                ^ call
setTimeout(open, () => close());
// <- call             ^ call
@decorated @shelf.decorated @decorated() @shelf.decorated(open()) @(decorated) @(shelf.decorated) class Done {}
 // <- decorator  ^ decorator                   ^ decorator         ^ decorator        ^ decorator      ^ definition.class
//                           ^ decorator                  ^ call
