; inherits: ecma

(template_literal_type) @within.string
(template_type) @within.reference
(this_type) @within.keyword

((module name: (string) @name) @scope.namespace (#set! cq.scope "module {name}"))
((internal_module name: (nested_identifier) @name) @scope.namespace (#set! cq.scope "namespace {name}"))
((module name: (nested_identifier) @name) @scope.namespace (#set! cq.scope "namespace {name}"))

([(required_parameter pattern: [(object_pattern) @within.parameter (array_pattern) @within.parameter])
  (optional_parameter pattern: [(object_pattern) @within.parameter (array_pattern) @within.parameter])
  (required_parameter pattern: (rest_pattern [
    (object_pattern) @within.parameter
    (array_pattern) @within.parameter]))] (#set! cq.over "assignment"))
