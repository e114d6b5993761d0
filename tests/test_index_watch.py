"""`cq index --watch`: what changes is indexed as it comes, and Ctrl-C leaves a whole index."""

import importlib.util
import os
import signal
import subprocess
import sys
import threading

import pytest

pytestmark = pytest.mark.skipif(importlib.util.find_spec("watchfiles") is None, reason="needs the extra `watch`")
_SECONDS = 60


def test_what_changes_is_indexed(cq, cq_environment, tmp_path):
    tree, cache = tmp_path / "tree", tmp_path / "cache"
    (tree / "sub").mkdir(parents=True)
    (tree / "a.py").write_text("def alpha(): pass\n")
    command = [sys.executable, "-m", "cq", "index", "--watch", "--json", "--root", tree, "--cache-dir", cache]
    watching = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=cq_environment,
        text=True,
        bufsize=1,
        # In the background of a script Ctrl-C is ignored, and so would it be here.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    # So that a test that fails does not wait for ever.
    late = threading.Timer(_SECONDS, watching.kill)
    late.start()
    try:
        assert '"indexed":1' in watching.stdout.readline()
        while "watching" not in watching.stderr.readline():
            assert watching.poll() is None
        # All at once: a file that is being written may be seen before it is done.
        (tmp_path / "b.py").write_text("def beta(): alpha()\n")
        (tmp_path / "b.py").rename(tree / "sub" / "b.py")
        while '"files":2' not in watching.stdout.readline():
            assert watching.poll() is None
        watching.send_signal(signal.SIGINT)
        assert watching.wait(_SECONDS) == 0
    finally:
        late.cancel()
        watching.kill()
        watching.communicate()
    assert not [name for name in os.listdir(cache / "index") if not name.endswith(".db")]
    assert cq("cache", "verify", "--cache-dir", cache).status == 0
    done = cq("index", "--json", "--root", tree, "--cache-dir", cache)
    assert '"indexed":0' in done.stdout and '"complete":true' in done.stdout
