"""The line on stderr that says how far long work is."""

import io

from cq.cli import progress as progress_module
from cq.cli.progress import how_far, progress


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
    assert lines[1] == "mining 2 of 1,000 files, 1 a second"
    assert "mining 10 of 1,000 files, 1 a second, about 16 minutes left" in lines
    assert lines[-1] == ""
    assert how_far(500, 2000, 5.0) == "500 of 2,000 files, 100 a second, about 15 seconds left"
    assert how_far(90, 100, 10.0).endswith("about 5 seconds left")
    assert how_far(100, 100, 10.0) == "100 of 100 files, 10 a second"
