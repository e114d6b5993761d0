; Regions: what a name in them is when no pattern of another pack says it.

(string) @within.string
[(integer) (float) (boolean) (offset_date_time) (local_date_time) (local_date) (local_time)] @within.keyword
(comment) @within.comment
