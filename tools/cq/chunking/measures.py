"""The measure that options ask for: a plain one, or the tokens of a vocabulary."""

import functools

from cq.chunking.options import ChunkOptions
from cq.chunking.size import Measure, plain_measure


@functools.lru_cache(maxsize=4)
def measure_of(options: ChunkOptions) -> Measure:
    """The measure; a vocabulary is loaded once per process. Raises CqError when it is not there."""
    if options.unit == "tokens" and options.tokenizer:
        from cq.chunking.vocabulary import exact_tokens  # nothing else needs an extra

        return exact_tokens(options.tokenizer)
    return plain_measure(options.unit)
