; Every other use of a name.

(field name: (identifier) @name) @reference.attribute
((object_reference name: (identifier) @name) @reference.reference (#set! cq.kind "table"))
(column name: (identifier) @name) @reference.attribute
(term alias: (identifier) @name) @reference.assignment
(relation alias: (identifier) @name) @reference.assignment
(cte (identifier) @name) @reference.assignment
(function_argument (identifier) @name) @reference.parameter
