; What a name is bound to. A pattern further down wins over one above it for the same name.

; The levels nest by `levels` in lanes.toml: a heading that is underlined opens no section in the grammar.
((atx_heading (atx_h1_marker) heading_content: (inline) @name) @definition.h1 (#set! cq.scope "{name}"))
((atx_heading (atx_h2_marker) heading_content: (inline) @name) @definition.h2 (#set! cq.scope "{name}"))
((atx_heading (atx_h3_marker) heading_content: (inline) @name) @definition.h3 (#set! cq.scope "{name}"))
((atx_heading (atx_h4_marker) heading_content: (inline) @name) @definition.h4 (#set! cq.scope "{name}"))
((atx_heading (atx_h5_marker) heading_content: (inline) @name) @definition.h5 (#set! cq.scope "{name}"))
((atx_heading (atx_h6_marker) heading_content: (inline) @name) @definition.h6 (#set! cq.scope "{name}"))
((setext_heading heading_content: (paragraph (inline) @name) (setext_h1_underline)) @definition.h1 (#set! cq.scope "{name}"))
((setext_heading heading_content: (paragraph (inline) @name) (setext_h2_underline)) @definition.h2 (#set! cq.scope "{name}"))
