# complete for: call, decorator
from functools import wraps
import shop


@wraps
# ^ decorator
@shop.register
#     ^ decorator
@shop.route("/books", shop.methods())
#     ^ decorator          ^ call.method
@wraps(shop)(shop.key)
# ^ decorator
@shop.plugins.load("cache").using(print)
#             ^ call.method ^ decorator
@shop.hooks["before"]
@(shop.late)
#      ^ decorator
def sell(book, *args, price=shop.price(), **options) -> shop.Receipt():
#                                ^ call.method               ^ call.method
    print(book)
    # ^ call
    book.pages[0].turn(now=shop.now())
    #             ^ call.method ^ call.method
    sell(book)(price)
    # ^ call
    (sell)(book)
    # ^ call
    (book.sell)(price)
    #     ^ call.method
    shop.handlers[price](book)
    table[price](book)[0](price)
    [sell(each) for each in sorted(args, key=len) if each.sold()]
    # ^ call                ^ call                        ^ call.method
    lambda: sell(*args, **dict(options))
    #       ^ call        ^ call
    raise shop.SoldOut(f"{book.title()!r} for {price:{width(price)}}") from ValueError()
    #          ^ call.method   ^ call.method          ^ call                ^ call


@shop.dataclass
#     ^ decorator
class Till(shop.make_base(dict), metaclass=shop.meta()):
#               ^ call.method                   ^ call.method
    drawer: list = shop.field(default_factory=list)
    #                   ^ call.method

    async def close(self):
        await self.count()
        #          ^ call.method
        async with shop.lock(self) as lock, lock.held():
        #               ^ call.method            ^ call.method
            assert not await shop.open(self), repr(self)
            #                     ^ call.method ^ call
        return super().close()
        #      ^ call  ^ call.method


type(shop).count = 3
# ^ call
type(shop)["count"] = 3
# ^ call
print("x") if shop else exec("y")
# ^ call                ^ call
match(shop).group(case(shop), type(shop))
# ^ call    ^ call.method     ^ call
#                 ^ call
print((yield_ := sell(1)), sep="")
# ^ call         ^ call
f(g(h(
# <- call
# ^ call
#   ^ call
    1)))
x = 3 + \
    sell(3)
    # ^ call


print("", *shop.pages.list())
# ^ call              ^ call.method
shelf = {*range(1)}, [*shop.all()]
#         ^ call            ^ call.method
