; Other style sheets.

(import_statement) @within.import
