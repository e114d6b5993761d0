; inherits: cfamily

((namespace_definition name: (namespace_identifier) @name) @definition.namespace (#set! cq.scope "namespace {name}"))
((namespace_definition "namespace" name: (nested_namespace_specifier) @name) @definition.namespace
 (#set! cq.scope "namespace {name}"))
(namespace_alias_definition name: (namespace_identifier) @name) @definition.namespace
((class_specifier name: [(type_identifier) @name (template_type name: (type_identifier) @name)] body: (_))
 @definition.class (#set! cq.scope "class {name}"))
((struct_specifier name: (template_type name: (type_identifier) @name) body: (_)) @definition.struct
 (#set! cq.scope "struct {name}"))
(alias_declaration name: (type_identifier) @name) @definition.type
(concept_definition name: (identifier) @name) @definition.concept

; Shelf::add() { } defines a method of Shelf; it may as well be a function of a namespace, which nobody can tell here.
((function_definition declarator: [
   (function_declarator declarator: [
     (qualified_identifier name: [
       (identifier) @name
       (destructor_name (identifier) @name)
       (template_function name: (identifier) @name)
       (qualified_identifier name: [
         (identifier) @name
         (destructor_name (identifier) @name)])])
     (field_identifier) @name
     (destructor_name (identifier) @name)])
   (pointer_declarator declarator: (function_declarator declarator: [
     (field_identifier) @name
     (qualified_identifier name: (identifier) @name)]))
   (reference_declarator (function_declarator declarator: [
     (field_identifier) @name
     (qualified_identifier name: (identifier) @name)]))]) @definition.method
 (#set! cq.scope "{name}()"))
((function_definition declarator: (reference_declarator (function_declarator declarator: (identifier) @name)))
 @definition.function (#set! cq.scope "{name}()"))
(declaration declarator: (reference_declarator (function_declarator declarator: (identifier) @name)))
 @definition.prototype
; Operators. What is overloaded stands where a name does; what is converted to, behind it.
((function_definition declarator: [
   (function_declarator . (operator_name) @name)
   (pointer_declarator declarator: (function_declarator . (operator_name) @name))
   (reference_declarator (function_declarator . (operator_name) @name))]) @definition.function
 (#set! cq.scope "{name}()") (#set! cq.at.class "definition.method") (#set! cq.at.struct "definition.method"))
((function_definition declarator: [
   (function_declarator . (qualified_identifier name: [
     (operator_name) @name
     (qualified_identifier name: (operator_name) @name)]))
   (pointer_declarator declarator: (function_declarator . (qualified_identifier name: (operator_name) @name)))
   (reference_declarator (function_declarator . (qualified_identifier name: [
     (operator_name) @name
     (qualified_identifier name: (operator_name) @name)])))]) @definition.method
 (#set! cq.scope "{name}()"))
(field_declaration declarator: [
  (function_declarator . (operator_name) @name)
  (pointer_declarator declarator: (function_declarator . (operator_name) @name))
  (reference_declarator (function_declarator . (operator_name) @name))]) @definition.method
((declaration declarator: [
   (function_declarator . (operator_name) @name)
   (pointer_declarator declarator: (function_declarator . (operator_name) @name))
   (reference_declarator (function_declarator . (operator_name) @name))]) @definition.prototype
 (#set! cq.at.class "definition.method") (#set! cq.at.struct "definition.method"))
((function_definition declarator: (operator_cast "operator" type: (_) @name)) @definition.operator
 (#set! cq.scope "operator {name}()"))
(function_definition declarator: (qualified_identifier name: (operator_cast "operator" type: (_) @name)))
 @definition.operator
([(field_declaration declarator: (operator_cast "operator" type: (_) @name))
  (declaration declarator: (operator_cast "operator" type: (_) @name))] @definition.operator)
; The constructor: it stands in its class under the name of it.
((field_declaration_list (function_definition declarator: (function_declarator declarator: (identifier) @name))
  @definition.constructor)
 (#set! cq.scope "{name}()"))
(field_declaration_list (declaration declarator: (function_declarator declarator: (identifier) @name))
 @definition.constructor)
(field_declaration_list (declaration declarator: (function_declarator declarator:
  (destructor_name (identifier) @name))) @definition.method)
(field_declaration declarator: [
  (function_declarator declarator: (field_identifier) @name)
  (pointer_declarator declarator: (function_declarator declarator: (field_identifier) @name))
  (reference_declarator (function_declarator declarator: (field_identifier) @name))]) @definition.method
(field_declaration declarator: (reference_declarator (field_identifier) @name)) @definition.field

; int Shelf::total = 0;
(declaration declarator: (init_declarator declarator: (qualified_identifier name: (identifier) @name)))
 @definition.field
((declaration declarator: [
   (reference_declarator (identifier) @name)
   (init_declarator declarator: (reference_declarator (identifier) @name))]) @reference.assignment
 (#set! cq.at.module "definition.variable") (#set! cq.at.namespace "definition.variable"))
