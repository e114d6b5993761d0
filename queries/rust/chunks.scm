; Definitions to keep whole. @body is what a signature ends at.

((function_item name: [(identifier) (metavariable)] @name body: (block) @body) @definition.function
 (#set! cq.at.impl "definition.method") (#set! cq.at.trait "definition.method"))
((function_signature_item name: (identifier) @name) @definition.function (#set! cq.at.trait "definition.method"))
(struct_item name: (type_identifier) @name) @definition.struct
(enum_item name: (type_identifier) @name body: (enum_variant_list) @body) @definition.enum
(union_item name: (type_identifier) @name body: (field_declaration_list) @body) @definition.union
(trait_item name: (type_identifier) @name body: (declaration_list) @body) @definition.trait
(mod_item name: (identifier) @name body: (declaration_list) @body) @definition.module
(impl_item type: (_) @name body: (declaration_list) @body) @definition.impl
(macro_definition name: (identifier) @name) @definition.macro
(type_item name: (type_identifier) @name) @definition.type
(const_item name: (identifier) @name) @definition.constant
(static_item name: (identifier) @name) @definition.static
