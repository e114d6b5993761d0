"""`--executor dask://HOST:PORT`: who does the work, when it is not this machine."""

from concurrent.futures import Executor
from typing import Any


def executor_of(values: dict[str, Any]) -> Executor | None:
    """The executor that the options name; None without one."""
    address = values.get("executor", "")
    if not address:
        return None
    from cq.scan.cluster import cluster

    return cluster(address)
