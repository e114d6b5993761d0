; inherits: ecma

((import_require_clause (identifier) @name) @reference.import (#set! cq.kind "namespace"))
((import_require_clause source: (string (string_fragment) @name)) @reference.import (#set! cq.kind "module"))
((import_alias (identifier) @name) @reference.import (#set! cq.kind "alias"))
; import Shelf = Library.Shelf
((import_alias (nested_identifier) @within.import) (#set! cq.over "attribute"))
