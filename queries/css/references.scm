; Every other use of a name.

(property_name) @name @reference.attribute
(function_name) @name @reference.reference
; Selectors that stand in another one, such as :not(.a), are of the rule, too: see definitions.
(tag_name) @name @reference.type
[(class_selector (class_name (identifier) @name)) (id_selector (id_name) @name)] @reference.attribute
