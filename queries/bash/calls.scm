; Commands. Whether one is a function of the script or a program its definition tells.

(command name: (command_name (word) @name)) @reference.call
