; inherits: ecma

; open!(), a.open!()
(call_expression function: (non_null_expression (identifier) @name)) @reference.call
((call_expression function: (non_null_expression (member_expression property: (property_identifier) @name)))
 @reference.call (#set! cq.kind "method"))
