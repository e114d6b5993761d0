; What a definition says of itself. @definition is its node.

(pair value: (object) @fact.body) @definition
