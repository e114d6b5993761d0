"""`cq agent-help`: all that an agent has to read before it uses cq, in few tokens."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from cq.cli.check import check
from cq.cli.options.upkeep import AGENT_HELP
from cq.errors import CqError

_HEAD = """\
# cq: ask about code by its structure
Run it within the repository; files that git ignores are out. PATHS at the end and `-g GLOB` narrow a question.
TARGET: `name`, `Type.method`, `path:line[:column]`, from 1. Exit: 0 found, 1 nothing, 2 error: stderr has a hint.
`--rev REV`, `--rev A..B`, `--overlay PATCH`: of a commit, what changed, as if applied.
`--json`: one object (`cq schema COMMAND`). `cq COMMAND --help`: options.
"""
# What a command is for, where its summary says more than an agent has to pay for.
_BRIEF = {
    "search": "where a name is defined, called, imported, used",
    "query": "tree-sitter query",
    "diagnose": "what does not parse, and why",
    "diff": "definitions that changed, and callers that this breaks",
    "pattern": "code of this shape; `-r` rewrites",
    "rules": "ast-grep rules",
    "neighborhood": "callers, callees, overrides; `--impact`: what may break, and tests to run",
    "calls": "call sites with their arguments",
    "imports": "who imports whom; `--cycles`",
    "files": "which files count",
    "outline": "definitions of a file or folder",
    "source": "text of a definition; `--with callers,types`",
    "injections": "SQL, regex and the like in strings",
    "export": "syntax tree",
    "chunk": "cut for embeddings and retrieval",
    "config": "settings",
    "tags": "for editors",
    "index": "faster searches",
    "cache": "what is kept",
    "languages": "what is installed",
    "packs": "query packs",
    "context": "what an error, a trace or an issue is about",
    "run": "many questions: JSON Lines in and out",
    "verify": "how right cq is here",
    "schema": "JSON Schema",
    "agent-help": "this text",
    "map": "the definitions that matter most",
    "mcp": "the same, as tools",
}


def agent_help(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments."""
    check(AGENT_HELP, values)
    if arguments:
        raise CqError(f"not an argument of cq agent-help: {arguments[0]}", f"cq {arguments[0]} --help")
    sys.stdout.writelines(f"{line}\n" for line in agent_help_lines())
    return 0


def agent_help_lines() -> Iterator[str]:
    """The text: what holds for every command, then each with one example."""
    from cq.cli.commands import COMMANDS  # whose table this command is in

    yield from _HEAD.splitlines()
    for command in COMMANDS.values():
        summary = _BRIEF.get(command.name) or command.help.partition("\n")[0].rstrip(".")
        example = command.examples[0].partition(" > ")[0].partition(" | ")[0]
        yield f"- `{example}` {summary}"
