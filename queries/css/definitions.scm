; What a name is bound to. A pattern further down wins over one above it for the same name.

; All selectors of a rule are its name, and so each class in them is defined by the rule.
((rule_set . (selectors) @name) @definition.rule (#set! cq.scope "{name}"))
((media_statement . "@media" . (_) @name) @definition.media (#set! cq.scope "@media {name}"))
((supports_statement . "@supports" . (_) @name) @definition.supports (#set! cq.scope "@supports {name}"))
((keyframes_statement (keyframes_name) @name) @definition.keyframes (#set! cq.scope "@keyframes {name}"))
((at_rule . (at_keyword) @name) @definition.at-rule (#set! cq.scope "{name}"))
((at_rule . (at_keyword) . (keyword_query) @name) @definition.at-rule (#set! cq.scope "{name}"))
((declaration . (property_name) @name) @definition.property (#match? @name "^--"))
