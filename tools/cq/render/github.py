"""Stand-in: findings as GitHub workflow commands."""

from collections.abc import Iterable, Iterator

from cq.rows.findings import Finding


def github_lines(rows: Iterable[Finding]) -> Iterator[str]:
    """One line for each finding."""
    for row in rows:
        yield f"::error file={row.path},line={row.line},col={row.column}::{row.message}"
