; Names that are called, made with `new`, or decorate.

(call_expression function: [
  (identifier) @name
  (super) @name
  (parenthesized_expression (identifier) @name)]) @reference.call
; open(), a.open(), a?.open(), a.#open()
((call_expression function: [
   (member_expression property: [(property_identifier) @name (private_property_identifier) @name])
   (parenthesized_expression (member_expression property: (property_identifier) @name))]) @reference.call
 (#set! cq.kind "method"))
; (0, open)(), (0, a.open)(): what compilers write.
(call_expression function: (parenthesized_expression (sequence_expression (identifier) @name .))) @reference.call
((call_expression function: (parenthesized_expression (sequence_expression
   (member_expression property: (property_identifier) @name) .))) @reference.call
 (#set! cq.kind "method"))
((new_expression constructor: [
   (identifier) @name
   (member_expression property: (property_identifier) @name)
   (parenthesized_expression [(identifier) @name (member_expression property: (property_identifier) @name)])])
 @reference.call (#set! cq.kind "constructor"))

; The whole name of a decorator: @app.route("/")
(decorator [
  (identifier) @name
  (member_expression property: (property_identifier) @name)
  (parenthesized_expression [(identifier) @name (member_expression property: (property_identifier) @name)])
  (call_expression function: [
    (identifier) @name
    (member_expression property: (property_identifier) @name)])]) @reference.decorator
