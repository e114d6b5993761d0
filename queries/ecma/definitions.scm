; What a name is bound to for others to use, in JavaScript and in TypeScript alike. A pattern further down wins over one
; above it for the same name.

((function_declaration name: (identifier) @name) @definition.function (#set! cq.scope "function {name}"))
((generator_function_declaration name: (identifier) @name) @definition.function (#set! cq.scope "function {name}"))
((function_expression name: (identifier) @name) @definition.function (#set! cq.scope "function {name}"))
((generator_function name: (identifier) @name) @definition.function (#set! cq.scope "function {name}"))

; Of classes and of objects. `get`, `set`, `static` and `async` are facts.
((method_definition name: (property_identifier) @name) @definition.method (#set! cq.scope "{name}()"))
((method_definition name: (private_property_identifier) @name) @definition.method (#set! cq.scope "{name}()"))

; A variable is defined in a module, and only assigned in a function. What is taken apart in it: structure.scm.
((variable_declarator name: (identifier) @name) @reference.assignment
 (#set! cq.at.module "definition.variable") (#set! cq.at.namespace "definition.variable"))
([(shorthand_property_identifier_pattern) @name
  (pair_pattern value: [(identifier) @name (assignment_pattern left: (identifier) @name)])
  (array_pattern [(identifier) @name (assignment_pattern left: (identifier) @name)])
  (rest_pattern (identifier) @name)] @reference.assignment
 (#set! cq.at.module "definition.variable") (#set! cq.at.namespace "definition.variable"))
; The variables of a loop.
(for_statement initializer: [
  (lexical_declaration (variable_declarator name: (identifier) @name))
  (variable_declaration (variable_declarator name: (identifier) @name))]) @reference.assignment

; A name for what would have none: const open = () => {}; const Shelf = class {}; const api = { open() {} }
((variable_declarator
   name: (identifier) @name
   value: [(arrow_function) (function_expression) (generator_function)]) @definition.function
 (#set! cq.scope "function {name}"))
((variable_declarator name: (identifier) @name value: (class)) @definition.class (#set! cq.scope "class {name}"))
((variable_declarator name: (identifier) @name value: (object)) @reference.assignment
 (#set! cq.scope "{name}")
 (#set! cq.at.module "definition.variable") (#set! cq.at.namespace "definition.variable"))
((pair
   key: [(property_identifier) (private_property_identifier)] @name
   value: [(arrow_function) (function_expression) (generator_function)]) @definition.method
 (#set! cq.scope "{name}()"))

; Shelf.prototype.open = function () {}; exports.open = () => {}
((assignment_expression
   left: (member_expression property: [(property_identifier) (private_property_identifier)] @name)
   right: [(arrow_function) (function_expression) (generator_function)]) @definition.method
 (#set! cq.scope "{name}()"))
((assignment_expression
   left: (member_expression object: [(identifier) (member_expression)] @_exports property: (property_identifier) @name)
   right: [(arrow_function) (function_expression) (generator_function)]) @definition.function
 (#set! cq.scope "function {name}")
 (#any-of? @_exports "exports" "module.exports"))
((assignment_expression
   left: (member_expression property: (property_identifier) @name)
   right: (class)) @definition.class
 (#set! cq.scope "class {name}"))

; export { shelf as library }: a name that others know it by.
(export_statement !source (export_clause (export_specifier alias: (identifier) @name) @definition.export))
