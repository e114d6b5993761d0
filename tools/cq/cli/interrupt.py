"""What Ctrl-C does to a run."""

import signal
from types import FrameType
from typing import Protocol


class Cancellable(Protocol):
    """A run that looks at this between files."""

    is_cancelled: bool


def heed_control_c(run: Cancellable) -> None:
    """The first Ctrl-C ends the run with what is there; whoever wants an end at once presses the keys again."""

    def cancel(number: int, frame: FrameType | None) -> None:
        if run.is_cancelled:
            raise KeyboardInterrupt
        run.is_cancelled = True

    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, cancel)
