; What a name is bound to for others to use. A pattern further down wins over one above it for the same name.

((function_declaration name: (identifier) @name) @definition.function (#set! cq.scope "func {name}"))
; Its type is the scope around it: structure.scm.
((method_declaration name: (field_identifier) @name) @definition.method (#set! cq.scope "func {name}"))
((method_elem name: (field_identifier) @name) @definition.method (#set! cq.scope "func {name}"))

((type_spec name: (type_identifier) @name) @definition.type (#set! cq.scope "type {name}"))
((type_spec name: (type_identifier) @name type: (struct_type)) @definition.struct (#set! cq.scope "struct {name}"))
((type_spec name: (type_identifier) @name type: (interface_type)) @definition.interface
 (#set! cq.scope "interface {name}"))
(type_alias name: (type_identifier) @name) @definition.type
(field_declaration name: (field_identifier) @name) @definition.field

; A variable is defined in a package, and only assigned in a function.
((const_spec name: (identifier) @name) @reference.assignment (#set! cq.at.module "definition.constant"))
((var_spec name: (identifier) @name) @reference.assignment (#set! cq.at.module "definition.variable"))
