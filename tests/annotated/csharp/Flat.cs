// complete for: definition, call, import, type, parameter, assignment, attribute
namespace Flat;
//        ^ definition.namespace
class C { C() { } }
//    ^ definition.class
//        ^ definition.constructor
