; Scopes that define no name of their own, and regions: what a name in them is when no pattern says it.

; A function that a macro names defines nothing that is called so, but others stand in it.
((function_item name: (metavariable) @name) @scope.function (#set! cq.scope "fn {name}"))
((impl_item !trait type: (_) @name) @scope.impl (#set! cq.scope "impl {name}"))
((impl_item trait: (_) @trait type: (_) @name) @scope.impl (#set! cq.scope "impl {trait} for {name}"))

(shebang) @within.comment
(line_comment) @within.comment
(block_comment) @within.comment
(string_literal) @within.string
(raw_string_literal) @within.string
(char_literal) @within.string
((attribute_item) @within.decorator (#set! cq.over "reference type attribute call macro assignment definition"))
((inner_attribute_item) @within.decorator (#set! cq.over "reference type attribute call macro assignment definition"))

; Words of the language that are nodes of their own.
(mutable_specifier) @within.keyword
(boolean_literal) @within.keyword
(fragment_specifier) @within.keyword
(extern_crate_declaration (crate) @within.keyword)
(visibility_modifier (crate) @within.keyword)
(visibility_modifier (super) @within.keyword)
(visibility_modifier (self) @within.keyword)

; Macro arguments and bodies are tokens to the grammar; they are parsed again as Rust.
(token_tree) @embedded
(token_repetition) @embedded
; Behind them: an attribute among the tokens is one although it could be parsed again.
((token_tree "#" . (token_tree . "[") @within.decorator)
 (#set! cq.over "reference type attribute call macro assignment definition"))
