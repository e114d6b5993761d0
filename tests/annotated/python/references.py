# complete for: assignment, attribute, reference, call, parameter, type, definition, import, decorator


def borrow(book, reader, days=1):
#   ^ definition.function ^ parameter
#          ^ parameter
#                ^ parameter
    book.owner = reader
    # ^ reference ^ reference
    #    ^ assignment.attribute
    book.shelf.row, reader.card = days, None
    # ^ reference   ^ reference   ^ reference
    #    ^ attribute       ^ assignment.attribute
    #          ^ assignment.attribute
    first, *book.rest = book.pages
    # ^ assignment ^ assignment.attribute
    #       ^ reference ^ reference
    #                        ^ attribute
    left = right = middle = days
    # ^ assignment ^ assignment
    #      ^ assignment     ^ reference
    (a, [b, *c]), d = book
#    ^ assignment ^ assignment
    #    ^ assignment ^ reference
    #        ^ assignment
    days += 1
    # ^ assignment
    book.days -= days
    # ^ reference ^ reference
    #    ^ assignment.attribute
    book.index[days] = reader
    # ^ reference ^ reference
    #    ^ attribute   ^ reference
    if (found := book.find(reader)) is None:
    #   ^ assignment  ^ call.method
    #            ^ reference ^ reference
        del book.owner, days
        #   ^ reference ^ reference
        #        ^ attribute
    for page in book:
    #   ^ assignment
    #           ^ reference
        page.read
        # ^ reference
        #    ^ attribute
    for number, (line, *words) in book:
    #   ^ assignment    ^ assignment ^ reference
    #            ^ assignment
        number
        # ^ reference
    for book.current in reader:
    #   ^ reference     ^ reference
    #        ^ assignment.attribute
        pass
    for [x, y] in reader:
    #    ^ assignment ^ reference
    #       ^ assignment
        pass
    pages = [page for page, (left, right) in book if page]
    # ^ assignment    ^ assignment ^ assignment ^ reference
    #        ^ reference     ^ assignment            ^ reference
    keys = {key: value for key, value in book.items()}
    # ^ assignment ^ reference  ^ assignment  ^ call.method
    #       ^ reference    ^ assignment  ^ reference
    with open(book) as file, book.lock as (one, two), reader as book.file:
    #    ^ call ^ reference  ^ reference   ^ assignment ^ reference  ^ assignment.attribute
    #                  ^ assignment ^ attribute ^ assignment    ^ reference
        file
        # ^ reference
    with (reader as r, book as [head, *body]):
    #     ^ reference  ^ reference ^ assignment
    #               ^ assignment       ^ assignment
        r
        # <- reference
    try:
        pass
    except (KeyError, book.Error) as error:
    #       ^ reference ^ reference  ^ assignment
    #                      ^ attribute
        raise error from reader
        #     ^ reference ^ reference
    except OSError:
    #      ^ reference
        pass
    return book.sort(key=reader, reverse=days)
    #      ^ reference ^ reference.keyword-argument
    #           ^ call.method ^ reference ^ reference
    #                            ^ reference.keyword-argument


def globally():
#   ^ definition.function
    global shelf, room
    #      ^ reference
    #             ^ reference
    nonlocal_ = shelf
    # ^ assignment ^ reference
    room = 1
    # ^ assignment

    def inner():
    #   ^ definition.function
        nonlocal nonlocal_
        #        ^ reference
        nonlocal_ = None
        # ^ assignment
        return lambda shelf, *rows, **kw: shelf.rows
        #             ^ parameter     ^ parameter ^ attribute
        #                     ^ parameter ^ reference

    return inner
    #      ^ reference


async def load():
#         ^ definition.function
    return [i async for i in shelf if await i.ready]
    #       ^ reference ^ assignment        ^ reference
    #                        ^ reference      ^ attribute


class Shelf(borrow.Base[int], shelf, metaclass=borrow.Meta, frozen=True):
#     ^ definition.class ^ reference ^ reference.keyword-argument
#           ^ reference       ^ type.base      ^ reference  ^ reference.keyword-argument
#                  ^ type.base                        ^ type.metaclass
    rows: borrow.rows.Count = shelf.rows
    # ^ definition.field ^ type ^ reference
    #     ^ reference               ^ attribute
    #            ^ attribute

    def __init__(self):
    #   ^ definition.method
    #            ^ parameter
        self.rows: list = self.rows
        # ^ reference ^ type ^ reference
        #    ^ assignment.attribute
        #                      ^ attribute
        self.size = self.rows.count = 0
        # ^ reference ^ reference ^ assignment.attribute
        #    ^ assignment.attribute
        #                ^ attribute
        assert self is not None, self.size
        #      ^ reference       ^ reference
        #                             ^ attribute
