; What a definition says of itself. @definition is its node.

([(module body: (_) @fact.body)
  (class body: (_) @fact.body)
  (method body: (_) @fact.body)
  (singleton_method body: (_) @fact.body)] @definition)
(class superclass: (superclass (_) @fact.base)) @definition
([(method parameters: (method_parameters (identifier) @fact.parameter))
  (singleton_method parameters: (method_parameters (identifier) @fact.parameter))] @definition)
((method parameters: (method_parameters (splat_parameter name: (identifier) @fact.parameter))) @definition
 (#set! cq.kind "variadic"))
