; What is required.

((call method: (identifier) @_require arguments: (argument_list . (string (string_content) @within.import)))
 @reference.import
 (#any-of? @_require "require" "require_relative" "load"))
