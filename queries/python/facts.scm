; What a definition says of itself. @definition is its node.

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
((class_definition superclasses: (argument_list (keyword_argument
  name: (identifier) @_name value: (_) @fact.metaclass))) @definition
 (#eq? @_name "metaclass"))
(class_definition superclasses: (argument_list [(keyword_argument) (dictionary_splat)] @fact.keyword)) @definition
(class_definition body: (block) @fact.body) @definition
(class_definition body: (block . (expression_statement . (string
  (string_start) . (string_content) @fact.doc . (string_end))))) @definition
(class_definition body: (block (expression_statement (assignment left: (identifier) @fact.field)))) @definition
(decorated_definition (decorator) @fact.decorator definition: (_) @definition)
(type_alias_statement left: (type (generic_type (type_parameter) @fact.generics))) @definition
(type_alias_statement right: (type) @fact.value) @definition

; Parameters, of functions and of lambdas that a name is bound to.
(function_definition parameters: (parameters (identifier) @fact.parameter)) @definition
(function_definition parameters: (parameters (default_parameter
  name: (_) @fact.parameter value: (_) @fact.parameter.default))) @definition
(function_definition parameters: (parameters (typed_parameter
  . (identifier) @fact.parameter type: (type) @fact.parameter.type))) @definition
(function_definition parameters: (parameters (typed_default_parameter
  name: (_) @fact.parameter type: (type) @fact.parameter.type value: (_) @fact.parameter.default))) @definition
(function_definition parameters: (parameters (tuple_pattern) @fact.parameter)) @definition
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
((function_definition parameters: (parameters (positional_separator) @fact.before)) @definition
 (#set! cq.kind "positional-only"))
((function_definition parameters: (parameters [
  (keyword_separator) (list_splat_pattern) (typed_parameter . (list_splat_pattern))] @fact.after)) @definition
 (#set! cq.kind "keyword-only"))
(assignment right: (lambda parameters: (lambda_parameters (identifier) @fact.parameter))) @definition
(assignment right: (lambda parameters: (lambda_parameters (default_parameter
  name: (_) @fact.parameter value: (_) @fact.parameter.default)))) @definition
((assignment right: (lambda parameters: (lambda_parameters (list_splat_pattern (identifier) @fact.parameter))))
 @definition (#set! cq.kind "variadic"))
((assignment right: (lambda parameters: (lambda_parameters (dictionary_splat_pattern (identifier) @fact.parameter))))
 @definition (#set! cq.kind "keywords"))
((assignment right: (lambda parameters: (lambda_parameters (positional_separator) @fact.before))) @definition
 (#set! cq.kind "positional-only"))
((assignment right: (lambda parameters: (lambda_parameters [(keyword_separator) (list_splat_pattern)] @fact.after)))
 @definition (#set! cq.kind "keyword-only"))

; Type parameters: def f[T: Bound, *Ts, **P]
([(function_definition type_parameters: (type_parameter (type (identifier) @fact.generic)))
  (class_definition type_parameters: (type_parameter (type (identifier) @fact.generic)))
  (type_alias_statement left: (type (generic_type (type_parameter (type (identifier) @fact.generic)))))] @definition
 (#set! cq.kind "type"))
([(function_definition type_parameters: (type_parameter (type (constrained_type
    . (type (identifier) @fact.generic) . (type) @fact.generic.type))))
  (class_definition type_parameters: (type_parameter (type (constrained_type
    . (type (identifier) @fact.generic) . (type) @fact.generic.type))))
  (type_alias_statement left: (type (generic_type (type_parameter (type (constrained_type
    . (type (identifier) @fact.generic) . (type) @fact.generic.type))))))] @definition
 (#set! cq.kind "type"))
([(function_definition type_parameters: (type_parameter (type (splat_type "*" (identifier) @fact.generic))))
  (class_definition type_parameters: (type_parameter (type (splat_type "*" (identifier) @fact.generic))))
  (type_alias_statement left: (type (generic_type (type_parameter (type (splat_type
    "*" (identifier) @fact.generic))))))] @definition
 (#set! cq.kind "variadic"))
([(function_definition type_parameters: (type_parameter (type (splat_type "**" (identifier) @fact.generic))))
  (class_definition type_parameters: (type_parameter (type (splat_type "**" (identifier) @fact.generic))))
  (type_alias_statement left: (type (generic_type (type_parameter (type (splat_type
    "**" (identifier) @fact.generic))))))] @definition
 (#set! cq.kind "keywords"))

; Variables: their type and value.
(assignment type: (type) @fact.returns) @definition
(assignment right: (_) @fact.value) @definition
((assignment left: (identifier) @_all right: [
   (list (string (string_content) @fact.export)) (tuple (string (string_content) @fact.export))
   (binary_operator [
     (list (string (string_content) @fact.export)) (tuple (string (string_content) @fact.export))])]) @definition
 (#eq? @_all "__all__"))

; What else a definition is.
((assignment right: (lambda "lambda" @fact.form)) @definition (#set! cq.kind "lambda"))
((assignment left: (identifier) @fact.form) @definition
 (#set! cq.kind "constant") (#match? @fact.form "^_*[A-Z][A-Z0-9_]*$"))
((assignment type: (type [
   (identifier) @fact.form (attribute attribute: (identifier) @fact.form)
   (generic_type (identifier) @fact.form) (subscript value: (attribute attribute: (identifier) @fact.form))]))
 @definition (#set! cq.kind "constant") (#eq? @fact.form "Final"))
((assignment type: (type [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])) @definition
 (#set! cq.kind "type-alias") (#eq? @fact.form "TypeAlias"))
((type_alias_statement "type" @fact.form) @definition (#set! cq.kind "type-alias"))
((decorated_definition (decorator [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])
  definition: (function_definition) @definition)
 (#set! cq.kind "property")
 (#any-of? @fact.form "property" "cached_property" "setter" "getter" "deleter" "abstractproperty"))
((decorated_definition (decorator [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])
  definition: (function_definition) @definition)
 (#set! cq.kind "overload") (#eq? @fact.form "overload"))
((decorated_definition (decorator [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])
  definition: (function_definition) @definition)
 (#set! cq.kind "static-method") (#eq? @fact.form "staticmethod"))
((decorated_definition (decorator [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])
  definition: (function_definition) @definition)
 (#set! cq.kind "class-method") (#eq? @fact.form "classmethod"))
((decorated_definition (decorator [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])
  definition: (function_definition) @definition)
 (#set! cq.kind "abstract") (#any-of? @fact.form "abstractmethod" "abstractproperty"))
((decorated_definition (decorator [
   (identifier) @fact.form (attribute attribute: (identifier) @fact.form)
   (call function: [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])])
  definition: (class_definition) @definition)
 (#set! cq.kind "dataclass") (#eq? @fact.form "dataclass"))
((class_definition superclasses: (argument_list [
   (identifier) @fact.form (attribute attribute: (identifier) @fact.form)])) @definition
 (#set! cq.kind "enum")
 (#any-of? @fact.form "Enum" "IntEnum" "StrEnum" "Flag" "IntFlag" "ReprEnum" "TextChoices" "IntegerChoices"))
((class_definition superclasses: (argument_list [
   (identifier) @fact.form (attribute attribute: (identifier) @fact.form)
   (subscript value: [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])])) @definition
 (#set! cq.kind "protocol") (#eq? @fact.form "Protocol"))
((class_definition superclasses: (argument_list [
   (identifier) @fact.form (attribute attribute: (identifier) @fact.form)])) @definition
 (#set! cq.kind "typed-dict") (#eq? @fact.form "TypedDict"))
((class_definition superclasses: (argument_list [
   (identifier) @fact.form (attribute attribute: (identifier) @fact.form)])) @definition
 (#set! cq.kind "named-tuple") (#eq? @fact.form "NamedTuple"))

; The same of the fields of such classes.
((decorated_definition
  (decorator [
   (identifier) @fact.form (attribute attribute: (identifier) @fact.form)
   (call function: [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])])
  definition: (class_definition body: (block (expression_statement (assignment type: (_)) @definition))))
 (#set! cq.kind "dataclass-field") (#eq? @fact.form "dataclass"))
((class_definition
  superclasses: (argument_list [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])
  body: (block (expression_statement (assignment right: (_)) @definition)))
 (#set! cq.kind "enum-member")
 (#any-of? @fact.form "Enum" "IntEnum" "StrEnum" "Flag" "IntFlag" "ReprEnum" "TextChoices" "IntegerChoices"))
((class_definition
  superclasses: (argument_list [
    (identifier) @fact.form (attribute attribute: (identifier) @fact.form)
    (subscript value: [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])])
  body: (block (expression_statement (assignment) @definition)))
 (#set! cq.kind "protocol-field") (#eq? @fact.form "Protocol"))
((class_definition
  superclasses: (argument_list [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])
  body: (block (expression_statement (assignment type: (_)) @definition)))
 (#set! cq.kind "typed-dict-field") (#eq? @fact.form "TypedDict"))
((class_definition
  superclasses: (argument_list [(identifier) @fact.form (attribute attribute: (identifier) @fact.form)])
  body: (block (expression_statement (assignment type: (_)) @definition)))
 (#set! cq.kind "named-tuple-field") (#eq? @fact.form "NamedTuple"))

; What a body does, without the functions and classes in it.
(function_definition body: (block) @deep) @definition
(assignment right: (lambda body: (_) @deep)) @definition
(function_definition body: (_) @boundary)
(class_definition body: (_) @boundary)
(lambda body: (_) @boundary)
(raise_statement . (_) @fact.raises) @inside
(raise_statement . "raise" @fact.raises .) @inside
(except_clause value: [
  (identifier) @fact.catches (attribute) @fact.catches (call) @fact.catches (subscript) @fact.catches
  (binary_operator) @fact.catches (list_splat) @fact.catches (tuple (_) @fact.catches)
  (parenthesized_expression (_) @fact.catches)
  (as_pattern . [
    (identifier) @fact.catches (attribute) @fact.catches (call) @fact.catches (subscript) @fact.catches
    (binary_operator) @fact.catches (tuple (_) @fact.catches) (parenthesized_expression (_) @fact.catches)])]) @inside
(except_clause . "except" @fact.catches . ":") @inside
(yield) @fact.yields @inside
(await (_) @fact.awaits) @inside
(global_statement (identifier) @fact.globals) @inside
(nonlocal_statement (identifier) @fact.nonlocals) @inside

; What encloses a name.
[(block) (module) (function_definition) (class_definition) (decorated_definition)] @limit
(call function: (_) @fact.call.target) @enclosing
(call function: (attribute object: (_) @fact.call.receiver)) @enclosing
((call arguments: (argument_list) @fact.call.arguments) @enclosing (#set! cq.list ","))
(call arguments: (generator_expression) @fact.call.arguments) @enclosing
(attribute object: (_) @fact.attribute.object attribute: (_) @fact.attribute.name) @enclosing
(assignment left: (_) @fact.assignment.target) @enclosing
(assignment type: (_) @fact.assignment.type) @enclosing
(assignment right: (_) @fact.assignment.value) @enclosing
(augmented_assignment
  left: (_) @fact.assignment.target
  operator: ["+=" "-=" "*=" "/=" "@=" "//=" "%=" "**=" ">>=" "<<=" "&=" "^=" "|="] @fact.assignment.operator
  right: (_) @fact.assignment.value) @enclosing
(named_expression name: (_) @fact.assignment.target value: (_) @fact.assignment.value) @enclosing
((augmented_assignment left: (identifier) @_all right: [
   (list (string (string_content) @fact.export)) (tuple (string (string_content) @fact.export))]) @enclosing
 (#eq? @_all "__all__"))
((call
  function: (attribute object: (identifier) @_all)
  arguments: (argument_list [
    (list (string (string_content) @fact.export)) (tuple (string (string_content) @fact.export))
    (string (string_content) @fact.export)])) @enclosing
 (#eq? @_all "__all__"))

; Imports. What a name brings in stands at its own node, what it comes from at the statement's.
(import_statement name: (dotted_name) @fact.import.module @enclosing)
(import_statement name: (aliased_import name: (_) @fact.import.module alias: (_) @fact.import.alias) @enclosing)
(import_from_statement name: (dotted_name) @fact.import.name @enclosing)
(import_from_statement name: (aliased_import name: (_) @fact.import.name alias: (_) @fact.import.alias) @enclosing)
(import_from_statement module_name: (_) @enclosing name: (_) @fact.import.names)
(import_from_statement module_name: (dotted_name) @fact.import.module) @enclosing
(import_from_statement module_name: (relative_import (import_prefix) @fact.import.level)) @enclosing
(import_from_statement module_name: (relative_import (dotted_name) @fact.import.module)) @enclosing
(import_from_statement (wildcard_import) @fact.import.star) @enclosing
(future_import_statement "__future__" @fact.import.module) @enclosing
(future_import_statement name: (dotted_name) @fact.import.name @enclosing)
(future_import_statement name: (aliased_import name: (_) @fact.import.name alias: (_) @fact.import.alias) @enclosing)
(if_statement
  condition: (_) @fact.import.conditional
  consequence: (block [(import_statement) (import_from_statement)] @enclosing))
(elif_clause
  condition: (_) @fact.import.conditional
  consequence: (block [(import_statement) (import_from_statement)] @enclosing))
(else_clause "else" @fact.import.conditional body: (block [(import_statement) (import_from_statement)] @enclosing))
(try_statement "try" @fact.import.conditional body: (block [(import_statement) (import_from_statement)] @enclosing))
(except_clause "except" @fact.import.conditional (block [(import_statement) (import_from_statement)] @enclosing))
