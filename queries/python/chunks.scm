; Definitions to keep whole. @body is what a signature ends at.

((function_definition name: (identifier) @name body: (block) @body) @definition.function
 (#set! cq.at.class "definition.method"))
(class_definition name: (identifier) @name body: (block) @body) @definition.class
