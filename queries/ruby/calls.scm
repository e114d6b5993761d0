; Methods that are called. A lone word may be one, too, or a variable: nobody can tell without running it.

(call method: [(identifier) @name (constant) @name]) @reference.call
((call receiver: (_) method: [(identifier) @name (constant) @name]) @reference.call (#set! cq.kind "method"))
((call method: (super) @name) @reference.call (#set! cq.kind "constructor"))
