; inherits: ecma

; await open<T>(), which the grammar reads as (await open)<T>().
(call_expression function: (await_expression (identifier) @name)) @reference.call
((call_expression function: (await_expression (member_expression
   property: [(property_identifier) @name (private_property_identifier) @name]))) @reference.call
 (#set! cq.kind "method"))
; open!(), a.open!()
(call_expression function: (non_null_expression (identifier) @name)) @reference.call
((call_expression function: (non_null_expression (member_expression property: (property_identifier) @name)))
 @reference.call (#set! cq.kind "method"))
