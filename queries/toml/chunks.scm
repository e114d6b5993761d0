; Definitions to keep whole. @body is what a signature ends at.

(table . "[" . [(bare_key) (dotted_key) (quoted_key)] @name) @definition.table
(table_array_element . "[[" . [(bare_key) (dotted_key) (quoted_key)] @name) @definition.table
(pair . [(bare_key) (dotted_key) (quoted_key)] @name [(array) (inline_table)] @body) @definition.key
