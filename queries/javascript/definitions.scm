; inherits: ecma

((class_declaration name: (identifier) @name) @definition.class (#set! cq.scope "class {name}"))
((class name: (identifier) @name) @definition.class (#set! cq.scope "class {name}"))
(export_statement !source (export_clause (export_specifier alias: "default" @name) @definition.export))
(field_definition property: [(property_identifier) @name (private_property_identifier) @name]) @definition.field
((field_definition
   property: [(property_identifier) (private_property_identifier)] @name
   value: [(arrow_function) (function_expression) (generator_function)]) @definition.method
 (#set! cq.scope "{name}()"))
