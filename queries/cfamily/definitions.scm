; What a name is bound to for others to use, in C and in C++ alike. A pattern further down wins over one above it for the
; same name. A declarator may stand in pointers and brackets: `char *(*open(void))`.

((declaration declarator: [
   (identifier) @name
   (pointer_declarator declarator: [
     (identifier) @name
     (array_declarator declarator: (identifier) @name)
     (pointer_declarator declarator: [(identifier) @name (array_declarator declarator: (identifier) @name)])])
   (array_declarator declarator: [(identifier) @name (array_declarator declarator: (identifier) @name)])
   (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name)))
   (init_declarator declarator: [
     (identifier) @name
     (pointer_declarator declarator: [
       (identifier) @name
       (array_declarator declarator: (identifier) @name)
       (pointer_declarator declarator: [(identifier) @name (array_declarator declarator: (identifier) @name)])])
     (array_declarator declarator: [(identifier) @name (array_declarator declarator: (identifier) @name)])
     (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (identifier) @name)))])])
 @reference.assignment
 (#set! cq.at.module "definition.variable") (#set! cq.at.namespace "definition.variable"))
; The variable of a loop.
((for_statement initializer: (declaration declarator: (init_declarator declarator: (identifier) @name)))
 @reference.assignment)

; A function, and a declaration of one.
((function_definition declarator: [
   (function_declarator declarator: [
     (identifier) @name
     (parenthesized_declarator (pointer_declarator declarator: (function_declarator declarator: (identifier) @name)))])
   (pointer_declarator declarator: [
     (function_declarator declarator: (identifier) @name)
     (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))])]) @definition.function
 (#set! cq.scope "{name}()"))
([(declaration declarator: [
    (function_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: [
      (function_declarator declarator: (identifier) @name)
      (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))])])] @definition.prototype)

((struct_specifier name: (type_identifier) @name body: (_)) @definition.struct (#set! cq.scope "struct {name}"))
((union_specifier name: (type_identifier) @name body: (_)) @definition.union (#set! cq.scope "union {name}"))
((enum_specifier name: (type_identifier) @name body: (_)) @definition.enum (#set! cq.scope "enum {name}"))
(enumerator name: (identifier) @name) @definition.variant
(field_declaration declarator: [
  (field_identifier) @name
  (pointer_declarator declarator: [
    (field_identifier) @name
    (array_declarator declarator: (field_identifier) @name)
    (pointer_declarator declarator: (field_identifier) @name)])
  (array_declarator declarator: [
    (field_identifier) @name
    (array_declarator declarator: (field_identifier) @name)])
  (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (field_identifier) @name)))])
 @definition.field
(type_definition declarator: [
  (type_identifier) @name
  (pointer_declarator declarator: (type_identifier) @name)
  (array_declarator declarator: (type_identifier) @name)
  (function_declarator declarator: [
    (type_identifier) @name
    (parenthesized_declarator [(type_identifier) @name (pointer_declarator declarator: (type_identifier) @name)])])])
 @definition.type
(preproc_def name: (identifier) @name) @definition.macro
(preproc_function_def name: (identifier) @name) @definition.macro
