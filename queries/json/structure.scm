; Regions: what a name in them is when no pattern of another pack says it.

(string) @within.string
[(number) (true) (false) (null)] @within.keyword
(comment) @within.comment
