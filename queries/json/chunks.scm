; Definitions to keep whole. @body is what a signature ends at.

(pair key: (string) @name value: (object) @body) @definition.key
(pair key: (string) @name value: (array) @body) @definition.key
