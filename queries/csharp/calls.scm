; Methods and constructors that are called, and attributes.

(invocation_expression function: [(identifier) @name (generic_name (identifier) @name)]) @reference.call
((invocation_expression function: [
   (member_access_expression name: [(identifier) @name (generic_name (identifier) @name)])
   (conditional_access_expression (member_binding_expression name: [
     (identifier) @name
     (generic_name (identifier) @name)]))]) @reference.call
 (#set! cq.kind "method"))
((object_creation_expression type: [
   (identifier) @name
   (generic_name (identifier) @name)
   (qualified_name name: [(identifier) @name (generic_name (identifier) @name)])]) @reference.call
 (#set! cq.kind "constructor"))
(attribute name: [(identifier) @name (qualified_name name: (identifier) @name)]) @reference.decorator
