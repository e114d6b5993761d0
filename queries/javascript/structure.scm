; inherits: ecma, jsx

((formal_parameters [
   (object_pattern) @within.parameter
   (array_pattern) @within.parameter
   (assignment_pattern left: (object_pattern) @within.parameter)
   (assignment_pattern left: (array_pattern) @within.parameter)
   (rest_pattern (object_pattern) @within.parameter)
   (rest_pattern (array_pattern) @within.parameter)]) (#set! cq.over "assignment"))
