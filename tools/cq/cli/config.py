"""`cq config`: what is set, and where."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from cq.cli.check import check
from cq.cli.configured import key_of, settings_of
from cq.cli.options.chunk import CONFIG, SETTABLE
from cq.cli.settle import form_of
from cq.errors import CqError
from cq.render.color import printable
from cq.rows.chunk import SettingRow


def config(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when something is set, else 1."""
    check(CONFIG, values)
    if len(arguments) > 1:
        raise CqError("config of which folder?", "cq config FOLDER")
    start = arguments[0] if arguments else os.getcwd()
    if not os.path.isdir(start):
        raise CqError(f"no such folder: {start}", "cq config FOLDER")
    found = settings_of("chunk", SETTABLE, start, os.environ)
    rows = []
    for option in SETTABLE:
        setting = found.get(option.field)
        if setting is not None:
            rows.append(SettingRow(command="chunk", key=setting.key, value=setting.value, origin=setting.origin))
        elif values.get("all"):
            rows.append(SettingRow(command="chunk", key=key_of(option), value=None, origin="default"))
    if form_of(values) == "text":
        for row in rows:
            value = msgspec.json.encode(row.value).decode() if row.value is not None else "-"
            sys.stdout.write(f"{row.command}.{row.key} = {printable(value)}  ({printable(row.origin)})\n")
    else:
        sys.stdout.buffer.write(msgspec.json.Encoder().encode_lines(rows))
    if not found:
        sys.stderr.write("cq: nothing is set; cq config --all shows what may be\n")
    return 0 if found else 1
