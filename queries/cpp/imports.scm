; inherits: cfamily

((using_declaration [(identifier) @name (qualified_identifier name: (identifier) @name)]) @reference.import
 (#set! cq.kind "name"))
