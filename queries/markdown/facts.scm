; What a definition says of itself. @definition is its node.

(setext_heading [(setext_h1_underline) (setext_h2_underline)] @fact.body) @definition
