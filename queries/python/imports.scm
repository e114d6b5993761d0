; Names in import statements: modules, imported names and the names they are given here.

((import_statement name: (dotted_name (identifier) @name)) @reference.import
 (#set! cq.kind "module"))
((import_statement name: (aliased_import name: (dotted_name (identifier) @name))) @reference.import
 (#set! cq.kind "module"))
((import_from_statement module_name: (dotted_name (identifier) @name)) @reference.import
 (#set! cq.kind "module"))
((import_from_statement module_name: (relative_import (dotted_name (identifier) @name))) @reference.import
 (#set! cq.kind "module"))
((import_from_statement name: (dotted_name (identifier) @name)) @reference.import
 (#set! cq.kind "name"))
((import_from_statement name: (aliased_import name: (dotted_name (identifier) @name))) @reference.import
 (#set! cq.kind "name"))
((future_import_statement name: (dotted_name (identifier) @name)) @reference.import
 (#set! cq.kind "name"))
((future_import_statement name: (aliased_import name: (dotted_name (identifier) @name))) @reference.import
 (#set! cq.kind "name"))
((future_import_statement "__future__" @name) @reference.import
 (#set! cq.kind "module"))
((aliased_import alias: (identifier) @name) @reference.import
 (#set! cq.kind "alias"))
