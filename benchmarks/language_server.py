"""A language server as a child process: documents are opened, and asked for the definitions at places of theirs."""

import json
import os
import subprocess
import sys
import urllib.parse
from typing import Any

_IN_FLIGHT = 200


class Server:
    """A language server over its standard input and output."""

    def __init__(self, command: list[str], root: str, settings: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._settings = settings
        self._number = 0
        uri = uri_of(root)
        self._wait(
            self._ask(
                "initialize",
                {
                    "processId": os.getpid(),
                    "rootUri": uri,
                    "workspaceFolders": [{"uri": uri, "name": "root"}],
                    "capabilities": {
                        "workspace": {"configuration": True, "workspaceFolders": True},
                        "window": {"workDoneProgress": False},
                    },
                },
            )
        )
        self._tell("initialized", {})

    def open(self, path: str, text: str) -> None:
        """Show a file to the server."""
        self._tell(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri_of(path), "languageId": "python", "version": 1, "text": text}},
        )

    def close(self, path: str) -> None:
        """Take a file from the server."""
        self._tell("textDocument/didClose", {"textDocument": {"uri": uri_of(path)}})

    def definitions(self, path: str, places: list[tuple[int, int]]) -> list[list[dict[str, Any]]]:
        """For each place, the locations of its definitions."""
        uri = uri_of(path)
        answers: dict[int, Any] = {}
        numbers: list[int] = []
        for line, column in places:
            position = {"line": line, "character": column}
            numbers.append(self._ask("textDocument/definition", {"textDocument": {"uri": uri}, "position": position}))
            while len(numbers) - len(answers) > _IN_FLIGHT:
                self._receive(answers)
        while len(answers) < len(numbers):
            self._receive(answers)
        return [_as_list(answers[number]) for number in numbers]

    def stop(self) -> None:
        """End the server."""
        self._wait(self._ask("shutdown", None))
        self._tell("exit", None)
        self._process.wait(20)

    def _ask(self, method: str, parameters: Any) -> int:
        self._number += 1
        self._write({"jsonrpc": "2.0", "id": self._number, "method": method, "params": parameters})
        return self._number

    def _tell(self, method: str, parameters: Any) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": parameters})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _wait(self, number: int) -> None:
        answers: dict[int, Any] = {}
        while number not in answers:
            self._receive(answers)

    def _receive(self, answers: dict[int, Any]) -> None:
        assert self._process.stdout
        length = 0
        while (line := self._process.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            sys.exit("the language server ended")
        message = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:
            result: Any = None
            if message["method"] == "workspace/configuration":
                result = [self._settings.get(item.get("section", ""), {}) for item in message["params"]["items"]]
            self._write({"jsonrpc": "2.0", "id": message["id"], "result": result})
        elif "id" in message:
            answers[message["id"]] = message.get("result")


def _as_list(result: Any) -> list[dict[str, Any]]:
    return result if isinstance(result, list) else [result] if result else []


def uri_of(path: str) -> str:
    """The URI of an absolute path."""
    return "file://" + urllib.parse.quote(path)


def path_of(uri: str) -> str:
    """The path of a URI."""
    return urllib.parse.unquote(urllib.parse.urlsplit(uri).path)
