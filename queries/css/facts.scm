; What a definition says of itself. @definition is its node.

[(rule_set (block) @fact.body)
 (media_statement (block) @fact.body)
 (supports_statement (block) @fact.body)
 (at_rule (block) @fact.body)
 (keyframes_statement (keyframe_block_list) @fact.body)] @definition
