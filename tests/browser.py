"""A headless Chromium that tests talk to over a pipe: pages, scripts, keys, the mouse, and what a page asks for."""

import base64
import fcntl
import json
import os
import shutil
import signal
import tempfile

FLAGS = (
    "--headless",
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
_KEYS = {"Escape": 27, "Enter": 13, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}


def find_chromium():
    """The path of a Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


class Browser:
    """One browser with one page."""

    def __init__(self, program, width=1280, height=800):
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        commands, self._write = os.pipe()
        self._read, answers = os.pipe()
        # The browser reads commands from descriptor 3 and writes answers to 4: first out of the way of these.
        far = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 10) for each in (commands, answers)]
        actions = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_RDWR, 0) for each in (0, 1, 2)]
        actions += [(os.POSIX_SPAWN_DUP2, each, number) for number, each in enumerate(far, 3)]
        flags = (*FLAGS, f"--user-data-dir={self._profile.name}", f"--window-size={width},{height}", "about:blank")
        self._process = os.posix_spawn(program, [program, *flags], os.environ, file_actions=actions, setsid=True)
        for each in (commands, answers, *far):
            os.close(each)
        self._left = b""
        self._number = 0
        self._session = None
        self.requests = []  # addresses of all that pages asked for
        self.errors = []  # what scripts threw, and what the browser complained of
        try:
            self._begin(width, height)
        except BaseException:
            self.close()
            raise

    def _begin(self, width, height):
        target = next(each for each in self.call("Target.getTargets")["targetInfos"] if each["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def close(self):
        """End the browser."""
        os.killpg(self._process, signal.SIGKILL)  # its own session: it and all that it started
        os.waitpid(self._process, 0)
        os.close(self._read)
        os.close(self._write)
        self._profile.cleanup()

    def call(self, method, **parameters):
        """One command of the protocol, and its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def _next(self):
        while b"\0" not in self._left:
            some = os.read(self._read, 1 << 20)
            assert some, "the browser has ended"
            self._left += some
        line, _, self._left = self._left.partition(b"\0")
        message = json.loads(line)
        self._note(message.get("method"), message.get("params"))
        return message

    def _note(self, event, said):
        if event == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            details = said["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif event == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.errors.append(said["entry"]["text"])
        elif event == "Runtime.consoleAPICalled" and said["type"] in ("error", "warning"):
            self.errors.append(str(said["args"]))

    def open(self, path):
        """Load the file of a page, and wait until its scripts have run."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=f"file://{path}")
        while self._next().get("method") != "Page.loadEventFired":
            pass
        while self.run("document.readyState") != "complete" or self.run("location.protocol") != "file:":
            pass

    def run(self, script):
        """The value of an expression on the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def key(self, key):
        """Press a key."""
        code = _KEYS.get(key, ord(key[0].upper()))
        text = {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def mouse(self, kind, x, y, clicks=1):
        """Move, press or release the mouse."""
        button = {"mouseMoved": "none"}.get(kind, "left")
        held = 0 if kind == "mouseReleased" else 1
        said = {"type": kind, "x": x, "y": y, "button": button, "buttons": held, "clickCount": clicks}
        self.call("Input.dispatchMouseEvent", **said)

    def click(self, x, y, clicks=1):
        """Click at a place."""
        for each in range(1, clicks + 1):
            self.mouse("mousePressed", x, y, each)
            self.mouse("mouseReleased", x, y, each)

    def drag(self, x, y, to_x, to_y):
        """Drag from one place to another."""
        self.mouse("mousePressed", x, y)
        for share in (0.3, 0.6, 1):
            self.mouse("mouseMoved", x + (to_x - x) * share, y + (to_y - y) * share)
        self.mouse("mouseReleased", to_x, to_y)

    def dark(self, on=True):
        """Prefer a dark page."""
        value = "dark" if on else "light"
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": value}])

    def picture(self):
        """The page as a PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])
