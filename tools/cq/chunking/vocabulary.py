"""Exact tokens: vocabularies that come within a wheel, or a tokenizer.json of the user's. Nothing is downloaded."""

import hashlib
import os
from importlib.util import find_spec

from cq.chunking.size import ExactTokens
from cq.errors import CqError, nearest

# Those that the wheel carries; it knows more names for some of them.
BUNDLED = (
    "cl100k_base", "o200k_base", "llama2", "llama3", "codellama", "deepseek_v3", "phi4", "olmo2", "modernbert",
    "mistral_v1", "mistral_v2", "mistral_v3",
)  # fmt: skip
_EXTRA = "pip install 'cq[tokens]'"


def exact_tokens(tokenizer: str) -> ExactTokens:
    """The tokens of a vocabulary by its name, or by the path of its tokenizer.json. Raises CqError without it."""
    if os.sep in tokenizer or tokenizer.endswith(".json"):
        return _from_file(tokenizer)
    if tokenizer not in BUNDLED:
        hint = nearest(tokenizer, BUNDLED) or f"one of: {', '.join(BUNDLED)}; or the path of a tokenizer.json"
        raise CqError(f"no vocabulary is called {tokenizer!r}", hint)
    if find_spec("splintr") is None:
        raise CqError(f"the vocabulary {tokenizer} is not installed", _EXTRA)
    import splintr

    encode = splintr.Tokenizer.from_pretrained(tokenizer).encode_ordinary
    return ExactTokens(tokenizer, lambda text: len(encode(text)))


def version_of(tokenizer: str) -> str:
    """What the count depends on besides the name: the version of what counts, and what is in a file."""
    from importlib.metadata import PackageNotFoundError, version  # costs as much as a small run

    try:
        found = version("splintr-rs")
    except PackageNotFoundError:
        found = "none"
    try:
        with open(tokenizer, "rb") as file:
            return f"{found} {hashlib.file_digest(file, hashlib.blake2b).hexdigest()}"
    except OSError:  # the name of one that comes with it
        return found


def _from_file(path: str) -> ExactTokens:
    if not os.path.isfile(path):
        raise CqError(f"no such tokenizer: {path}", "the path of a tokenizer.json")
    if find_spec("splintr") is None:
        raise CqError(f"nothing is installed that reads {path}", _EXTRA)
    import splintr

    try:
        encode = splintr.from_json(path).encode_ordinary
    except (ValueError, OSError) as error:
        raise CqError(f"{path}: {error}", "a tokenizer.json, with all that it needs in it") from error
    return ExactTokens(os.path.basename(path), lambda text: len(encode(text)))
