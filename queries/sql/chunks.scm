; Definitions to keep whole. @body is what a signature ends at.

(create_table (object_reference) @name (column_definitions) @body) @definition.table
(create_view (object_reference) @name) @definition.view
(create_materialized_view (object_reference) @name) @definition.view
(create_function (object_reference) @name (function_body) @body) @definition.function
(create_procedure (object_reference) @name) @definition.procedure
(create_trigger (keyword_trigger) . (object_reference) @name) @definition.trigger
(create_type (object_reference) @name) @definition.type
