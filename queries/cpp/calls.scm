; inherits: cfamily

((call_expression function: [
   (qualified_identifier name: [
     (identifier) @name
     (template_function name: (identifier) @name)
     (qualified_identifier name: [
       (identifier) @name
       (template_function name: (identifier) @name)
       (qualified_identifier name: (identifier) @name)])])]) @reference.call
 (#set! cq.kind "path"))
(call_expression function: (template_function name: (identifier) @name)) @reference.call
((call_expression function: (field_expression field: [
   (template_method name: (field_identifier) @name)
   (dependent_name (template_method name: (field_identifier) @name))])) @reference.call
 (#set! cq.kind "method"))
((new_expression type: [
   (type_identifier) @name
   (template_type name: (type_identifier) @name)
   (qualified_identifier name: [(type_identifier) @name (template_type name: (type_identifier) @name)])])
 @reference.call (#set! cq.kind "constructor"))
