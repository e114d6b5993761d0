; Definitions to keep whole. @body is what a signature ends at.

(block_mapping_pair key: (flow_node) @name value: (block_node) @body) @definition.key
