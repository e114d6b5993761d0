; Definitions to keep whole. @body is what a signature ends at.

(namespace_declaration name: (_) @name body: (declaration_list) @body) @definition.namespace
(class_declaration name: (identifier) @name body: (declaration_list) @body) @definition.class
(interface_declaration name: (identifier) @name body: (declaration_list) @body) @definition.interface
(struct_declaration name: (identifier) @name body: (declaration_list) @body) @definition.struct
(record_declaration name: (identifier) @name body: (declaration_list) @body) @definition.record
(enum_declaration name: (identifier) @name body: (enum_member_declaration_list) @body) @definition.enum
(method_declaration name: (identifier) @name body: (_) @body) @definition.method
(constructor_declaration name: (identifier) @name body: (_) @body) @definition.constructor
