; What a name is bound to for others to use. A pattern further down wins over one above it for the same name.

((class_declaration name: (identifier) @name) @definition.class (#set! cq.scope "class {name}"))
((class_declaration "interface" name: (identifier) @name) @definition.interface (#set! cq.scope "interface {name}"))
((class_declaration name: (identifier) @name (enum_class_body)) @definition.enum (#set! cq.scope "enum class {name}"))
((object_declaration name: (identifier) @name) @definition.object (#set! cq.scope "object {name}"))
((companion_object name: (identifier) @name) @definition.object (#set! cq.scope "companion object {name}"))
(enum_entry (identifier) @name) @definition.variant
(type_alias type: (identifier) @name) @definition.type
((function_declaration name: (identifier) @name) @definition.function
 (#set! cq.scope "fun {name}")
 (#set! cq.at.class "definition.method") (#set! cq.at.interface "definition.method")
 (#set! cq.at.enum "definition.method") (#set! cq.at.object "definition.method"))
; val and var of a class are its properties.
((property_declaration [
   (variable_declaration (identifier) @name)
   (multi_variable_declaration (variable_declaration (identifier) @name))]) @reference.assignment
 (#set! cq.at.module "definition.variable") (#set! cq.at.class "definition.property")
 (#set! cq.at.interface "definition.property") (#set! cq.at.enum "definition.property")
 (#set! cq.at.object "definition.property"))
(class_parameter ["val" "var"] . (identifier) @name) @definition.property
