; Names that are called, and names of decorators.

(call function: (identifier) @name) @reference.call
((call function: (attribute attribute: (identifier) @name)) @reference.call
 (#set! cq.kind "method"))
; f[T](x): a call of a subscripted name
(call function: (subscript value: (identifier) @name)) @reference.call
((call function: (subscript value: (attribute attribute: (identifier) @name))) @reference.call
 (#set! cq.kind "method"))

(decorator (identifier) @name) @reference.decorator
(decorator (attribute attribute: (identifier) @name)) @reference.decorator
(decorator (call function: (identifier) @name)) @reference.decorator
(decorator (call function: (attribute attribute: (identifier) @name))) @reference.decorator
