; Text in another language. Of two patterns for one text the later counts; `profiles` in lanes.toml name the functions.

; SQL wherever it stands. The parts of a string between its interpolations are one text.
((string (string_content) @injection.content) @injection.unit @injection.profile.string
 (#set! injection.include-children))

; What is handed to a function, alone or as strings that stand together.
((call function: (_) @injection.profile.call arguments: (argument_list . (string (string_content) @injection.content) @injection.unit))
 (#set! injection.include-children))
((call function: (_) @injection.profile.call
   arguments: (argument_list . (concatenated_string (string (string_content) @injection.content)) @injection.unit))
 (#set! injection.include-children))
((call function: (_) @injection.profile.call-shell
   arguments: (argument_list . (string (string_content) @injection.content) @injection.unit
     (keyword_argument name: (identifier) @keyword value: (true))))
 (#set! injection.include-children) (#eq? @keyword "shell"))

; The examples in documentation: those of one docstring are one program.
((string (string_content) @injection.content) @injection.unit
 (#set! injection.self) (#set! cq.examples) (#set! cq.via "doctest"))
