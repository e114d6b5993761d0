"""Settings of commands from files and the environment: what an option is when the command line does not say.

In rising order: `[chunk]` of `.cq.toml`, `[tool.cq.chunk]` of `pyproject.toml`, both the nearest from the folder that
is searched upwards to the top of its repository; then `CQ_CHUNK_TARGET` and the like; then flags. A key is an option's
long flag without the dashes in front.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cq.cli.options.option import Option
from cq.errors import CqError, nearest
from cq.index.repository import git_folder

_OWN, _PROJECT = ".cq.toml", "pyproject.toml"


class Setting(NamedTuple):
    """One value and where it is from."""

    key: str
    value: Any
    origin: str  # "FILE:LINE", "CQ_CHUNK_TARGET", "default"


def key_of(option: Option) -> str:
    """What settings call an option."""
    return next(flag for flag in option.flags if flag.startswith("--")).removeprefix("--")


def settings_of(
    command: str, options: Sequence[Option], start: str, environment: Mapping[str, str]
) -> dict[str, Setting]:
    """What is set for a command, by field. Raises CqError, with file and line, for keys and values that cannot be."""
    by_key = {key_of(option): option for option in options}
    found: dict[str, Setting] = {}
    for path, table in ((_OWN, (command,)), (_PROJECT, ("tool", "cq", command))):
        file = _nearest_file(start, path)
        if file is None:
            continue
        text, said = _read(file)
        for name in table[:-1]:
            said = said.get(name, {}) if isinstance(said, dict) else {}
        if path == _OWN:
            _check_tables(file, text, said, command)
        values = said.get(command, {}) if isinstance(said, dict) else {}
        if not isinstance(values, dict):
            raise CqError(f"{file}:{_line(text, command)}: {command} is a table", f"[{'.'.join(table)}]")
        for key, value in values.items():
            origin = f"{file}:{_line(text, key)}"
            if key not in by_key:
                raise CqError(f"{origin}: no setting {key!r}", nearest(key, by_key) or f"one of: {', '.join(by_key)}")
            found[by_key[key].field] = Setting(key, _value(by_key[key], value, origin), origin)
    prefix = f"CQ_{command.upper()}_"
    names = {prefix + key.upper().replace("-", "_"): option for key, option in by_key.items()}
    for name, text in environment.items():
        if not name.startswith(prefix):
            continue
        if name not in names:
            raise CqError(f"{name}: no such setting", nearest(name, names) or f"one of: {', '.join(names)}")
        option = names[name]
        found[option.field] = Setting(key_of(option), _value(option, _of_text(option, text), name), name)
    return found


def with_settings(command: str, options: Sequence[Option], values: dict[str, Any], start: str) -> dict[str, Any]:
    """The values of the command line, and for what it does not say those that are set."""
    found = settings_of(command, options, start, os.environ)
    return {field: setting.value for field, setting in found.items()} | values


def _nearest_file(start: str, name: str) -> str | None:
    folder = os.path.abspath(start)
    while True:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
        parent = os.path.dirname(folder)
        if git_folder(folder) is not None or parent == folder:
            return None
        folder = parent


def _read(path: str) -> tuple[str, dict[str, Any]]:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        return text, tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CqError(f"{path}: {error}", "settings are TOML: [chunk] and target = 400") from error


def _check_tables(path: str, text: str, said: Mapping[str, Any], command: str) -> None:
    for name in said:
        if name != command:
            known: Iterable[str] = (command,)
            hint = nearest(name, known) or f"[{command}] is the one table there is"
            raise CqError(f"{path}:{_line(text, name)}: no settings for {name!r}", hint)


def _line(text: str, key: str) -> int:
    """The line that a key stands in, as far as its text tells."""
    pattern = re.compile(rf"^\s*(?:\[[\w.\"'-]*\b)?[\"']?{re.escape(key)}[\"']?\s*[]=.]", re.MULTILINE)
    match = pattern.search(text)
    return text.count("\n", 0, match.start() + len(match[0]) - len(match[0].lstrip())) + 1 if match else 1


def _of_text(option: Option, text: str) -> Any:
    if option.kind == "flag":
        return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(text.lower(), text)
    if option.kind == "number":
        return int(text) if text.isdecimal() else text
    return [word for word in text.split(",") if word] if option.kind in ("words", "list") else text


def _value(option: Option, value: Any, origin: str) -> Any:
    """The value as the command line would give it."""
    kinds: dict[str, type] = {"flag": bool, "number": int, "word": str, "words": list, "list": list}
    wanted = kinds[option.kind]
    if wanted is list and isinstance(value, str):
        value = [value]
    good = isinstance(value, wanted) and not (wanted is int and isinstance(value, bool))
    if good and wanted is list:
        good = all(isinstance(word, str) for word in value)
    if not good:
        what = {bool: "true or false", int: "a number", str: "a text", list: "a list of texts"}[wanted]
        raise CqError(f"{origin}: {key_of(option)} is {what}, not {value!r}", option.help)
    if option.choices and value not in option.choices:
        raise CqError(f"{origin}: {key_of(option)} cannot be {value!r}", f"one of: {', '.join(option.choices)}")
    return value
