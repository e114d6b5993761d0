"""Targets compared: two answers about one definition."""

from cq.rows.resolution import Target


def same(one: Target, other: Target) -> bool:
    """Whether two targets are one definition."""
    if one.path or other.path:
        return (one.path, one.start_byte) == (other.path, other.start_byte)
    return one.qualified_name == other.qualified_name
