"""The measure that options ask for: a plain one, or the tokens of a vocabulary."""

import functools
import os

from cq.chunking.options import ChunkOptions
from cq.chunking.size import Measure, plain_measure


def tokenizer_of(options: ChunkOptions) -> str:
    """What the measure calls its tokenizer, without a vocabulary being loaded."""
    if options.unit != "tokens":
        return ""
    return os.path.basename(options.tokenizer) or "estimate"


def vocabulary_key(options: ChunkOptions) -> str:
    """Differs when the same name stands for another vocabulary, or what counts with it is another version."""
    if options.unit != "tokens" or not options.tokenizer:
        return ""
    from cq.chunking.vocabulary import version_of

    return version_of(options.tokenizer)


@functools.lru_cache(maxsize=4)
def measure_of(options: ChunkOptions) -> Measure:
    """The measure; a vocabulary is loaded once per process. Raises CqError when it is not there."""
    if options.unit == "tokens" and options.tokenizer:
        from cq.chunking.vocabulary import exact_tokens  # nothing else needs an extra

        return exact_tokens(options.tokenizer)
    return plain_measure(options.unit)
