; Regions: what a name in them is when no pattern of another pack says it.

(comment) @within.comment
(string) @within.string
; Code again, inside an f-string.
(interpolation) @within.reference
((type) @within.type)
