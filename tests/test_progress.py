"""The line on stderr that says how far long work is."""

import io

from cq.cli import progress as progress_module
from cq.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_how_far_it_is_and_how_long_it_will_take(monkeypatch):
    terminal = Terminal()
    clock = iter([0.0, *(float(second) for second in range(1, 101))])
    monkeypatch.setattr(progress_module.sys, "stderr", terminal)
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: next(clock))
    assert list(progress(lambda: 1000, range(100), "mining")) == list(range(100))
    lines = terminal.getvalue().split("\r\x1b[K")
    assert lines[1] == "mining 2 of 1000 files"
    assert "mining 10 of 1000 files, about 16 minutes left" in lines
    assert lines[-1] == ""
    assert progress_module._left(10.0, 90, 100) == ", about 5 seconds left"
    assert progress_module._left(10.0, 100, 100) == ""
