; What a name is bound to for others to use. A pattern further down wins over one above it for the same name.

((namespace_declaration name: [(identifier) @name (qualified_name name: (identifier) @name)]) @definition.namespace
 (#set! cq.scope "namespace {name}"))
(file_scoped_namespace_declaration name: [(identifier) @name (qualified_name name: (identifier) @name)])
 @definition.namespace
((class_declaration name: (identifier) @name) @definition.class (#set! cq.scope "class {name}"))
((interface_declaration name: (identifier) @name) @definition.interface (#set! cq.scope "interface {name}"))
((struct_declaration name: (identifier) @name) @definition.struct (#set! cq.scope "struct {name}"))
((record_declaration name: (identifier) @name) @definition.record (#set! cq.scope "record {name}"))
((enum_declaration name: (identifier) @name) @definition.enum (#set! cq.scope "enum {name}"))
(enum_member_declaration name: (identifier) @name) @definition.variant
(delegate_declaration name: (identifier) @name) @definition.delegate

((method_declaration name: (identifier) @name) @definition.method (#set! cq.scope "{name}()"))
((constructor_declaration name: (identifier) @name) @definition.constructor (#set! cq.scope "{name}()"))
((destructor_declaration name: (identifier) @name) @definition.method (#set! cq.scope "~{name}()"))
((local_function_statement name: (identifier) @name) @definition.function (#set! cq.scope "{name}()"))
((property_declaration name: (identifier) @name) @definition.property (#set! cq.scope "{name}"))
(indexer_declaration "this" @name) @definition.property
((operator_declaration operator: _ @name) @definition.operator (#set! cq.scope "operator {name}"))
((conversion_operator_declaration "operator" . type: (_) @name) @definition.operator
 (#set! cq.scope "operator {name}"))
(event_field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @definition.event
(event_declaration name: (identifier) @name) @definition.event
(field_declaration (variable_declaration (variable_declarator name: (identifier) @name))) @definition.field
; The components of a record are its properties.
(record_declaration (parameter_list (parameter name: (identifier) @name) @definition.property))
