; What a definition says of itself. @definition is its node.

([(class_declaration body: (_) @fact.body)
  (interface_declaration body: (_) @fact.body)
  (enum_declaration body: (_) @fact.body)
  (record_declaration body: (_) @fact.body)
  (annotation_type_declaration body: (_) @fact.body)
  (method_declaration body: (_) @fact.body)
  (constructor_declaration body: (_) @fact.body)
  (compact_constructor_declaration body: (_) @fact.body)] @definition)
([(class_declaration (modifiers ["public" "protected" "private"] @fact.visibility))
  (interface_declaration (modifiers ["public" "protected" "private"] @fact.visibility))
  (method_declaration (modifiers ["public" "protected" "private"] @fact.visibility))
  (constructor_declaration (modifiers ["public" "protected" "private"] @fact.visibility))
  (field_declaration (modifiers ["public" "protected" "private"] @fact.visibility))] @definition)
([(class_declaration (modifiers ["static" "abstract" "final"] @fact.modifier))
  (method_declaration (modifiers ["static" "abstract" "final" "default" "synchronized"] @fact.modifier))
  (field_declaration (modifiers ["static" "final"] @fact.modifier))] @definition)
([(class_declaration (modifiers [(annotation) (marker_annotation)] @fact.decorator))
  (method_declaration (modifiers [(annotation) (marker_annotation)] @fact.decorator))] @definition)
(class_declaration superclass: (superclass (_) @fact.base)) @definition
(class_declaration interfaces: (super_interfaces (type_list (_) @fact.base))) @definition
(method_declaration type: (_) @fact.returns) @definition
([(method_declaration parameters: (formal_parameters (formal_parameter
    type: (_) @fact.parameter.type name: (identifier) @fact.parameter)))
  (constructor_declaration parameters: (formal_parameters (formal_parameter
    type: (_) @fact.parameter.type name: (identifier) @fact.parameter)))] @definition)
