; What a name is bound to for others to use. A pattern further down wins over one above it for the same name.

((namespace_definition name: (namespace_name (name) @name .)) @definition.namespace)
((class_declaration name: (name) @name) @definition.class (#set! cq.scope "class {name}"))
((interface_declaration name: (name) @name) @definition.interface (#set! cq.scope "interface {name}"))
((trait_declaration name: (name) @name) @definition.trait (#set! cq.scope "trait {name}"))
((enum_declaration name: (name) @name) @definition.enum (#set! cq.scope "enum {name}"))
(enum_case name: (name) @name) @definition.variant
((function_definition name: (name) @name) @definition.function (#set! cq.scope "function {name}"))
((method_declaration name: (name) @name) @definition.method (#set! cq.scope "function {name}"))
(const_element . (name) @name) @definition.constant
(property_element name: (variable_name (name) @name)) @definition.field
; A parameter of the constructor that is a field, too.
(property_promotion_parameter name: (variable_name (name) @name)) @definition.field

((assignment_expression left: (variable_name (name) @name)) @reference.assignment
 (#set! cq.at.module "definition.variable"))
