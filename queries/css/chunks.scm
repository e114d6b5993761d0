; Definitions to keep whole. @body is what a signature ends at.

(rule_set (selectors) @name (block) @body) @definition.rule
(media_statement . "@media" . (_) @name (block) @body) @definition.media
(supports_statement . "@supports" . (_) @name (block) @body) @definition.supports
(keyframes_statement (keyframes_name) @name (keyframe_block_list) @body) @definition.keyframes
(at_rule . (at_keyword) @name (block) @body) @definition.at-rule
