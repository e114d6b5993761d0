; inherits: ecma

(public_field_definition name: (_) @name value: (arrow_function body: (_) @body)) @definition.method
(abstract_class_declaration name: (_) @name body: (_) @body) @definition.class
(interface_declaration name: (_) @name body: (_) @body) @definition.interface
(enum_declaration name: (_) @name body: (_) @body) @definition.enum
(internal_module name: (_) @name body: (_) @body) @definition.namespace
(module name: (_) @name body: (_) @body) @definition.module
(type_alias_declaration name: (_) @name) @definition.type
