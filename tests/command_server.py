"""Runs cq's command line many times without loading it many times.

`CommandServer.run` gives a command a process of its own, with its own folder, environment and pipes, as a shell does.
That process is a fork of one in which cq's modules are imported and in which nothing has run: no state is shared.
"""

import contextlib
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
from typing import NamedTuple

import cq

# Not to be loaded before a command runs: libgit2 looks for the user's configuration when it is loaded, and cq leaves
# without taking itself down unless multiprocessing is loaded.
_NOT_LOADED = ("pygit2", "multiprocessing")
_LOADS_THEM = ("cq.scan.pool", "cq.export.scip", "cq.export.scip_schema", "cq.serve.server")
# Loaded by cq only when it needs them, and that take time.
_LOADED = ("tree_sitter", "tree_sitter_python", "tree_sitter_rust", "cyclopts", "sqlite3", "tomllib", "pathspec")
# What Python itself reads when it starts: a command with another value gets an interpreter of its own.
_AT_START = ("PYTHON", "LC_", "LANG", "MALLOC_")


class Done(NamedTuple):
    """What a finished command left."""

    status: int
    stdout: bytes
    stderr: bytes


class CommandServer:
    """The process that forks, from the first command on until `close`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None
        self._socket: socket.socket | None = None

    def run(self, arguments: list[str], *, cwd, env: dict[str, str], stdin: bytes, seconds: float) -> Done:
        """Run `cq ARGUMENTS`. Raises TimeoutExpired, having killed it, when it takes more than `seconds`."""
        cwd = os.fspath(cwd or os.getcwd())
        if any(env.get(key) != os.environ.get(key) for key in {*env, *os.environ} if key.startswith(_AT_START)):
            done = subprocess.run(
                [sys.executable, "-m", "cq", *arguments],
                capture_output=True,
                cwd=cwd,
                env=env,
                input=stdin,
                timeout=seconds,
                check=False,
            )
            return Done(done.returncode, done.stdout, done.stderr)
        if self._socket is None:
            self._start()
        assert self._socket is not None
        ours, theirs = _pipes()
        request = json.dumps([arguments, cwd, env]).encode()
        with contextlib.ExitStack() as pipes:
            into, out, error = (
                pipes.enter_context(open(end, mode)) for end, mode in zip(ours, ("wb", "rb", "rb"), strict=True)
            )
            try:
                socket.send_fds(self._socket, [len(request).to_bytes(4, "big")], theirs)
                self._socket.sendall(request)
            finally:
                for end in theirs:
                    os.close(end)
            child = int.from_bytes(_exactly(self._socket, 4), "big")
            killer = threading.Timer(seconds, os.kill, (child, signal.SIGKILL))
            killer.start()
            errors: list[bytes] = []
            threads = (
                threading.Thread(target=_feed, args=(into, stdin)),
                threading.Thread(target=lambda: errors.append(error.read())),
            )
            for thread in threads:
                thread.start()
            output = out.read()
            for thread in threads:
                thread.join()
            status = int.from_bytes(_exactly(self._socket, 4), "big", signed=True)
            was_killed = killer.finished.is_set()
            killer.cancel()
        if was_killed:
            raise subprocess.TimeoutExpired(arguments, seconds, output, errors[0])
        return Done(status, output, errors[0])

    def close(self) -> None:
        """End the process."""
        if self._socket is not None and self._process is not None:
            self._socket.close()
            self._process.communicate(timeout=10)

    def _start(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, __file__, str(theirs.fileno())]
            # Pipes, since that is what a command is given in their place: Python looks at what they are when it starts.
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )


def _pipes() -> tuple[list[int], list[int]]:
    """Our ends and theirs of standard input, output and error."""
    reading, writing = zip(*(os.pipe() for _ in range(3)), strict=True)
    return [writing[0], *reading[1:]], [reading[0], *writing[1:]]


def _feed(file, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), file:
        file.write(data)


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            raise EOFError("the other side is gone")
        data += more
    return data


def _serve(connection: socket.socket) -> None:
    """Fork for each request. Returns in the child, which is to run the command."""
    while True:
        head, ends, _, _ = socket.recv_fds(connection, 4, 3)
        if not head:
            os._exit(0)
        head += _exactly(connection, 4 - len(head)) if len(head) < 4 else b""
        arguments, cwd, env = json.loads(_exactly(connection, int.from_bytes(head, "big")))
        child = os.fork()
        if child == 0:
            connection.close()
            for number, end in enumerate(ends):
                os.dup2(end, number)
                os.close(end)
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(env)
            sys.argv = ["cq", *arguments]
            return
        for end in ends:
            os.close(end)
        connection.sendall(child.to_bytes(4, "big"))
        _, status = os.waitpid(child, 0)
        connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))


def _load() -> None:
    modules = [module.name for module in pkgutil.walk_packages(cq.__path__, "cq.")]
    for name in (*_LOADED, *modules):
        if name not in _LOADS_THEM:
            importlib.import_module(name)
    assert not [name for name in _NOT_LOADED if name in sys.modules]


if __name__ == "__main__":
    _load()
    _serve(socket.socket(fileno=int(sys.argv[1])))
    from cq.__main__ import main

    main()
