# complete for: call, parameter, definition, import, keyword
import os, sys
# ^ keyword ^ import.module
#      ^ import.module

print "library", os.name
# ^ keyword
print >>sys.stderr, "error", os.getcwd()
# ^ keyword                     ^ call.method
print
exec "code" in scope
# ^ keyword ^ keyword
print("one", "two")
# ^ call
print = 3
# ^ definition.variable


def area((width, height), scale):
# ^ keyword ^ parameter   ^ parameter
#   ^ definition.function
#                ^ parameter
    raise ValueError, "negative"
    # ^ keyword


try:
# ^ keyword
    area((1, 2), 3)
    # ^ call
except ValueError, error:
# ^ keyword
    pass
    # ^ keyword
if area <> os and 0777 or 10L:
# <- keyword  ^ keyword ^ keyword
    spread = lambda (left, right), by: left
    # ^ definition.variable ^ parameter
    #        ^ keyword ^ parameter ^ parameter
backtick = `area`
# ^ definition.variable
name = ur"raw"
# ^ definition.variable
