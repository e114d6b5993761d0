"""What a run cost, as a table."""

import sys
from collections.abc import Iterator

from cq.rows.shared import Report


def stats_table(report: Report) -> Iterator[str]:
    """What a run cost, as a table: phases, then counts."""
    summed = f"  parse, query and rows summed over {report.workers} processes" if report.workers else ""
    yield f"{'phase':<8} {'ms':>10}{summed}"
    for phase in ("list", "read", "parse", "query", "rows", "total"):
        yield f"{phase:<8} {getattr(report, f'{phase}_ms'):>10,.1f}"
    for name in (
        *("files_listed", "files_parsed", "bytes_parsed", "workers"),
        *("windows", "windows_run", "matches", "captures", "rows", "cache_hits"),
    ):
        yield f"{name:<16} {getattr(report, name):>12,}"
    if report.stopped_by:
        yield f"{'stopped_by':<16} {report.stopped_by:>12}"


def memory_lines() -> Iterator[str]:
    """The most memory that this process took, and the largest of those it started and that ended."""
    try:
        import resource  # not on every system
    except ImportError:
        return
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    for name, who in (("peak_mb", resource.RUSAGE_SELF), ("peak_mb_of_workers", resource.RUSAGE_CHILDREN)):
        peak = resource.getrusage(who).ru_maxrss
        if peak:
            yield f"{name:<18} {peak / unit:>10,.0f}"
