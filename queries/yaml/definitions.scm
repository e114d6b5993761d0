; What a name is bound to. A pattern further down wins over one above it for the same name.

; `on:` in a workflow is a boolean to the grammar.
((block_mapping_pair
   key: (flow_node [
     (plain_scalar [(string_scalar) @name (integer_scalar) @name (boolean_scalar) @name (null_scalar) @name])
     (double_quote_scalar) @name
     (single_quote_scalar) @name])) @definition.key
 (#set! cq.scope "{name}"))
((flow_pair
   key: (flow_node [
     (plain_scalar [(string_scalar) @name (integer_scalar) @name])
     (double_quote_scalar) @name
     (single_quote_scalar) @name])) @definition.key
 (#set! cq.scope "{name}"))
