; What a definition says of itself. @definition is its node.

(block_mapping_pair value: (block_node) @fact.body) @definition
