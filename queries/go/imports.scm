; Packages, and the names that a file gives them.

((import_spec path: [
   (interpreted_string_literal (interpreted_string_literal_content) @name)
   (raw_string_literal (raw_string_literal_content) @name)]) @reference.import
 (#set! cq.kind "module"))
((import_spec name: (package_identifier) @name) @reference.import (#set! cq.kind "alias"))
