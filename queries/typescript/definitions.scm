; inherits: ecma

((function_signature name: (identifier) @name) @definition.function (#set! cq.scope "function {name}"))
((class_declaration name: (type_identifier) @name) @definition.class (#set! cq.scope "class {name}"))
((abstract_class_declaration name: (type_identifier) @name) @definition.class (#set! cq.scope "class {name}"))
((class name: (type_identifier) @name) @definition.class (#set! cq.scope "class {name}"))
((interface_declaration name: (type_identifier) @name) @definition.interface (#set! cq.scope "interface {name}"))
((type_alias_declaration name: (type_identifier) @name) @definition.type (#set! cq.scope "type {name}"))
((enum_declaration name: (identifier) @name) @definition.enum (#set! cq.scope "enum {name}"))
(enum_body name: (property_identifier) @name @definition.variant)
(enum_assignment name: (property_identifier) @name) @definition.variant
((internal_module name: (identifier) @name) @definition.namespace (#set! cq.scope "namespace {name}"))
((module name: (identifier) @name) @definition.namespace (#set! cq.scope "namespace {name}"))
; namespace Shelf.Books.Old: the scope is in structure.scm.
([(internal_module name: (nested_identifier property: (property_identifier) @name))
  (module name: (nested_identifier property: (property_identifier) @name))] @definition.namespace)
([(internal_module name: (nested_identifier object: [
    (identifier) @name @definition.namespace
    (member_expression [
      (identifier) @name @definition.namespace
      (property_identifier) @name @definition.namespace
      (member_expression [
        (identifier) @name @definition.namespace
        (property_identifier) @name @definition.namespace])])]))
  (module name: (nested_identifier object: [
    (identifier) @name @definition.namespace
    (member_expression [
      (identifier) @name @definition.namespace
      (property_identifier) @name @definition.namespace
      (member_expression [
        (identifier) @name @definition.namespace
        (property_identifier) @name @definition.namespace])])]))])

((method_signature name: (property_identifier) @name) @definition.method (#set! cq.scope "{name}()"))
((method_signature name: (private_property_identifier) @name) @definition.method (#set! cq.scope "{name}()"))
((abstract_method_signature name: (property_identifier) @name) @definition.method (#set! cq.scope "{name}()"))
(property_signature name: (property_identifier) @name) @definition.field
(public_field_definition name: [(property_identifier) @name (private_property_identifier) @name]) @definition.field
((public_field_definition
   name: [(property_identifier) (private_property_identifier)] @name
   value: [(arrow_function) (function_expression) (generator_function)]) @definition.method
 (#set! cq.scope "{name}()"))

; constructor(private readonly shelf: Shelf): a parameter that is a field, too.
((required_parameter [(accessibility_modifier) (override_modifier) "readonly"] pattern: (identifier) @name)
 @definition.field)
((optional_parameter [(accessibility_modifier) (override_modifier) "readonly"] pattern: (identifier) @name)
 @definition.field)
