// complete for: definition, call, import, type, parameter, assignment, attribute
package flat;
//      ^ reference.package

class Flat { Flat() { super(); } }
//    ^ definition.class
//           ^ definition.constructor
//                    ^ call.constructor
