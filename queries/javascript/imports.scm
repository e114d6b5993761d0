; inherits: ecma

((import_specifier name: "default" @name) @reference.import (#set! cq.kind "name"))
((export_statement (export_clause (export_specifier name: "default" @name)) source: (_)) @reference.import
 (#set! cq.kind "name"))
((export_statement (export_clause (export_specifier alias: "default" @name)) source: (_)) @reference.import
 (#set! cq.kind "alias"))
