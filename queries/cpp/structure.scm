; inherits: cfamily

(raw_string_literal) @within.string
[(this) (auto) (access_specifier) (virtual_specifier)] @within.keyword
(lambda_expression) @scope.function
; Shelf::add() { }
((function_definition declarator: [
   (function_declarator declarator: (qualified_identifier scope: [
     (namespace_identifier) @name
     (template_type name: (type_identifier) @name)]))
   (pointer_declarator declarator: (function_declarator declarator: (qualified_identifier scope: [
     (namespace_identifier) @name
     (template_type name: (type_identifier) @name)])))
   (reference_declarator (function_declarator declarator: (qualified_identifier scope: [
     (namespace_identifier) @name
     (template_type name: (type_identifier) @name)])))
   (qualified_identifier scope: [
     (namespace_identifier) @name
     (template_type name: (type_identifier) @name)])]) @scope.type (#set! cq.scope "{name}::"))
