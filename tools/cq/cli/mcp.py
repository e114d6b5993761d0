"""`cq mcp`: the questions as tools of a coding agent."""

import gc
import os
import secrets
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from cq.cli.cache_options import cache_folder
from cq.cli.check import check
from cq.cli.options.upkeep import MCP
from cq.cli.settle import query_folders
from cq.errors import CqError
from cq.index.repository import find_root
from cq.serve.clients import snippet
from cq.serve.workspace import Workspace


def mcp(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Serve the roots that are named, else the repository around the current folder, until the client is done."""
    check(MCP, values)
    if "print_config" in values:
        file, text = snippet(values["print_config"], [os.path.abspath(root) for root in arguments])
        sys.stderr.write(f"in {file}:\n")
        sys.stdout.write(text + "\n")
        return 0
    for root in arguments:
        if not os.path.isdir(root):
            raise CqError(f"no such folder: {root}", "cq mcp [ROOTS...]: the folders that may be asked about")
    if find_spec("mcp") is None:
        raise CqError("the MCP SDK is not installed", "pip install 'cq[mcp]'")
    here = os.getcwd()
    roots = list(arguments) or [find_root(here) or here]
    workspaces = [Workspace(root, query_folders(values), cache_folder(values)) for root in roots]
    # The process stays: what it no longer needs must go.
    gc.enable()
    from cq.serve.server import serve_http, serve_stdio  # which imports the SDK

    if "http" in values:
        token = os.environ.get("CQ_MCP_TOKEN") or secrets.token_urlsafe(24)
        shown = "of CQ_MCP_TOKEN" if os.environ.get("CQ_MCP_TOKEN") else token
        err = sys.stderr
        serve_http(workspaces, values["http"], token, lambda url: err.write(f"cq: {url}\ncq: token {shown}\n"))
    else:
        serve_stdio(workspaces)
    return 0
