; inherits: ecma

([(class_declaration (class_heritage (extends_clause value: (_) @fact.base)))
  (abstract_class_declaration (class_heritage (extends_clause value: (_) @fact.base)))
  (class (class_heritage (extends_clause value: (_) @fact.base)))
  (class_declaration (class_heritage (implements_clause (_) @fact.base)))
  (abstract_class_declaration (class_heritage (implements_clause (_) @fact.base)))
  (class (class_heritage (implements_clause (_) @fact.base)))
  (interface_declaration (extends_type_clause type: (_) @fact.base))] @definition)
([(abstract_class_declaration body: (_) @fact.body)
  (interface_declaration body: (_) @fact.body)
  (enum_declaration body: (_) @fact.body)
  (internal_module body: (_) @fact.body)
  (module body: (_) @fact.body)
  (public_field_definition value: [
    (arrow_function body: (_) @fact.body) (function_expression body: (_) @fact.body)])] @definition)
(public_field_definition value: [(arrow_function body: (_) @deep) (function_expression body: (_) @deep)]) @definition
([(class_declaration body: (class_body (public_field_definition name: (_) @fact.field)))
  (abstract_class_declaration body: (class_body (public_field_definition name: (_) @fact.field)))
  (class body: (class_body (public_field_definition name: (_) @fact.field)))
  (interface_declaration body: (interface_body (property_signature name: (_) @fact.field)))
  (type_alias_declaration value: (object_type (property_signature name: (_) @fact.field)))] @definition)
([(enum_declaration body: (enum_body name: (_) @fact.variant))
  (enum_declaration body: (enum_body (enum_assignment name: (_) @fact.variant)))] @definition)

([(public_field_definition (accessibility_modifier) @fact.visibility)
  (method_definition (accessibility_modifier) @fact.visibility)
  (method_signature (accessibility_modifier) @fact.visibility)
  (abstract_method_signature (accessibility_modifier) @fact.visibility)
  (required_parameter (accessibility_modifier) @fact.visibility)
  (optional_parameter (accessibility_modifier) @fact.visibility)] @definition)
([(public_field_definition ["static" "readonly" "abstract" "declare" "accessor"] @fact.modifier)
  (method_definition ["readonly" (override_modifier)] @fact.modifier)
  (method_signature ["static" "get" "set" "async" "readonly"] @fact.modifier)
  (abstract_method_signature "abstract" @fact.modifier)
  (abstract_class_declaration "abstract" @fact.modifier)
  (property_signature "readonly" @fact.modifier)
  (required_parameter "readonly" @fact.modifier)
  (optional_parameter "readonly" @fact.modifier)
  (enum_declaration "const" @fact.modifier)] @definition)
(ambient_declaration "declare" @fact.modifier (_) @definition)
(ambient_declaration "declare" @fact.modifier (lexical_declaration (variable_declarator) @definition))
(ambient_declaration "declare" @fact.modifier (variable_declaration (variable_declarator) @definition))
([(abstract_class_declaration decorator: (decorator) @fact.decorator)
  (public_field_definition decorator: (decorator) @fact.decorator)
  (required_parameter decorator: (decorator) @fact.decorator)] @definition)
([(method_signature "?" @fact.form)
  (property_signature "?" @fact.form)
  (public_field_definition "?" @fact.form)] @definition
 (#set! cq.kind "optional"))
((function_signature "function" @fact.form) @definition (#set! cq.kind "overload"))
((abstract_method_signature "abstract" @fact.form) @definition (#set! cq.kind "abstract"))
((required_parameter (accessibility_modifier) @fact.form) @definition (#set! cq.kind "parameter-property"))

([(function_declaration return_type: (type_annotation (_) @fact.returns))
  (generator_function_declaration return_type: (type_annotation (_) @fact.returns))
  (function_expression return_type: (type_annotation (_) @fact.returns))
  (function_signature return_type: (type_annotation (_) @fact.returns))
  (method_definition return_type: (type_annotation (_) @fact.returns))
  (method_signature return_type: (type_annotation (_) @fact.returns))
  (abstract_method_signature return_type: (type_annotation (_) @fact.returns))
  (function_declaration return_type: (type_predicate_annotation (_) @fact.returns))
  (method_definition return_type: (type_predicate_annotation (_) @fact.returns))
  (variable_declarator value: [
    (arrow_function return_type: (type_annotation (_) @fact.returns))
    (function_expression return_type: (type_annotation (_) @fact.returns))])
  (pair value: (arrow_function return_type: (type_annotation (_) @fact.returns)))
  (public_field_definition value: (arrow_function return_type: (type_annotation (_) @fact.returns)))
  (variable_declarator type: (type_annotation (_) @fact.returns))
  (public_field_definition type: (type_annotation (_) @fact.returns))
  (property_signature type: (type_annotation (_) @fact.returns))
  (required_parameter type: (type_annotation (_) @fact.returns))] @definition)
([(public_field_definition value: (_) @fact.value)
  (enum_assignment value: (_) @fact.value)
  (type_alias_declaration value: (_) @fact.value)] @definition)

([(function_declaration type_parameters: (_) @fact.generics)
  (generator_function_declaration type_parameters: (_) @fact.generics)
  (function_signature type_parameters: (_) @fact.generics)
  (method_definition type_parameters: (_) @fact.generics)
  (method_signature type_parameters: (_) @fact.generics)
  (abstract_method_signature type_parameters: (_) @fact.generics)
  (class_declaration type_parameters: (_) @fact.generics)
  (abstract_class_declaration type_parameters: (_) @fact.generics)
  (interface_declaration type_parameters: (_) @fact.generics)
  (type_alias_declaration type_parameters: (_) @fact.generics)
  (variable_declarator value: (arrow_function type_parameters: (_) @fact.generics))] @definition)
(([(function_declaration type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (function_signature type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (method_definition type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (method_signature type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (class_declaration type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (abstract_class_declaration type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (interface_declaration type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))
  (type_alias_declaration type_parameters: (type_parameters (type_parameter name: (_) @fact.generic)))] @definition)
 (#set! cq.kind "type"))
([(function_declaration type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic constraint: (constraint (_) @fact.generic.type))))
  (function_signature type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic constraint: (constraint (_) @fact.generic.type))))
  (method_definition type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic constraint: (constraint (_) @fact.generic.type))))
  (class_declaration type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic constraint: (constraint (_) @fact.generic.type))))
  (interface_declaration type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic constraint: (constraint (_) @fact.generic.type))))
  (type_alias_declaration type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic constraint: (constraint (_) @fact.generic.type))))] @definition)
([(function_declaration type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic value: (default_type (_) @fact.generic.default))))
  (class_declaration type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic value: (default_type (_) @fact.generic.default))))
  (interface_declaration type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic value: (default_type (_) @fact.generic.default))))
  (type_alias_declaration type_parameters: (type_parameters (type_parameter
    name: (_) @fact.generic value: (default_type (_) @fact.generic.default))))] @definition)

; Parameters: of functions, of signatures, and of functions that are values.
([(function_declaration parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (generator_function_declaration parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (function_expression parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (function_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (method_definition parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (method_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (abstract_method_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (variable_declarator value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter))))
  (pair value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter))))
  (public_field_definition value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter))))
  (assignment_expression right: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter))))] @definition)
([(function_declaration parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (generator_function_declaration parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (function_expression parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (function_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (method_definition parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (method_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (abstract_method_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (variable_declarator value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type)))))
  (pair value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type)))))
  (public_field_definition value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type)))))
  (assignment_expression right: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type)))))] @definition)
([(function_declaration parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default)))
  (generator_function_declaration parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default)))
  (function_expression parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default)))
  (function_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default)))
  (method_definition parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default)))
  (method_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default)))
  (abstract_method_signature parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default)))
  (variable_declarator value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default))))
  (pair value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default))))
  (public_field_definition value: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default))))
  (assignment_expression right: (_ parameters: (formal_parameters (required_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter value: (_) @fact.parameter.default))))] @definition)
([(function_declaration parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (generator_function_declaration parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (function_expression parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (function_signature parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (method_definition parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (method_signature parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (abstract_method_signature parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter)))
  (variable_declarator value: (_ parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter))))
  (pair value: (_ parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter))))
  (public_field_definition value: (_ parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter))))
  (assignment_expression right: (_ parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter))))] @definition
 (#set! cq.kind "optional"))
([(function_declaration parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (generator_function_declaration parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (function_expression parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (function_signature parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (method_definition parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (method_signature parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (abstract_method_signature parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type))))
  (variable_declarator value: (_ parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type)))))
  (pair value: (_ parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type)))))
  (public_field_definition value: (_ parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type)))))
  (assignment_expression right: (_ parameters: (formal_parameters (optional_parameter
    pattern: [(identifier) (object_pattern) (array_pattern) (this)] @fact.parameter type: (type_annotation (_) @fact.parameter.type)))))] @definition)
([(function_declaration parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter))))
  (generator_function_declaration parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter))))
  (function_expression parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter))))
  (function_signature parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter))))
  (method_definition parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter))))
  (method_signature parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter))))
  (abstract_method_signature parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter))))
  (variable_declarator value: (_ parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter)))))
  (pair value: (_ parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter)))))
  (public_field_definition value: (_ parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter)))))
  (assignment_expression right: (_ parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter)))))] @definition
 (#set! cq.kind "variadic"))
([(function_declaration parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type))))
  (generator_function_declaration parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type))))
  (function_expression parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type))))
  (function_signature parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type))))
  (method_definition parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type))))
  (method_signature parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type))))
  (abstract_method_signature parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type))))
  (variable_declarator value: (_ parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type)))))
  (pair value: (_ parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type)))))
  (public_field_definition value: (_ parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type)))))
  (assignment_expression right: (_ parameters: (formal_parameters (required_parameter
    pattern: (rest_pattern (_) @fact.parameter) type: (type_annotation (_) @fact.parameter.type)))))] @definition)
