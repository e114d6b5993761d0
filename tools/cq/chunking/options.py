"""What a chunk is to be: the limits in units, the view, the fields. All that the chunks of a file depend on."""

import msgspec

from cq.errors import CqError

# A smaller limit would not hold what cannot be cut: a character may be four bytes, or several tokens.
LEAST_LIMIT = {"tokens": 16, "chars": 16, "nws": 16, "bytes": 64, "lines": 1}
# Of each unit: the soft limit, the hard one, and below what a chunk is joined to its neighbour. With chunks twice as
# large less of what is asked for is found within the same number of tokens (benchmarks/chunk_retrieval.py).
DEFAULTS = {
    "tokens": (200, 400, 25),
    "chars": (800, 1600, 100),
    "nws": (550, 1100, 70),
    "lines": (20, 40, 3),
    "bytes": (800, 1600, 100),
}


class ChunkOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How files are cut. Made by `chunk_options`, which knows the defaults and refuses what makes no sense."""

    view: str = "partition"  # or "defs"
    unit: str = "tokens"
    target: int = 200
    most: int = 400
    least: int = 25
    overlap: int = 0
    header: bool = True
    imports: bool = False  # in the header, too: what a chunk uses of what its file imports
    tokenizer: str = ""  # "": the estimate; the name of a vocabulary; or the path of a tokenizer.json
    uses: bool = False  # imports, names and calls of each chunk
    kinds: tuple[str, ...] = ()  # rows of these kinds only
    query: str = ""  # what is a unit, in place of the chunks pack


def chunk_options(
    *,
    unit: str = "tokens",
    target: int | None = None,
    most: int | None = None,
    least: int | None = None,
    overlap: int = 0,
    **others: object,
) -> ChunkOptions:
    """The options, with what was not said taken from the limits that were. Raises CqError for what cannot be."""
    if unit not in DEFAULTS:
        raise CqError(f"no such unit: {unit!r}", f"one of: {', '.join(DEFAULTS)}")
    usual_target, usual_most, usual_least = DEFAULTS[unit]
    if most is None:
        most = usual_most if target is None else max(2 * target, LEAST_LIMIT[unit])
    if target is None:
        target = min(usual_target, max(1, most // 2))
    if least is None:
        least = min(usual_least, target // 8)
    if most < LEAST_LIMIT[unit]:
        raise CqError(f"at most {most} {unit}: too small to hold any text", f"at least {LEAST_LIMIT[unit]}")
    if target > most:
        raise CqError(f"the target of {target} {unit} is above the limit of {most}", "the target is the smaller one")
    if least > target:
        raise CqError(f"the least of {least} {unit} is above the target of {target}", "the target is the larger one")
    if overlap > most // 2:
        raise CqError(f"an overlap of {overlap} {unit} is over half of the limit of {most}", "take a smaller one")
    made = {"unit": unit, "target": target, "most": most, "least": least, "overlap": overlap, **others}
    return msgspec.convert(made, ChunkOptions)
