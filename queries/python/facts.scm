; What a definition says of itself. Run on one definition; @definition must be that node.

(function_definition "async" @fact.modifier) @definition
(function_definition type_parameters: (type_parameter) @fact.generics) @definition
(function_definition return_type: (type) @fact.returns) @definition
(function_definition body: (block) @fact.body) @definition
; All of the string: what stands between the fields of an f-string is no documentation.
(function_definition body: (block . (expression_statement . (string
  (string_start) . (string_content) @fact.doc . (string_end))))) @definition
(class_definition type_parameters: (type_parameter) @fact.generics) @definition
; Not the keywords, and no comment in between.
(class_definition superclasses: (argument_list [
  (identifier) (attribute) (subscript) (call) (list_splat)
  (parenthesized_expression) (conditional_expression) (boolean_operator)] @fact.base)) @definition
(class_definition body: (block) @fact.body) @definition
(class_definition body: (block . (expression_statement . (string
  (string_start) . (string_content) @fact.doc . (string_end))))) @definition
(decorated_definition (decorator) @fact.decorator definition: (_) @definition)

(function_definition parameters: (parameters (identifier) @fact.parameter)) @definition
(function_definition parameters: (parameters (default_parameter
  name: (_) @fact.parameter value: (_) @fact.parameter.default))) @definition
(function_definition parameters: (parameters (typed_parameter
  . (identifier) @fact.parameter type: (type) @fact.parameter.type))) @definition
(function_definition parameters: (parameters (typed_default_parameter
  name: (_) @fact.parameter type: (type) @fact.parameter.type value: (_) @fact.parameter.default))) @definition
((function_definition parameters: (parameters (list_splat_pattern (identifier) @fact.parameter))) @definition
 (#set! cq.kind "variadic"))
((function_definition parameters: (parameters (dictionary_splat_pattern (identifier) @fact.parameter))) @definition
 (#set! cq.kind "keywords"))
((function_definition parameters: (parameters (typed_parameter
  . (list_splat_pattern (identifier) @fact.parameter) type: (type) @fact.parameter.type))) @definition
 (#set! cq.kind "variadic"))
((function_definition parameters: (parameters (typed_parameter
  . (dictionary_splat_pattern (identifier) @fact.parameter) type: (type) @fact.parameter.type))) @definition
 (#set! cq.kind "keywords"))

(assignment type: (type) @fact.returns) @definition
