; Methods and constructors that are called, and annotations.

(method_invocation name: (identifier) @name) @reference.call
((method_invocation object: (_) name: (identifier) @name) @reference.call (#set! cq.kind "method"))
((object_creation_expression type: [
   (type_identifier) @name
   (generic_type (type_identifier) @name)
   (scoped_type_identifier (type_identifier) @name .)
   (generic_type (scoped_type_identifier (type_identifier) @name .))]) @reference.call
 (#set! cq.kind "constructor"))
((explicit_constructor_invocation constructor: [(this) (super)] @name) @reference.call (#set! cq.kind "constructor"))
([(annotation name: [(identifier) @name (scoped_identifier name: (identifier) @name)])
  (marker_annotation name: [(identifier) @name (scoped_identifier name: (identifier) @name)])] @reference.decorator)
