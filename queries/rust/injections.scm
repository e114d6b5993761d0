; Text in another language, and Rust that is no syntax to the grammar. Of two patterns for one text the later counts;
; `profiles` in lanes.toml name the macros and functions.

; Macro bodies are tokens. Many parse as Rust; a macro may have a syntax of its own, so errors in them are none.
; One that does not parse is looked into: what stands in brackets in it may.
((macro_invocation (token_tree) @injection.content)
 (#set! injection.self) (#set! injection.include-children) (#set! cq.lenient) (#set! cq.brackets))
((macro_rule right: (token_tree) @injection.content)
 (#set! injection.self) (#set! injection.include-children) (#set! cq.lenient) (#set! cq.brackets))
((macro_invocation macro: (_) @injection.profile.macro-tokens (token_tree) @injection.content)
 (#set! injection.include-children) (#set! cq.lenient))

; The names in a format string, SQL, regular expressions. The first string of the macro, or the first behind one comma
; or two: those before it are what is written to or compared.
((macro_invocation macro: (_) @injection.profile.macro
   (token_tree . [(string_literal (string_content) @injection.content) (raw_string_literal (string_content) @injection.content)]
     @injection.unit))
 (#set! injection.include-children) (#set! cq.lenient))
((macro_invocation macro: (_) @injection.profile.macro-after-comma
   (token_tree "," . [(string_literal (string_content) @injection.content) (raw_string_literal (string_content) @injection.content)]
     @injection.unit))
 (#set! injection.include-children) (#set! cq.lenient) (#set! cq.first))
((macro_invocation macro: (_) @injection.profile.macro-after-commas
   (token_tree "," "," . [(string_literal (string_content) @injection.content) (raw_string_literal (string_content) @injection.content)]
     @injection.unit))
 (#set! injection.include-children) (#set! cq.lenient) (#set! cq.first))
((call_expression function: (_) @injection.profile.call
   arguments: (arguments [(string_literal (string_content) @injection.content) (raw_string_literal (string_content) @injection.content)] @injection.unit))
 (#set! injection.include-children))

; Documentation is Markdown, and its code blocks are Rust unless they say otherwise. A run of lines is one text.
((line_comment doc: (doc_comment) @injection.content)
 (#set! injection.language "markdown") (#set! injection.include-children) (#set! cq.adjacent) (#set! cq.via "documentation"))
((block_comment doc: (doc_comment) @injection.content)
 (#set! injection.language "markdown") (#set! injection.include-children) (#set! cq.via "documentation"))
((line_comment doc: (doc_comment) @injection.content)
 (#set! injection.self) (#set! cq.adjacent) (#set! cq.examples) (#set! cq.via "doctest"))
((block_comment doc: (doc_comment) @injection.content)
 (#set! injection.self) (#set! cq.examples) (#set! cq.via "doctest"))
