; Definitions to keep whole. @body is what a signature ends at.

(class_declaration name: (identifier) @name (class_body) @body) @definition.class
(class_declaration name: (identifier) @name (enum_class_body) @body) @definition.enum
(object_declaration name: (identifier) @name (class_body) @body) @definition.object
(function_declaration name: (identifier) @name (function_body) @body) @definition.function
