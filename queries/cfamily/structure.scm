; Regions: what a name in them is when no pattern of another pack says it.

(comment) @within.comment
[(string_literal) (char_literal) (system_lib_string)] @within.string
; A word in a number is none: the L of 1L.
(number_literal) @within.string
; What a macro stands for is text to the grammar.
(preproc_arg) @within.reference
[(primitive_type) (sized_type_specifier) (storage_class_specifier) (type_qualifier) (true) (false) (null)
 (preproc_directive)] @within.keyword
