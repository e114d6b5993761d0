; What is called.

(create_trigger (keyword_function) . (object_reference name: (identifier) @name)) @reference.call
(invocation (object_reference name: (identifier) @name)) @reference.call
