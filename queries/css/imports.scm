; Other style sheets.

(import_statement (string_value (string_content) @within.import))
(import_statement (call_expression (arguments) @within.import))
