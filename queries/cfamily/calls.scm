; Names that are called. A macro that looks like a function is called like one.

(call_expression function: [
  (identifier) @name
  (parenthesized_expression [(identifier) @name (pointer_expression argument: (identifier) @name)])]) @reference.call
((call_expression function: [
   (field_expression field: (field_identifier) @name)
   (parenthesized_expression [
     (field_expression field: (field_identifier) @name)
     (pointer_expression argument: (field_expression field: (field_identifier) @name))])]) @reference.call
 (#set! cq.kind "method"))
