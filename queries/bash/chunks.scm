; Definitions to keep whole. @body is what a signature ends at.

(function_definition name: (word) @name body: (_) @body) @definition.function
