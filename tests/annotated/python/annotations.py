# complete for: type, attribute
from __future__ import annotations

import numpy as np
import typing as t

Reader = t.TypeVar("Reader", bound="Person")
limit: int = 3
#      ^ type
name: str | None = None
#     ^ type
table: dict[str, list[np.ndarray]] = {}
#      ^ type ^ type     ^ type
#                ^ type
choice: t.Literal["left", "right"] | None
#         ^ type
side: Literal["up", "down"] = "up"
#     ^ type
either: Union["Reader", np.ndarray[np.int64, "x"], t.Optional[Reader]]
#       ^ type ^ type.forward-reference ^ type       ^ type   ^ type
#                          ^ type
mixed: "Reader | None" | Reader
#       ^ type.forward-reference
#                ^ type.forward-reference
#                        ^ type
deep: np.typing.NDArray | t.Any
#        ^ attribute ^ type ^ type
call: Callable[[int, Reader], np.ndarray] = min
#     ^ type    ^ type ^ type    ^ type
self.count: int = 0
#           ^ type


def read(
    book: Book,
    #     ^ type
    pages: list["Page"],
    #      ^ type ^ type.forward-reference
    *rest: int,
    #      ^ type
    mode: t.Literal["r"] = limit.value,
    #       ^ type               ^ attribute
    where: Annotated[str, Field(gt=limit)] = "x",
    #      ^ type    ^ type        ^ type
    **options: t.Unpack[Options],
    #            ^ type ^ type
) -> t.Iterator["Page"]:
#      ^ type
    line: "Line" = book.first
    #      ^ type.forward-reference
    #                   ^ attribute
    x: str if book else int
    #  ^ type ^ type    ^ type
    return lambda book: book.last
    #                        ^ attribute


class Shelf(Base, np.Mixin, t.Generic[Reader], Mapping[str, int], make(dict), metaclass=Meta):
#           ^ type.base ^ type.base ^ type.base ^ type.base                             ^ type.metaclass
    kind: t.ClassVar["Kind"]
    #       ^ type

    def rows(self: Shelf, other: Shelf.Row) -> None: ...
    #              ^ type              ^ type


def first[T: (int, Book), *Rows, **P](items: list[T], *args: *Rows) -> T: ...
#             ^ type ^ type                  ^ type           ^ type   ^ type
#                                                 ^ type


class Box[T: Book]:
#            ^ type
    item: T
    #     ^ type


type Pair[A, B: np.int8] = tuple[A, B | np.ndarray]
#                  ^ type  ^ type   ^ type ^ type
#                                ^ type
type Name = str
#           ^ type
type(limit).name = limit
type(limit).name = limit.name(limit)


with open(name) as (shelf), lock:
    # ^ call            ^ assignment
    pages: Annotated["Book", "says", Annotated[int, "more"]]
    # ^ definition.variable
    #       ^ type
    #                 ^ type.forward-reference
    #                                ^ type
    #                                          ^ type
