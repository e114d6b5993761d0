"""`--executor dask://HOST:PORT`: who does the work, when it is not this machine."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import Executor


def executor_of(values: dict[str, Any]) -> "Executor | None":
    """The executor that the options name; None without one."""
    address = values.get("executor", "")
    if not address:
        return None
    from cq.scan.cluster import cluster

    return cluster(address)
