; Every other use of a name: types, attributes, parameters, and what is bound or assigned.

(attribute attribute: (identifier) @name) @reference.attribute
; The owner of an attribute stays a reference in an annotation too: `np` in `x: np.ndarray`.
(attribute object: (identifier) @name) @reference.reference

((keyword_argument name: (identifier) @name) @reference.reference
 (#set! cq.kind "keyword-argument"))

; Types
(type (identifier) @name) @reference.type
(type (attribute attribute: (identifier) @name)) @reference.type
((type (string (string_content) @name)) @reference.type
 (#set! cq.kind "forward-reference") (#set! cq.words "1"))
((class_definition superclasses: (argument_list (identifier) @name)) @reference.type
 (#set! cq.kind "base"))
((class_definition superclasses: (argument_list (attribute attribute: (identifier) @name))) @reference.type
 (#set! cq.kind "base"))
((class_definition superclasses: (argument_list (subscript value: (identifier) @name))) @reference.type
 (#set! cq.kind "base"))
((class_definition superclasses: (argument_list (subscript value: (attribute attribute: (identifier) @name)))) @reference.type
 (#set! cq.kind "base"))
((class_definition superclasses: (argument_list (keyword_argument value: (identifier) @name))) @reference.type
 (#set! cq.kind "metaclass"))

; Parameters
(parameters (identifier) @name) @reference.parameter
(parameters (default_parameter name: (identifier) @name)) @reference.parameter
(lambda_parameters (identifier) @name) @reference.parameter
(lambda_parameters (default_parameter name: (identifier) @name)) @reference.parameter
(lambda_parameters [(list_splat_pattern (identifier) @name) (dictionary_splat_pattern (identifier) @name)]) @reference.parameter
(typed_parameter (identifier) @name) @reference.parameter
(typed_parameter [(list_splat_pattern (identifier) @name) (dictionary_splat_pattern (identifier) @name)]) @reference.parameter
(typed_default_parameter name: (identifier) @name) @reference.parameter
(parameters [(list_splat_pattern (identifier) @name) (dictionary_splat_pattern (identifier) @name)]) @reference.parameter
((function_definition type_parameters: (type_parameter (type (identifier) @name))) @reference.parameter
 (#set! cq.kind "type"))
((function_definition type_parameters: (type_parameter (type (constrained_type . (type (identifier) @name))))) @reference.parameter
 (#set! cq.kind "type"))
((class_definition type_parameters: (type_parameter (type (identifier) @name))) @reference.parameter
 (#set! cq.kind "type"))
((class_definition type_parameters: (type_parameter (type (constrained_type . (type (identifier) @name))))) @reference.parameter
 (#set! cq.kind "type"))
((type_alias_statement left: (type (generic_type (type_parameter (type (identifier) @name))))) @reference.parameter
 (#set! cq.kind "type"))

; Assignments and other bindings
(augmented_assignment left: (identifier) @name) @reference.assignment
((assignment left: (attribute attribute: (identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))
((augmented_assignment left: (attribute attribute: (identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))
((pattern_list (attribute attribute: (identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))
((tuple_pattern (attribute attribute: (identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))
(pattern_list (identifier) @name) @reference.assignment
(tuple_pattern (identifier) @name) @reference.assignment
(list_pattern (identifier) @name) @reference.assignment
(list_splat_pattern (identifier) @name) @reference.assignment
(named_expression name: (identifier) @name) @reference.assignment
(for_statement left: (identifier) @name) @reference.assignment
(for_in_clause left: (identifier) @name) @reference.assignment
(as_pattern_target (identifier) @name) @reference.assignment
(as_pattern_target (tuple (identifier) @name)) @reference.assignment
(as_pattern_target (list (identifier) @name)) @reference.assignment
((as_pattern_target (attribute attribute: (identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))
((for_statement left: (attribute attribute: (identifier) @name)) @reference.assignment
 (#set! cq.kind "attribute"))
((case_pattern . (dotted_name . (identifier) @name .) .) @reference.assignment
 (#set! cq.kind "capture"))
((keyword_pattern (identifier) (dotted_name . (identifier) @name .)) @reference.assignment
 (#set! cq.kind "capture"))
((splat_pattern (identifier) @name) @reference.assignment
 (#set! cq.kind "capture"))
((case_pattern (as_pattern alias: (as_pattern_target (identifier) @name))) @reference.assignment
 (#set! cq.kind "capture"))
((keyword_pattern . (identifier) @name) @reference.reference
 (#set! cq.kind "keyword-argument"))
