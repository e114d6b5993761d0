# complete for: definition, call, import, type, parameter, assignment, attribute
source ./lib.sh
#^ call  ^ import
#            ^ import
. "$HOME/lib.sh" "open"
#        ^ import ^ import
#            ^ import
. lib/"$x" 'raw'
#           ^ import
readonly MAX=10
#        ^ definition.variable
declare -r NAME=1 OTHER
#          ^ definition.variable
#                 ^ definition.variable
count=1
#^ definition.variable
open() { local path="$1" n; m=2; echo "$path" ${n:-2}; }
#^ definition.function   ^ assignment
#              ^ assignment ^ assignment
#                                ^ call
function close_it { return 0; }
#        ^ definition.function
#                   ^ call
arr=(a b); arr[0]=c
#^ definition.variable
#          ^ definition.variable
open "a" | grep -v foo && close_it
#^ call    ^ call         ^ call
for i in 1 2; do echo "open $i"; done
#   ^ assignment ^ call
y=$(open "b" `date`) # open
# <- definition.variable
#   ^ call    ^ call
((count++))
# ^ assignment
cat <<EOF
#^ call
open $x $(open)
#         ^ call
EOF
FOO=bar open
#^ assignment
#       ^ call
