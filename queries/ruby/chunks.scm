; Definitions to keep whole. @body is what a signature ends at.

(module name: (constant) @name body: (body_statement) @body) @definition.module
(class name: (constant) @name body: (body_statement) @body) @definition.class
(method name: (identifier) @name body: (_) @body) @definition.method
(singleton_method name: (identifier) @name body: (_) @body) @definition.method
