; What a definition says of itself. @definition is its node.

(create_table (column_definitions) @fact.body) @definition
(create_view (create_query) @fact.body) @definition
(create_materialized_view (create_query) @fact.body) @definition
(create_function (function_body) @fact.body) @definition
(create_procedure (procedure_body) @fact.body) @definition
