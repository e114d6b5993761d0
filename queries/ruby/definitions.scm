; What a name is bound to for others to use. A pattern further down wins over one above it for the same name.

((module name: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.module
 (#set! cq.scope "module {name}"))
((class name: [(constant) @name (scope_resolution name: (constant) @name)]) @definition.class
 (#set! cq.scope "class {name}"))
((method name: [(identifier) @name (constant) @name (setter (identifier) @name)]) @definition.method
 (#set! cq.scope "def {name}"))
((singleton_method name: [(identifier) @name (setter (identifier) @name)]) @definition.method
 (#set! cq.scope "def self.{name}"))
; An operator stands where a name does.
((method "def" name: (operator) @name) @definition.method (#set! cq.scope "def {name}"))
((singleton_method "def" name: (operator) @name) @definition.method (#set! cq.scope "def self.{name}"))
(alias name: (identifier) @name) @definition.method
((call method: (identifier) @_alias arguments: (argument_list . (simple_symbol) @name)) @definition.method
 (#eq? @_alias "alias_method"))
; A constant is one wherever it stands; variables of instances and classes have no declaration.
(assignment left: [(constant) @name (left_assignment_list (constant) @name)]) @definition.constant
((call
   method: (identifier) @_attribute
   arguments: (argument_list (simple_symbol) @name)) @definition.field
 (#any-of? @_attribute "attr_reader" "attr_writer" "attr_accessor"))
