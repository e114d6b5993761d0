; Names that are called, and names of decorators.

(call function: [(identifier) @name (parenthesized_expression (identifier) @name)]) @reference.call
((call function: [
   (attribute attribute: (identifier) @name)
   (parenthesized_expression (attribute attribute: (identifier) @name))]) @reference.call
 (#set! cq.kind "method"))
; [*open()], {*shelf.open()}: to the grammar the star is of what is called, not of the call.
(call function: (list_splat (identifier) @name)) @reference.call
((call function: (list_splat (attribute attribute: (identifier) @name))) @reference.call (#set! cq.kind "method"))
; `type(self).count = 0` is a type alias to the grammar. references.scm has the rest of it.
(type_alias_statement "type" @name left: (type [(attribute) (subscript)])) @reference.call

; The whole name of a decorator, however often its result is called: @app.route("/"), @wraps(f)(g)
(decorator [
  (identifier) @name
  (attribute attribute: (identifier) @name)
  (parenthesized_expression [(identifier) @name (attribute attribute: (identifier) @name)])
  (call function: [
    (identifier) @name
    (attribute attribute: (identifier) @name)
    (call function: [(identifier) @name (attribute attribute: (identifier) @name)])])]) @reference.decorator
