; Items, their members, and macros.

((function_item name: (identifier) @name) @definition.function
 (#set! cq.scope "fn {name}") (#set! cq.at.impl "definition.method") (#set! cq.at.trait "definition.method"))
((function_signature_item name: (identifier) @name) @definition.function
 (#set! cq.scope "fn {name}") (#set! cq.at.impl "definition.method") (#set! cq.at.trait "definition.method"))
((struct_item name: (type_identifier) @name) @definition.struct (#set! cq.scope "struct {name}"))
((enum_item name: (type_identifier) @name) @definition.enum (#set! cq.scope "enum {name}"))
((union_item name: (type_identifier) @name) @definition.union (#set! cq.scope "union {name}"))
((trait_item name: (type_identifier) @name) @definition.trait (#set! cq.scope "trait {name}"))
((mod_item name: (identifier) @name) @definition.module (#set! cq.scope "mod {name}"))
(enum_variant name: (identifier) @name) @definition.variant
(field_declaration name: (field_identifier) @name) @definition.field
(type_item name: (type_identifier) @name) @definition.type
(associated_type name: (type_identifier) @name) @definition.type
(const_item name: (identifier) @name) @definition.constant
(static_item name: (identifier) @name) @definition.static
(macro_definition name: (identifier) @name) @definition.macro

; Not in the grammar: `pub type Opaque;` in a foreign block, and `pub macro name { .. }`.
(ERROR "type" @before . [(identifier) (type_identifier)] @name) @definition.type

; The head of an item whose body the grammar gives up on.
(ERROR "trait" @before . [(identifier) (type_identifier)] @name) @definition.trait
(ERROR "enum" @before . [(identifier) (type_identifier)] @name) @definition.enum
(ERROR "mod" @before . (identifier) @name) @definition.module
((ERROR (identifier) @_macro . "!" . (identifier) @name) @definition.macro (#eq? @_macro "macro_rules"))

((ERROR (identifier) @_macro . [(identifier) @name (call_expression function: (identifier) @name)]) @definition.macro
 (#eq? @_macro "macro"))

; Token trees that do not parse as Rust on their own: judged by the tokens. @before and @after touch the name.
(token_tree "fn" @before . (identifier) @name) @definition.function
(token_tree "struct" @before . (identifier) @name) @definition.struct
(token_tree "enum" @before . (identifier) @name) @definition.enum
(token_tree "trait" @before . (identifier) @name) @definition.trait
(token_tree "mod" @before . (identifier) @name) @definition.module
(token_tree "type" @before . (identifier) @name) @definition.type
; (With `=`, as `<const N: usize>` is no constant.)
(token_tree "const" @before . (identifier) @name . [(":" @after "=") "=" @after]) @definition.constant
(token_tree "static" @before . (identifier) @name . ":" @after) @definition.static
(token_tree "static" . (mutable_specifier) @before . (identifier) @name . ":" @after) @definition.static
(token_repetition "fn" @before . (identifier) @name) @definition.function
(token_repetition "struct" @before . (identifier) @name) @definition.struct
(token_repetition "mod" @before . (identifier) @name) @definition.module
(token_repetition "const" @before . (identifier) @name . ":" @after "=") @definition.constant
