"""The tool `context`: what an error message, a stack trace or an issue is about."""

import sys

import msgspec

from cq.context.run import ContextRequest, context_of
from cq.errors import CqError
from cq.render.budget import Budget, page_of
from cq.render.color import PLAIN
from cq.render.context_text import context_text
from cq.serve.reply import ASIDE_TOKENS, Ask, Reply, left_out, many, reply
from cq.serve.tool import Params, Paths, Tool
from cq.serve.workspace import Workspace


class ContextParams(Params, frozen=True, kw_only=True):
    """Arguments of `context`."""

    text: str
    paths: Paths = ()


def context(workspace: Workspace, params: ContextParams, ask: Ask) -> Reply:
    """The definitions that the text is about: the first with their sources."""
    if not params.text.strip():
        raise CqError("the text is empty", "an error message, a stack trace, or what is to be done")
    selection = workspace.selection(params.paths, ())
    asked = ContextRequest(text=params.text, selection=selection, folders=workspace.folders)
    answer = context_of(asked, ask.cancelled)
    if ask.cancelled():
        raise CqError("cancelled")
    budget = Budget(max(1, params.max_tokens - ASIDE_TOKENS), sys.maxsize)
    page = page_of(context_text(PLAIN, str, answer.rows), budget, lambda kinds: 0)
    # A row in few words is one line.
    rows = tuple(
        row if "\n" in block.text else msgspec.structs.replace(row, source="")
        for row, block in zip(answer.rows, page.blocks, strict=False)
    )
    said = answer.summary
    account = f"{many(said.rows, 'place')}; {said.frames_inside} of {said.frames} lines of traces are in the project"
    lines = [line for block in page.blocks for line in block.text.split("\n")]
    after = left_out(page.rows, said.rows, "place", "narrow with paths, or ask with more max_tokens")
    if not said.rows:
        after = ("no word of the text is defined here: `search` for one of them, or `map` for what there is",)
    return reply(account, lines, msgspec.structs.replace(answer, rows=rows), after)


TOOL = Tool(
    "context",
    "The definitions that an error, a trace or an issue is about.",
    ContextParams,
    context,
)
