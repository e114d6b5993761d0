; inherits: ecma

(class_declaration (class_heritage (_) @fact.base)) @definition
(class (class_heritage (_) @fact.base)) @definition
([(class_declaration body: (class_body (field_definition property: (_) @fact.field)))
  (class body: (class_body (field_definition property: (_) @fact.field)))] @definition)
(field_definition "static" @fact.modifier) @definition
(field_definition decorator: (decorator) @fact.decorator) @definition
(method_definition decorator: (decorator) @fact.decorator) @definition
(field_definition value: (_) @fact.value) @definition
(field_definition value: [
  (arrow_function body: (_) @fact.body) (function_expression body: (_) @fact.body)]) @definition
(field_definition value: [(arrow_function body: (_) @deep) (function_expression body: (_) @deep)]) @definition

; Parameters
([(function_declaration parameters: (formal_parameters [(identifier) (object_pattern) (array_pattern)] @fact.parameter))
  (generator_function_declaration parameters: (formal_parameters
    [(identifier) (object_pattern) (array_pattern)] @fact.parameter))
  (function_expression parameters: (formal_parameters [(identifier) (object_pattern) (array_pattern)] @fact.parameter))
  (method_definition parameters: (formal_parameters [(identifier) (object_pattern) (array_pattern)] @fact.parameter))
  (variable_declarator value: (_ parameters: (formal_parameters
    [(identifier) (object_pattern) (array_pattern)] @fact.parameter)))
  (pair value: (_ parameters: (formal_parameters [(identifier) (object_pattern) (array_pattern)] @fact.parameter)))
  (field_definition value: (_ parameters: (formal_parameters
    [(identifier) (object_pattern) (array_pattern)] @fact.parameter)))
  (assignment_expression right: (_ parameters: (formal_parameters
    [(identifier) (object_pattern) (array_pattern)] @fact.parameter)))] @definition)
([(function_declaration parameters: (formal_parameters (assignment_pattern
    left: (_) @fact.parameter right: (_) @fact.parameter.default)))
  (generator_function_declaration parameters: (formal_parameters (assignment_pattern
    left: (_) @fact.parameter right: (_) @fact.parameter.default)))
  (function_expression parameters: (formal_parameters (assignment_pattern
    left: (_) @fact.parameter right: (_) @fact.parameter.default)))
  (method_definition parameters: (formal_parameters (assignment_pattern
    left: (_) @fact.parameter right: (_) @fact.parameter.default)))
  (variable_declarator value: (_ parameters: (formal_parameters (assignment_pattern
    left: (_) @fact.parameter right: (_) @fact.parameter.default))))
  (pair value: (_ parameters: (formal_parameters (assignment_pattern
    left: (_) @fact.parameter right: (_) @fact.parameter.default))))
  (field_definition value: (_ parameters: (formal_parameters (assignment_pattern
    left: (_) @fact.parameter right: (_) @fact.parameter.default))))
  (assignment_expression right: (_ parameters: (formal_parameters (assignment_pattern
    left: (_) @fact.parameter right: (_) @fact.parameter.default))))] @definition)
([(function_declaration parameters: (formal_parameters (rest_pattern (_) @fact.parameter)))
  (generator_function_declaration parameters: (formal_parameters (rest_pattern (_) @fact.parameter)))
  (function_expression parameters: (formal_parameters (rest_pattern (_) @fact.parameter)))
  (method_definition parameters: (formal_parameters (rest_pattern (_) @fact.parameter)))
  (variable_declarator value: (_ parameters: (formal_parameters (rest_pattern (_) @fact.parameter))))
  (pair value: (_ parameters: (formal_parameters (rest_pattern (_) @fact.parameter))))
  (field_definition value: (_ parameters: (formal_parameters (rest_pattern (_) @fact.parameter))))
  (assignment_expression right: (_ parameters: (formal_parameters (rest_pattern (_) @fact.parameter))))] @definition
 (#set! cq.kind "variadic"))
