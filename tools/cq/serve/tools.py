"""All tools, and one call of one of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from cq.errors import CqError, nearest
from cq.serve import chunks, code, context, files, graph, names
from cq.serve.reply import Ask, Reply
from cq.serve.wording import error_for_tools
from cq.serve.workspace import Workspace

_TOOLS = (
    names.TOOL,
    graph.NEIGHBORHOOD,
    files.SOURCE,
    files.OUTLINE,
    files.MAP,
    context.TOOL,
    graph.IMPACT,
    code.PATTERN,
    code.QUERY,
    code.DIAGNOSE,
    chunks.TOOL,
    files.FILES,
)
TOOLS = {tool.name: tool for tool in _TOOLS}


def call(workspaces: Sequence[Workspace], name: str, arguments: Mapping[str, Any], ask: Ask) -> Reply:
    """Answer one call, one at a time of each workspace. Raises CqError, which says what to do next."""
    tool = TOOLS.get(name)
    if tool is None:
        raise CqError(f"no tool {name!r}", nearest(name, TOOLS) or f"one of: {', '.join(TOOLS)}")
    params = tool.asked(arguments)
    workspace = _workspace(workspaces, params.root)
    with workspace.lock:
        if ask.cancelled():
            raise CqError("cancelled")
        workspace.look()
        asked = (params, tool.stamp(workspace.root))
        known = workspace.answer(name, asked)
        if known is None:
            try:
                known = tool.answer(workspace, params, ask)
            except CqError as error:
                raise error_for_tools(error) from error
            workspace.settle()
            if tool.keeps(params):
                workspace.keep(name, asked, known)
        return known


def _workspace(workspaces: Sequence[Workspace], root: str) -> Workspace:
    if not root:
        return workspaces[0]
    for each in workspaces:
        if root.rstrip("/") == each.root or root == each.root.rpartition("/")[2]:
            return each
    raise CqError(f"{root} is none of the roots", f"one of: {', '.join(each.root for each in workspaces)}")
