; Headers.

((preproc_include path: [
   (system_lib_string) @within.import
   (string_literal (string_content) @within.import)]) @reference.import
 (#set! cq.kind "module"))
