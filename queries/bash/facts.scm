; What a definition says of itself. @definition is its node.

(function_definition body: (_) @fact.body) @definition
(variable_assignment value: (_) @fact.value) @definition
