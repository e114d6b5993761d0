"""A git work tree: where its parts lie, and which exclude files its configuration names. Runs no git."""

import os
import re
from collections.abc import Iterator

from cq.index.ignore import Rules
from cq.index.patterns import ignore_lines
from cq.index.selection import Problem
from cq.index.tracked import Tracked

# `path = FILE` stands in the sections [include] and [includeIf]; elsewhere it does no harm.
_INCLUDED = re.compile(rb"^[ \t]*path[ \t]*=[ \t]*(.*)$", re.IGNORECASE | re.MULTILINE)


def find_root(start: str) -> str | None:
    """The top of the git work tree around the file or folder `start`, or None."""
    folder = os.path.abspath(start)
    while True:
        if git_folder(folder) is not None:
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def git_folder(top: str) -> str | None:
    """The git folder of the work tree whose top is `top`: its `.git`, or where it points; else None."""
    path = os.path.join(top, ".git")
    if os.path.isfile(path):  # a linked work tree or a submodule
        target = _line(path)
        if target.startswith("gitdir:"):
            path = os.path.join(top, target.removeprefix("gitdir:").strip())
    # An empty folder called .git makes no repository, for git as for us.
    return path if os.path.lexists(os.path.join(path, "HEAD")) else None


def _line(path: str) -> str:
    return os.fsdecode(_bytes(path)).rstrip("\n")


def _bytes(path: str) -> bytes:
    """What is in a file; nothing when there is none, or none that we may read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _included(path: str, depth: int = 10) -> Iterator[str]:
    """The files that a configuration file includes, and those in turn, as far as git goes."""
    for found in _INCLUDED.finditer(_bytes(path)) if depth else ():
        included = os.path.expanduser(os.fsdecode(found[1].strip().strip(b'"')))
        included = os.path.join(os.path.dirname(path), included)
        yield included
        yield from _included(included, depth - 1)


class Repository:
    """One work tree: its rules outside of the tree, and what it tracks."""

    def __init__(self, top: str, git: str) -> None:
        self.top = top
        common = _line(os.path.join(git, "commondir"))
        self._git = git
        self._common = os.path.join(git, common) if common else git
        self._tracked: Tracked | None = None
        self._excludes = ""  # the user's global ignore file, once asked for

    @classmethod
    def at(cls, top: str) -> "Repository | None":
        """The repository whose work tree has its top at this folder."""
        git = git_folder(top)
        return None if git is None else cls(top, git)

    def tracked(self, problems: list[Problem]) -> Tracked:
        """What its index holds, read on first use."""
        if self._tracked is None:
            self._tracked = Tracked(self._git, problems)
        return self._tracked

    def looked_at(self) -> Iterator[str]:
        """The files outside of the tree that its rules come from, whether they are there or not."""
        yield os.path.join(self._git, "commondir")
        yield os.path.join(self._common, "info", "exclude")
        home = os.environ.get("HOME", "")
        config_home = os.environ.get("XDG_CONFIG_HOME") or (home and os.path.join(home, ".config"))
        if config_home:
            yield os.path.join(config_home, "git", "ignore")
        for _, path in self._config_levels(home, config_home):
            yield path
            yield from _included(path)
        if self._excludes:
            yield self._excludes
        if self._tracked is not None:
            yield os.path.join(self._git, "index")

    def outer_rules(self, problems: list[Problem]) -> Rules:
        """The rules that stand in no folder of the tree: the user's global file, then `info/exclude`."""
        rules = Rules()
        everywhere = self._excludes = self._excludes_file(problems)
        info = os.path.join(self._common, "info", "exclude")
        for path in (everywhere, info):
            # These two may be links, unlike the files in the tree.
            data = _bytes(path) if path and os.path.isfile(path) else b""
            rules = rules.with_patterns(ignore_lines(data, path), "")
        return rules

    def _excludes_file(self, problems: list[Problem]) -> str:
        """The path of the user's global ignore file, "" when there is none."""
        home = os.environ.get("HOME", "")
        config_home = os.environ.get("XDG_CONFIG_HOME") or (home and os.path.join(home, ".config"))
        default = os.path.join(config_home, "git", "ignore") if config_home else ""
        levels = self._config_files(home, config_home)
        for _, path in levels:
            content = _bytes(path).lower()
            if b"excludesfile" in content or b"include" in content:
                break
        else:
            return default  # nearly always: no configuration says anything about it
        return self._configured_excludes_file(levels, default, problems)

    def _config_files(self, home: str, config_home: str) -> list[tuple[int, str]]:
        """libgit2's level and the path of each configuration file, in the order of their weight."""
        return [(level, path) for level, path in self._config_levels(home, config_home) if os.path.isfile(path)]

    def _config_levels(self, home: str, config_home: str) -> list[tuple[int, str]]:
        levels: list[tuple[int, str]] = []
        if os.environ.get("GIT_CONFIG_NOSYSTEM", "").lower() in ("", "0", "false", "no", "off"):
            levels.append((2, os.environ.get("GIT_CONFIG_SYSTEM", "/etc/gitconfig")))
        if "GIT_CONFIG_GLOBAL" in os.environ:
            levels.append((4, os.environ["GIT_CONFIG_GLOBAL"]))
        elif home:
            levels.append((3, os.path.join(config_home, "git", "config")))
            levels.append((4, os.path.join(home, ".gitconfig")))
        levels.append((5, os.path.join(self._common, "config")))
        levels.append((6, os.path.join(self._git, "config.worktree")))
        return levels

    def _configured_excludes_file(self, levels: list[tuple[int, str]], default: str, problems: list[Problem]) -> str:
        # pygit2 costs several times a bare interpreter: only for a configuration that may name the file.
        import pygit2

        # Files one by one, not Repository.config: libgit2 refuses repositories of other users, and knows
        # nothing of GIT_CONFIG_GLOBAL. The price is that `includeIf "gitdir:..."` has no effect.
        config = pygit2.Config()
        try:
            for level, path in levels:
                config.add_file(path, level, False)
            if "core.excludesfile" not in config:
                return default
            value = str(config["core.excludesfile"])
        except (pygit2.GitError, ValueError, OSError) as error:
            problems.append(Problem(self.top, "git-config", f"core.excludesFile is not known: {error}"))
            return default
        # A relative path is meant from the top, where git stands when it runs.
        return os.path.join(self.top, os.path.expanduser(value)) if value else ""
