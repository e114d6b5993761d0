"""An analysis that kills its worker: once, or each time that it meets one file. Workers of a cluster import it."""

import os
import signal


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
