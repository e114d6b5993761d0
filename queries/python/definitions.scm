; What a name is bound to for others to use: functions, classes, and the variables of modules and classes.
; A pattern further down wins over one above it for the same name.

((function_definition name: (identifier) @name) @definition.function
 (#set! cq.scope "def {name}") (#set! cq.at.class "definition.method"))

((class_definition name: (identifier) @name) @definition.class
 (#set! cq.scope "class {name}"))

(type_alias_statement left: (type [(identifier) @name (generic_type (identifier) @name)])) @definition.type

; An assignment defines in a module or a class, and only assigns in a function.
((assignment left: (identifier) @name) @reference.assignment
 (#set! cq.at.module "definition.variable") (#set! cq.at.class "definition.field"))
; a, (b, *c) = d
((assignment left: [
   (pattern_list [
     (identifier) @name
     (list_splat_pattern (identifier) @name)
     (tuple_pattern [
       (identifier) @name
       (list_splat_pattern (identifier) @name)
       (tuple_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])])
     (list_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])])
   (tuple_pattern [
     (identifier) @name
     (list_splat_pattern (identifier) @name)
     (tuple_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])
     (list_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])])
   (list_pattern [
     (identifier) @name
     (list_splat_pattern (identifier) @name)
     (tuple_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])
     (list_pattern [(identifier) @name (list_splat_pattern (identifier) @name)])])]) @reference.assignment
 (#set! cq.at.module "definition.variable") (#set! cq.at.class "definition.field"))
