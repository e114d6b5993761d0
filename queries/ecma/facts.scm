; What a definition says of itself. @definition is its node; a function may be the value of what it is named by.

([(function_declaration "async" @fact.modifier)
  (generator_function_declaration "async" @fact.modifier)
  (function_expression "async" @fact.modifier)
  (method_definition ["static" "async" "get" "set"] @fact.modifier)
  (variable_declarator value: [(arrow_function "async" @fact.modifier) (function_expression "async" @fact.modifier)])
  (pair value: [(arrow_function "async" @fact.modifier) (function_expression "async" @fact.modifier)])
  (assignment_expression right: [(arrow_function "async" @fact.modifier) (function_expression "async" @fact.modifier)])]
 @definition)
(export_statement ["export" "default"] @fact.modifier declaration: (_) @definition)
(export_statement ["export" "default"] @fact.modifier value: (_) @definition)
(export_statement "export" @fact.modifier declaration: [
  (lexical_declaration (variable_declarator) @definition)
  (variable_declaration (variable_declarator) @definition)])
(lexical_declaration ["const" "let"] @fact.modifier (variable_declarator) @definition)
(variable_declaration "var" @fact.modifier (variable_declarator) @definition)
([(class_declaration decorator: (decorator) @fact.decorator)
  (class decorator: (decorator) @fact.decorator)] @definition)
(export_statement decorator: (decorator) @fact.decorator declaration: (_) @definition)

([(function_declaration body: (_) @fact.body)
  (generator_function_declaration body: (_) @fact.body)
  (function_expression body: (_) @fact.body)
  (generator_function body: (_) @fact.body)
  (method_definition body: (_) @fact.body)
  (class_declaration body: (_) @fact.body)
  (class body: (_) @fact.body)
  (variable_declarator value: [
    (arrow_function body: (_) @fact.body) (function_expression body: (_) @fact.body)
    (generator_function body: (_) @fact.body) (class body: (_) @fact.body)])
  (pair value: [
    (arrow_function body: (_) @fact.body) (function_expression body: (_) @fact.body)
    (generator_function body: (_) @fact.body)])
  (assignment_expression right: [
    (arrow_function body: (_) @fact.body) (function_expression body: (_) @fact.body)
    (generator_function body: (_) @fact.body) (class body: (_) @fact.body)])] @definition)

; A lone parameter without brackets: book => book.title
([(variable_declarator value: (arrow_function parameter: (identifier) @fact.parameter))
  (pair value: (arrow_function parameter: (identifier) @fact.parameter))
  (assignment_expression right: (arrow_function parameter: (identifier) @fact.parameter))] @definition)

(variable_declarator value: (_) @fact.value) @definition
([(variable_declarator value: (arrow_function "=>" @fact.form))
  (pair value: (arrow_function "=>" @fact.form))
  (assignment_expression right: (arrow_function "=>" @fact.form))] @definition
 (#set! cq.kind "arrow-function"))
((variable_declarator name: (identifier) @fact.form) @definition
 (#set! cq.kind "constant") (#match? @fact.form "^_*[A-Z][A-Z0-9_]*$"))
([(generator_function_declaration "*" @fact.form)
  (method_definition "*" @fact.form)] @definition
 (#set! cq.kind "generator"))
((method_definition "get" @fact.form) @definition (#set! cq.kind "property"))
((method_definition "set" @fact.form) @definition (#set! cq.kind "property"))
((method_definition "static" @fact.form) @definition (#set! cq.kind "static-method"))

; What a body does, without the functions and classes in it.
([(function_declaration body: (_) @deep)
  (generator_function_declaration body: (_) @deep)
  (function_expression body: (_) @deep)
  (method_definition body: (_) @deep)
  (variable_declarator value: [(arrow_function body: (_) @deep) (function_expression body: (_) @deep)])
  (pair value: [(arrow_function body: (_) @deep) (function_expression body: (_) @deep)])
  (assignment_expression right: [(arrow_function body: (_) @deep) (function_expression body: (_) @deep)])] @definition)
([(function_declaration body: (_) @boundary)
  (generator_function_declaration body: (_) @boundary)
  (function_expression body: (_) @boundary)
  (generator_function body: (_) @boundary)
  (arrow_function body: (_) @boundary)
  (method_definition body: (_) @boundary)
  (class_body) @boundary])
(throw_statement (_) @fact.raises) @inside
(yield_expression) @fact.yields @inside
(await_expression (_) @fact.awaits) @inside

; What encloses a name.
[(statement_block) (program) (class_body) (function_declaration) (generator_function_declaration) (class_declaration)
 (method_definition) (arrow_function) (function_expression)] @limit
(call_expression function: (_) @fact.call.target) @enclosing
(call_expression function: (member_expression object: (_) @fact.call.receiver)) @enclosing
((call_expression arguments: (arguments) @fact.call.arguments) @enclosing (#set! cq.list ","))
(new_expression constructor: (_) @fact.call.target) @enclosing
((new_expression arguments: (arguments) @fact.call.arguments) @enclosing (#set! cq.list ","))
(member_expression object: (_) @fact.attribute.object property: (_) @fact.attribute.name) @enclosing
(variable_declarator name: (_) @fact.assignment.target) @enclosing
(variable_declarator value: (_) @fact.assignment.value) @enclosing
(assignment_expression left: (_) @fact.assignment.target right: (_) @fact.assignment.value) @enclosing
(augmented_assignment_expression left: (_) @fact.assignment.target right: (_) @fact.assignment.value) @enclosing
(augmented_assignment_expression operator: [
  "+=" "-=" "*=" "/=" "%=" "**=" "<<=" ">>=" ">>>=" "&=" "|=" "^=" "&&=" "||=" "??="] @fact.assignment.operator)
 @enclosing

; Imports. What a name brings in stands at its own node, what it comes from at the statement's.
(import_statement source: (string (string_fragment) @fact.import.module)) @enclosing
(export_statement source: (string (string_fragment) @fact.import.module)) @enclosing
(export_statement "export" @fact.import.reexport source: (_)) @enclosing
(import_specifier name: (_) @fact.import.name) @enclosing
(import_specifier alias: (_) @fact.import.alias) @enclosing
(export_statement (export_clause (export_specifier name: (_) @fact.import.name) @enclosing) source: (_))
(export_statement (export_clause (export_specifier
  name: (_) @fact.import.name alias: (_) @fact.import.alias) @enclosing) source: (_))
(namespace_import "*" @fact.import.star (identifier) @fact.import.alias) @enclosing
(namespace_export "*" @fact.import.star (identifier) @fact.import.alias) @enclosing
(import_clause (identifier) @fact.import.alias) @enclosing
