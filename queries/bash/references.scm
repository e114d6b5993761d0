; Every other use of a name.

(variable_name) @name @reference.reference
(for_statement variable: (variable_name) @name) @reference.assignment
(postfix_expression (variable_name) @name) @reference.assignment
