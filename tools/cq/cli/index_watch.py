"""`cq index --watch`: index again whenever something changes."""

import signal
import sys
import threading
from collections.abc import Callable, Sequence

from cq.errors import CqError


def watch(roots: Sequence[str], index: Callable[[str], int]) -> int:
    """Index these roots now and after each change, until Ctrl-C, which is the way to end it: 0."""
    try:
        from watchfiles import watch as changes_in
    except ImportError:
        raise CqError("--watch needs the package watchfiles", "pip install 'cq[watch]'") from None
    ended = threading.Event()

    def end(*_: object) -> None:
        # An exception is lost where Python is just clearing up; the event is not.
        ended.set()
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, end)
    try:
        # Changes are collected before the first indexing, so that none falls between.
        changes = changes_in(
            *roots, watch_filter=None, raise_interrupt=True, yield_on_timeout=True, rust_timeout=1000, stop_event=ended
        )
        next(changes)
        for root in roots:
            index(root)
        sys.stderr.write("watching; Ctrl-C ends it\n")
        sys.stderr.flush()
        for changed in changes:
            for root in roots:
                below = root.rstrip("/") + "/"
                if any(path.startswith(below) and not path.startswith(f"{below}.git/") for _, path in changed):
                    index(root)
    except KeyboardInterrupt:
        pass
    return 0
