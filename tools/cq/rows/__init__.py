"""Everything that cq emits, as frozen structs; the JSON Schemas in `contracts/` are made from these.

Positions: `line` and `column` are 1-based and a column counts code points; `start_byte` and `end_byte` are
0-based and half-open. Fields that are empty are left out of the JSON.
"""
