; Items, their members, and macros.

((function_item name: [(identifier) (metavariable)] @name) @definition.function
 (#set! cq.scope "fn {name}") (#set! cq.at.impl "definition.method") (#set! cq.at.trait "definition.method"))
((function_signature_item name: [(identifier) (metavariable)] @name) @definition.function
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

; Token trees that do not parse as Rust on their own (`$(...)*`, `static ref`): judged by the tokens.
(token_tree "fn" . (identifier) @name) @definition.function
(token_tree "struct" . (identifier) @name) @definition.struct
(token_tree "enum" . (identifier) @name) @definition.enum
(token_tree "trait" . (identifier) @name) @definition.trait
(token_tree "mod" . (identifier) @name) @definition.module
(token_tree "type" . (identifier) @name) @definition.type
(token_tree "const" . (identifier) @name . ":") @definition.constant
(token_tree "static" . "ref"? . (identifier) @name . ":") @definition.static
