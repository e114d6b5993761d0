; Calls and macro invocations.

(call_expression function: (identifier) @name) @reference.call
((call_expression function: (field_expression field: (field_identifier) @name)) @reference.call
 (#set! cq.kind "method"))
((call_expression function: (scoped_identifier name: (identifier) @name)) @reference.call
 (#set! cq.kind "path"))
(call_expression function: (generic_function function: (identifier) @name)) @reference.call
((call_expression function: (generic_function function: (field_expression field: (field_identifier) @name))) @reference.call
 (#set! cq.kind "method"))
((call_expression function: (generic_function function: (scoped_identifier name: (identifier) @name))) @reference.call
 (#set! cq.kind "path"))

((macro_invocation macro: (identifier) @name) @reference.macro
 (#set! cq.via "macro {name}!"))
((macro_invocation macro: (scoped_identifier name: (identifier) @name)) @reference.macro
 (#set! cq.via "macro {name}!"))

; Token trees that do not parse as Rust on their own.
(token_tree (identifier) @name . (token_tree . "(")) @reference.call
(token_tree (identifier) @name . "!" . (token_tree)) @reference.macro
