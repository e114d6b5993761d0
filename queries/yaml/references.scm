; Every other use of a name.

(alias (alias_name) @name) @reference.reference
(anchor (anchor_name) @name) @reference.assignment
