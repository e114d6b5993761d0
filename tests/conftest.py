"""Fixtures: the command as users run it, with a home of its own."""

import os
from typing import NamedTuple

import pytest
from hypothesis import settings

from command_server import CommandServer

# Sources that tests search, not tests.
collect_ignore = ["annotated", "corpus"]


class Done(NamedTuple):
    """What a finished command left."""

    status: int
    stdout: str
    stderr: str


# The same examples in every run, so that a change is judged by what it changed; `--explore` looks for new ones.
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", print_blob=True)


def pytest_configure(config):
    settings.load_profile("explore" if config.getoption("--explore") else "same")


def pytest_addoption(parser):
    parser.addoption("--explore", action="store_true", help="property tests try examples that were not tried before")
    parser.addoption("--write-golden", action="store_true", help="write tests/golden anew from what cq prints now")


@pytest.fixture
def cq_environment(tmp_path_factory):
    """An environment without the user's git configuration and terminal settings."""
    home = tmp_path_factory.mktemp("home")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "CQ_", "XDG_"))}
    for key in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        kept.pop(key, None)
    return kept | {"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "TERM": "xterm-256color"}


@pytest.fixture(scope="session")
def command_server():
    """What runs cq's command line, each time in a process of its own."""
    server = CommandServer()
    yield server
    server.close()


@pytest.fixture
def cq(cq_environment, command_server):
    """Run cq with these arguments; status, stdout and stderr as text."""

    def run(*arguments, cwd=None, env=None, stdin=""):
        stdin = stdin.encode() if isinstance(stdin, str) else stdin
        environment = cq_environment | (env or {})
        done = command_server.run([*map(str, arguments)], cwd=cwd, env=environment, stdin=stdin, seconds=120)
        return Done(done.status, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return run
