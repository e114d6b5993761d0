; Every other use of a name: types, attributes, parameters, and what is bound or assigned.

(attribute attribute: (identifier) @name) @reference.attribute
; The owner of an attribute stays a reference in an annotation too: `np` in `x: np.ndarray`.
(attribute object: (identifier) @name) @reference.reference

((keyword_argument name: (identifier) @name) @reference.reference
 (#set! cq.kind "keyword-argument"))

; Types. Names deeper in an annotation are types because structure.scm says so of the whole of it.
(type (identifier) @name) @reference.type
((type [(string (string_content) @name) (binary_operator (string (string_content) @name))]) @reference.type
 (#set! cq.kind "forward-reference"))
((class_definition superclasses: (argument_list [
   (identifier) @name
   (attribute attribute: (identifier) @name)
   (subscript value: [(identifier) @name (attribute attribute: (identifier) @name)])])) @reference.type
 (#set! cq.kind "base"))
((class_definition superclasses: (argument_list (keyword_argument value: [
   (identifier) @name
   (attribute attribute: (identifier) @name)]))) @reference.type
 (#set! cq.kind "metaclass"))

; Parameters. The tuples are Python 2's. What stands nowhere but in parameters is a root of its own: every alternative
; below `parameters` waits for all of them to end.
([(parameters [
    (identifier) @name
    (list_splat_pattern (identifier) @name)
    (tuple_pattern [(identifier) @name (tuple_pattern (identifier) @name)])])
  (lambda_parameters [
    (identifier) @name
    (list_splat_pattern (identifier) @name)
    (tuple_pattern [(identifier) @name (tuple_pattern (identifier) @name)])])
  (default_parameter name: [(identifier) @name (tuple_pattern (identifier) @name)])
  (dictionary_splat_pattern (identifier) @name)
  (typed_parameter [(identifier) @name (list_splat_pattern (identifier) @name)])
  (typed_default_parameter name: (identifier) @name)] @reference.parameter)
([(function_definition type_parameters: (type_parameter (type [(identifier) @name (splat_type (identifier) @name)])))
  (class_definition type_parameters: (type_parameter (type [(identifier) @name (splat_type (identifier) @name)])))
  (type_alias_statement left: (type (generic_type (type_parameter (type [
    (identifier) @name
    (splat_type (identifier) @name)])))))] @reference.parameter
 (#set! cq.kind "type"))
; def f[T: Bound]
((constrained_type . (type [(identifier) @name (splat_type (identifier) @name)])) @reference.parameter
 (#set! cq.kind "type"))

; Assignments and other bindings
([(augmented_assignment left: (identifier) @name)
  (pattern_list (identifier) @name)
  (tuple_pattern (identifier) @name)
  (list_pattern (identifier) @name)
  (list_splat_pattern (identifier) @name)
  (named_expression name: (identifier) @name)
  (for_statement left: (identifier) @name)
  (for_in_clause left: (identifier) @name)
  (as_pattern_target [
    (identifier) @name
    (parenthesized_expression (identifier) @name)
    (tuple [(identifier) @name (list_splat (identifier) @name) (tuple (identifier) @name) (list (identifier) @name)])
    (list [(identifier) @name (list_splat (identifier) @name) (tuple (identifier) @name) (list (identifier) @name)])
  ])] @reference.assignment)
([(assignment left: (attribute attribute: (identifier) @name))
  (augmented_assignment left: (attribute attribute: (identifier) @name))
  (pattern_list (attribute attribute: (identifier) @name))
  (tuple_pattern (attribute attribute: (identifier) @name))
  (list_pattern (attribute attribute: (identifier) @name))
  (list_splat_pattern (attribute attribute: (identifier) @name))
  (for_statement left: (attribute attribute: (identifier) @name))
  (for_in_clause left: (attribute attribute: (identifier) @name))
  (as_pattern_target [
    (attribute attribute: (identifier) @name)
    (tuple (attribute attribute: (identifier) @name))
    (list (attribute attribute: (identifier) @name))])
  ; type(self).count = 0
  (type_alias_statement left: (type (attribute attribute: (identifier) @name)))] @reference.assignment
 (#set! cq.kind "attribute"))

; Patterns of `match`: a lone name is bound, a dotted one is looked up.
((case_pattern . (dotted_name . (identifier) @name .) .) @reference.assignment
 (#set! cq.kind "capture"))
((keyword_pattern (identifier) (dotted_name . (identifier) @name .)) @reference.assignment
 (#set! cq.kind "capture"))
([(splat_pattern (identifier) @name) (case_pattern (as_pattern (identifier) @name))] @reference.assignment
 (#set! cq.kind "capture"))
(case_pattern (dotted_name (identifier) (identifier) @name)) @reference.attribute
(keyword_pattern (dotted_name (identifier) (identifier) @name)) @reference.attribute
(union_pattern (dotted_name (identifier) (identifier) @name)) @reference.attribute
(dict_pattern (dotted_name (identifier) (identifier) @name)) @reference.attribute
((keyword_pattern . (identifier) @name) @reference.reference
 (#set! cq.kind "keyword-argument"))
