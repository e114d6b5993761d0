# complete for: definition, parameter, call, assignment, attribute, string, keyword
def greet[T](who: T, *, width=3):
# ^ keyword  ^ parameter ^ parameter
#   ^ definition.function     ^ string
#         ^ parameter.type
    f"hello {who.name!r:>{width}} and {who if who else None}"
    # <- string  ^ attribute      ^ string ^ keyword ^ keyword
    # ^ string        ^ string                         ^ keyword
    f"{ {key: 'a' for key in who} } {who=} {{who}} {who:%d}"
    # <- string   ^ keyword                  ^ string    ^ string
    #          ^ string ^ assignment
    #                     ^ keyword
    f"{', '.join(f'{x:d}' for x in who)}"
    # <- string  ^ string ^ keyword
    #       ^ call.method     ^ assignment
    #                 ^ string  ^ keyword
    f'{who['name']} {len(f"{f"{who.deep}"}")}'
    # <- string      ^ call ^ string ^ attribute
    #       ^ string     ^ string
    rf"\d{who}" u"text"
    # <- string ^ string
    #   ^ string  ^ string
    return b"bytes"
    # ^ keyword ^ string
    #      ^ string


async def gather():
# ^ keyword ^ definition.function
#     ^ keyword
    try:
    # ^ keyword
        async with open() as file, file.lock as (a, b):
        # ^ keyword ^ call ^ keyword    ^ attribute ^ assignment
        #     ^ keyword      ^ assignment    ^ keyword
        #                                        ^ assignment
            pass
            # ^ keyword
    except* ValueError as group:
    # ^ keyword        ^ keyword
    #                     ^ assignment
        raise group
        # ^ keyword
    if (found := await file.read()) and 1.e-6 > 0x1f:
    # <- keyword ^ keyword  ^ call.method ^ string ^ string
    #   ^ assignment                ^ keyword
    #                                   ^ string
    #                                       ^ string
        yield [found async for found in file]
        # ^ keyword  ^ keyword ^ assignment
        #                  ^ keyword ^ keyword


type Tree[K] = dict[K, Tree[K]]
# ^ keyword
#    ^ definition.type
#         ^ parameter.type
