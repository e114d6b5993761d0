"""The executor that an address names: a cluster of dask.distributed."""

import re
from concurrent.futures import Executor
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from cq.errors import CqError

_ADDRESS = re.compile(r"dask://([^\s/:]+|\[[0-9a-fA-F:]+\]):(\d{1,5})/?")
_SECONDS = 10


def cluster(address: str) -> Executor:
    """The executor at `dask://HOST:PORT`. Raises CqError when the address is none, or nobody answers."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise CqError(f"--executor {address}: not an address of a cluster", "dask://HOST:PORT, of its scheduler")
    if find_spec("distributed") is None:
        raise CqError("distributed is not installed, which speaks to Dask", "pip install 'cq[cluster]'")
    distributed: Any = import_module("distributed")  # seconds of import, and an extra

    try:
        client = distributed.Client(f"tcp://{found[1]}:{found[2]}", timeout=_SECONDS, set_as_default=False)
    except OSError as error:
        raise CqError(
            f"no scheduler answers at {address}", "dask scheduler starts one, dask worker its workers"
        ) from error
    # Not pure: the same task run twice is two tasks, since files change.
    executor: Executor = client.get_executor(pure=False)
    return executor
