; All words of an import.

(import_declaration [(identifier) (scoped_identifier)] @within.import) @reference.import
(import_declaration (scoped_identifier name: (identifier) @name)) @reference.import
