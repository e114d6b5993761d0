; What a name is bound to for others to use. A pattern further down wins over one above it for the same name.

((class_declaration name: (identifier) @name) @definition.class (#set! cq.scope "class {name}"))
((interface_declaration name: (identifier) @name) @definition.interface (#set! cq.scope "interface {name}"))
((enum_declaration name: (identifier) @name) @definition.enum (#set! cq.scope "enum {name}"))
((record_declaration name: (identifier) @name) @definition.record (#set! cq.scope "record {name}"))
((annotation_type_declaration name: (identifier) @name) @definition.annotation (#set! cq.scope "@interface {name}"))
((enum_constant name: (identifier) @name) @definition.variant (#set! cq.scope "{name}"))
((method_declaration name: (identifier) @name) @definition.method (#set! cq.scope "{name}()"))
(annotation_type_element_declaration name: (identifier) @name) @definition.method
((constructor_declaration name: (identifier) @name) @definition.constructor (#set! cq.scope "{name}()"))
((compact_constructor_declaration name: (identifier) @name) @definition.constructor (#set! cq.scope "{name}()"))
(field_declaration declarator: (variable_declarator name: (identifier) @name)) @definition.field
(constant_declaration declarator: (variable_declarator name: (identifier) @name)) @definition.constant
; The components of a record are its fields.
(record_declaration parameters: (formal_parameters [
  (formal_parameter name: (identifier) @name)
  (spread_parameter (variable_declarator name: (identifier) @name))] @definition.field))
