"""Analyses that kill their worker: once, or each time that it meets one file. Workers of a cluster import them."""

import os
import signal

from cq.mining.analysis import MineAnalysis


class Deadly:
    """Counts bytes. `plan` is a folder: whoever takes the file `once` out of it dies of it."""

    def __init__(self, plan):
        self.plan = plan

    def run(self, path, data):
        if path == "poison.py":
            os.kill(os.getpid(), signal.SIGKILL)
        if os.path.exists(os.path.join(self.plan, "once")):
            os.unlink(os.path.join(self.plan, "once"))
            os.kill(os.getpid(), signal.SIGKILL)
        return path, len(data)


class DiesOnce(MineAnalysis):
    """Mines, but the worker that meets the file `middle.py` while `once` lies in the folder dies in the middle."""

    def __init__(self, plan):
        folder, mine_plan = plan
        super().__init__(mine_plan)
        self._once = os.path.join(folder, "once")

    def run(self, path, data):
        if path == "middle.py" and os.path.exists(self._once):
            os.unlink(self._once)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().run(path, data)
