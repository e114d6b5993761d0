"""The steps of `cq run` that ask a tool of the server: the same words, without a server."""

import os
from typing import Any

import msgspec

from cq.cli.cache_options import cache_folder
from cq.cli.settle import query_folders, selection_of
from cq.errors import CqError
from cq.rows.run import Step, StepAnswer


class ToolSteps:
    """Answers such steps over one root, which is opened by the first of them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values
        self._workspaces: list[Any] = []

    def answer(self, name: str | int, number: int, step: Step) -> StepAnswer:
        """The answer of one tool."""
        from cq.serve.reply import Ask  # most steps are command lines
        from cq.serve.tools import call
        from cq.serve.workspace import Workspace

        made = StepAnswer(id=name, line=number, status=2, command=step.tool)
        try:
            if not self._workspaces:
                root = selection_of(self._values, ()).selection.root
                self._workspaces.append(Workspace(root, query_folders(self._values), cache_folder(self._values)))
            reply = call(self._workspaces, step.tool, step.params, Ask(lambda: False))
        except CqError as error:
            hint = f"hint: {error.hint}\n" if error.hint else ""
            return msgspec.structs.replace(made, messages=f"cq: {error.message}\n{hint}")
        except OSError as error:
            where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
            return msgspec.structs.replace(made, messages=f"cq: {where}{error.strerror or error}\n")
        status = reply.structured.get("exit_status", 0)
        answer = msgspec.Raw(msgspec.json.encode(reply.structured))
        return msgspec.structs.replace(made, status=status, text=reply.text, answer=answer)
