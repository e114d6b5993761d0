"""What to put into the configuration of a client, so that it starts `cq mcp`."""

import json
from collections.abc import Sequence

from cq.errors import CqError, nearest


def _servers(roots: Sequence[str]) -> str:
    return json.dumps({"mcpServers": {"cq": {"command": "cq", "args": ["mcp", *roots]}}}, indent=2)


def _typed(roots: Sequence[str]) -> str:
    return json.dumps({"servers": {"cq": {"type": "stdio", "command": "cq", "args": ["mcp", *roots]}}}, indent=2)


def _context(roots: Sequence[str]) -> str:
    return json.dumps({"context_servers": {"cq": {"command": "cq", "args": ["mcp", *roots]}}}, indent=2)


def _toml(roots: Sequence[str]) -> str:
    return f'[mcp_servers.cq]\ncommand = "cq"\nargs = {json.dumps(["mcp", *roots])}'


# The file is relative to the project, or to the user's home.
_CLIENTS = {
    "claude": (".mcp.json", _servers),
    "cursor": (".cursor/mcp.json", _servers),
    "gemini": (".gemini/settings.json", _servers),
    "vscode": (".vscode/mcp.json", _typed),
    "zed": (".zed/settings.json", _context),
    "codex": ("~/.codex/config.toml", _toml),
}
CLIENTS = tuple(_CLIENTS)


def snippet(client: str, roots: Sequence[str]) -> tuple[str, str]:
    """The file, and what to put there. Raises CqError for a client that nobody knows."""
    if client not in _CLIENTS:
        raise CqError(f"no client {client!r}", nearest(client, CLIENTS) or f"one of: {', '.join(CLIENTS)}")
    file, make = _CLIENTS[client]
    return file, make(roots)
