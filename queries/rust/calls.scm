; Calls and macro invocations.

(call_expression function: [(identifier) @name (parenthesized_expression (identifier) @name)]) @reference.call
((call_expression function: (parenthesized_expression (field_expression field: (field_identifier) @name)))
 @reference.call (#set! cq.kind "method"))
((call_expression function: (parenthesized_expression (scoped_identifier name: (identifier) @name))) @reference.call
 (#set! cq.kind "path"))
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

; Token trees that do not parse as Rust on their own: judged by the tokens. @after touches the name.
(token_tree (identifier) @name . (token_tree . "(") @after) @reference.call
(token_tree (identifier) @name . "!" @after . (token_tree)) @reference.macro
(token_repetition (identifier) @name . (token_tree . "(") @after) @reference.call
(token_repetition (identifier) @name . "!" @after . (token_tree)) @reference.macro
