; Functions and constructors that are called, and annotations.

(call_expression . (identifier) @name) @reference.call
((call_expression . (navigation_expression (_) (identifier) @name .)) @reference.call (#set! cq.kind "method"))
((constructor_invocation (user_type (identifier) @name . (type_arguments)? .)) @reference.call (#set! cq.kind "constructor"))
(annotation [
  (user_type (identifier) @name .)
  (constructor_invocation (user_type (identifier) @name .))]) @reference.decorator
