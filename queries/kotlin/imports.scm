; All words of an import, and the name that it gives.

(import (qualified_identifier) @within.import) @reference.import
((import (qualified_identifier (identifier) @name .)) @reference.import (#set! cq.kind "name"))
((import (identifier) @name) @reference.import (#set! cq.kind "alias"))
