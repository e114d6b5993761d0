; Namespaces and types that a file uses, and names for them.

(using_directive [(identifier) (qualified_name)] @within.import) @reference.import
(using_directive (identifier) @name) @reference.import
(using_directive (qualified_name name: (identifier) @name)) @reference.import
((using_directive name: (identifier) @name) @reference.import (#set! cq.kind "alias"))
