; What is imported, under which name, and from where.

((import_clause (identifier) @name) @reference.import (#set! cq.kind "default"))
((import_specifier name: (identifier) @name) @reference.import (#set! cq.kind "name"))
((import_specifier alias: (identifier) @name) @reference.import (#set! cq.kind "alias"))
((namespace_import (identifier) @name) @reference.import (#set! cq.kind "namespace"))
((namespace_export (identifier) @name) @reference.import (#set! cq.kind "namespace"))
([(import_statement source: (string (string_fragment) @name))
  (export_statement source: (string (string_fragment) @name))] @reference.import
 (#set! cq.kind "module"))

; export { open, shut as close } from "./shelf"
((export_statement (export_clause (export_specifier name: (identifier) @name)) source: (_)) @reference.import
 (#set! cq.kind "name"))
((export_statement (export_clause (export_specifier alias: (identifier) @name)) source: (_)) @reference.import
 (#set! cq.kind "alias"))

; import("./shelf"), require("./shelf"), and the names that such a module is given.
((call_expression function: (import) arguments: (arguments . (string (string_fragment) @name))) @reference.import
 (#set! cq.kind "module"))
((call_expression function: (identifier) @_require arguments: (arguments . (string (string_fragment) @name)))
 @reference.import
 (#set! cq.kind "module") (#eq? @_require "require"))
((variable_declarator
   name: (identifier) @name
   value: (call_expression function: (identifier) @_require)) @reference.import
 (#set! cq.kind "namespace") (#eq? @_require "require"))
((variable_declarator
   name: (object_pattern [
     (shorthand_property_identifier_pattern) @name
     (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
     (pair_pattern key: (property_identifier) @name)])
   value: (call_expression function: (identifier) @_require)) @reference.import
 (#set! cq.kind "name") (#eq? @_require "require"))
((variable_declarator
   name: (object_pattern (pair_pattern value: (identifier) @name))
   value: (call_expression function: (identifier) @_require)) @reference.import
 (#set! cq.kind "alias") (#eq? @_require "require"))
