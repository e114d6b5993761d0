; What a name is bound to. A pattern further down wins over one above it for the same name.

((create_table (object_reference name: (identifier) @name)) @definition.table (#set! cq.scope "table {name}"))
((column_definition name: (identifier) @name) @definition.column)
((create_view (object_reference name: (identifier) @name)) @definition.view (#set! cq.scope "view {name}"))
((create_materialized_view (object_reference name: (identifier) @name)) @definition.view (#set! cq.scope "view {name}"))
((create_index column: (identifier) @name) @definition.index)
((create_function (object_reference name: (identifier) @name)) @definition.function
 (#set! cq.scope "function {name}"))
((create_procedure (object_reference name: (identifier) @name)) @definition.procedure
 (#set! cq.scope "procedure {name}"))
; Of the names of a trigger the first is its own.
((create_trigger (keyword_trigger) . (object_reference name: (identifier) @name)) @definition.trigger)
((create_type (object_reference name: (identifier) @name)) @definition.type (#set! cq.scope "type {name}"))
((create_sequence (object_reference name: (identifier) @name)) @definition.sequence)
((create_schema (identifier) @name) @definition.schema)
((create_database (identifier) @name) @definition.database)
((create_role (identifier) @name) @definition.role)
((create_extension (identifier) @name) @definition.extension)
