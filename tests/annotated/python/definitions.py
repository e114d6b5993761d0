# complete for: definition, decorator, parameter
import functools
import os

VERSION = "1.0"
# ^ definition.variable
major, minor = VERSION.split(".")
# ^ definition.variable
#      ^ definition.variable
(first, (second, *others)), [last, *tail] = os.environ
# ^ definition.variable      ^ definition.variable
#        ^ definition.variable      ^ definition.variable
#                 ^ definition.variable
[north, (south, east)] = (west,) = range(3)
# ^ definition.variable   ^ definition.variable
#        ^ definition.variable
#               ^ definition.variable
debug = verbose = False
# ^ definition.variable
#       ^ definition.variable
limit: int
# ^ definition.variable
timeout: float = 2.5
# ^ definition.variable
counter += 1
registry["main"] = os
os.linesep = "\n"

try:
    import fast
except ImportError as error:
    fast = None
    # ^ definition.variable
else:
    if debug:
        speed = 1
        # ^ definition.variable
    with open(VERSION) as handle:
        text = handle.read()
        # ^ definition.variable
for index, item in enumerate(text):
    seen = item
    # ^ definition.variable
while chunk := text.pop():
    rest = chunk
    # ^ definition.variable


@functools.cache
#          ^ decorator
def shelf(place, /, book: str = "x", *rows, size=1, **options):
#   ^ definition.function             ^ parameter     ^ parameter
#         ^ parameter ^ parameter           ^ parameter
    total = 0
    left, right = book
    note: str = "local"
    global limit
    limit = total

    def nested(inner):
    #   ^ definition.function
    #          ^ parameter
        return inner

    class Local:
    #     ^ definition.class
        field = 1
        # ^ definition.field

    return nested


class Library(dict):
#     ^ definition.class
    """Books by name."""

    shelves: int = 3
    # ^ definition.field
    rows, columns = 3, 4
    # ^ definition.field
    #     ^ definition.field
    alias = also = None
    # ^ definition.field
    #       ^ definition.field
    if debug:
        extra = 1
        # ^ definition.field

        def only_in_debug(self):
        #   ^ definition.method
        #                 ^ parameter
            self.found = 1

    for number in range(3):
        tenth = number
        # ^ definition.field

    @property
    # ^ decorator
    def size(self):
    #   ^ definition.method
    #        ^ parameter
        return len(self)

    @size.setter
    #     ^ decorator
    def size(self, value):
    #   ^ definition.method
    #        ^ parameter
    #              ^ parameter
        pass

    async def fetch(self, *, wait: float, **kw: int): pass
    #         ^ definition.method           ^ parameter
    #               ^ parameter ^ parameter

    class Meta:
    #     ^ definition.class
        ordering = ["name"]
        # ^ definition.field

        def key(self): return self.ordering
        #   ^ definition.method
        #       ^ parameter

    lending = lambda self, *days, by=None, **more: (self, (lambda day: day))
    # ^ definition.field    ^ parameter      ^ parameter          ^ parameter
    #                ^ parameter  ^ parameter


def one(): return 1; two = 2
#   ^ definition.function
three = 3; four = 4
# ^ definition.variable
#          ^ definition.variable
def bare(*, a, b=1): x = a
#   ^ definition.function
#           ^ parameter
#              ^ parameter
