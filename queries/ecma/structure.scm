; Regions: what a name in them is when no pattern of another pack says it. Scopes that nothing is named after.

; What is taken apart is assigned, but for the defaults and the keys that are computed there.
((assignment_expression left: [(object_pattern) (array_pattern)] @within.assignment) (#set! cq.over "assignment"))
((for_in_statement left: [(object_pattern) (array_pattern)] @within.assignment) (#set! cq.over "assignment"))
((catch_clause parameter: [(object_pattern) (array_pattern)] @within.assignment) (#set! cq.over "assignment"))
((for_statement initializer: (lexical_declaration (variable_declarator name: [(object_pattern) (array_pattern)]
  @within.assignment))) (#set! cq.over "assignment"))
((for_statement initializer: (variable_declaration (variable_declarator name: [(object_pattern) (array_pattern)]
  @within.assignment))) (#set! cq.over "assignment"))
(assignment_pattern right: (_) @within.reference)
(object_assignment_pattern right: (_) @within.reference)
(computed_property_name) @within.reference
(array_pattern [(member_expression) (subscript_expression)] @within.reference)
(array_pattern (assignment_pattern left: [(member_expression) (subscript_expression)] @within.reference))
(pair_pattern value: [(member_expression) (subscript_expression)] @within.reference)
(pair_pattern value: (assignment_pattern left: [(member_expression) (subscript_expression)] @within.reference))
(rest_pattern [(member_expression) (subscript_expression)] @within.reference)

[(comment) (hash_bang_line)] @within.comment
[(string) (template_string) (regex)] @within.string
; Code again, inside a template.
(template_substitution) @within.reference
; A word in a number is none: the e of 1e6.
(number) @within.string

; Words of the language that are nodes of their own.
[(this) (super) (null) (undefined) (true) (false) (import) (meta_property) (debugger_statement)] @within.keyword

[(arrow_function) (function_expression) (generator_function) (class_static_block)] @scope.function
(class) @scope.class
; A method whose name is an expression or a text.
((method_definition name: [(computed_property_name) (string) (number)] @name) @scope.method
 (#set! cq.scope "{name}()"))
