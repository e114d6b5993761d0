; What a name is bound to for others to use: functions, and the variables of the script.

((function_definition name: (word) @name) @definition.function (#set! cq.scope "{name}()"))
((variable_assignment name: [(variable_name) @name (subscript name: (variable_name) @name)]) @reference.assignment
 (#set! cq.at.module "definition.variable"))
((declaration_command (variable_name) @name) @reference.assignment
 (#set! cq.at.module "definition.variable"))
; Only for the command behind it: FOO=1 make
(command (variable_assignment name: (variable_name) @name)) @reference.assignment
