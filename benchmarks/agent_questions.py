"""Questions that agents ask of a repository: is the answer in what one call gives, and what does that cost?

    python benchmarks/agent_questions.py CLONES [--questions FILE] [--max-tokens 2000] [--only flask] [--show 12]
        [--ripgrep rg] [--ast-grep ast-grep]

In: a folder with a clone of each corpus (OWNER/NAME, OWNER+NAME or NAME; a bare one will do, the version is taken
from its history), and questions with the answers that were written down before. Out: a line for each question: the
tokens and the milliseconds of one call of a tool of `cq mcp`, in process, asked for the second time but not answered
from memory, and whether the answer was in it; then the same for what ripgrep and ast-grep print, of which only the
first --max-tokens count. Their time is that of a process. --show NUMBER prints the text of one answer.
"""

import argparse
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from cq.errors import CqError
from cq.resources import data_folder
from cq.serve.reply import Ask
from cq.serve.tools import TOOLS, call
from cq.serve.workspace import Workspace
from cq.tokens import most, tokens_at_most

_QUESTIONS = Path(__file__).with_name("agent_questions.toml")


class Told(NamedTuple):
    """What one program prints for a question."""

    text: str
    ms: float

    def row(self, answer: Sequence[str], limit: int) -> tuple[str, bool]:
        """As it is shown: tokens, time, and which parts of the answer are missing."""
        lines = self.text.split("\n")
        kept = most(len(lines), lambda count: sum(tokens_at_most(line) + 1 for line in lines[:count]) <= limit)
        seen = "\n".join(lines[: max(0, kept)])
        missing = [each for each in answer if not re.search(each, seen)]
        tokens = tokens_at_most(self.text)
        return f"{tokens:7,} {self.ms:7.1f}  {'-' if missing else 'x'}", not missing


def _materialised(clones: Path, corpus: dict[str, str], into: Path) -> Path:
    """The files of the version of a corpus."""
    repository = corpus["repository"]
    for name in (repository, repository.replace("/", "+"), repository.rpartition("/")[2]):
        for place in (clones / name, clones / name / "repo"):
            if (place / "HEAD").exists() or (place / ".git").exists():
                folder = into / repository.rpartition("/")[2]
                done = subprocess.run(["git", "-C", place, "archive", corpus["version"]], capture_output=True)
                if done.returncode:
                    sys.exit(f"{repository} {corpus['version']}: {done.stderr.decode()}")
                with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
                    archive.extractall(folder, filter="data")
                (folder / ".git").mkdir()
                return folder
    sys.exit(f"{clones} has no clone of {repository}")


def _asked(workspace: Workspace, question: dict[str, Any], limit: int) -> Told:
    arguments = {"max_tokens": limit, **question["arguments"]}
    try:
        call([workspace], question["tool"], arguments, Ask(lambda: False))
        began = time.perf_counter()
        tool = TOOLS[question["tool"]]
        text = tool.answer(workspace, tool.asked(arguments), Ask(lambda: False)).text
    except CqError as error:
        return Told(f"{error.message}\nhint: {error.hint}", 0.0)
    return Told(text, (time.perf_counter() - began) * 1000)


def _printed(command: Sequence[str], folder: Path) -> Told:
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL)
    return Told(done.stdout.decode("utf-8", "replace"), (time.perf_counter() - began) * 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", type=Path)
    parser.add_argument("--questions", type=Path, default=_QUESTIONS)
    parser.add_argument("--max-tokens", type=int, default=2000)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--ripgrep", default="rg")
    parser.add_argument("--ast-grep", default="ast-grep")
    options = parser.parse_args()
    data = tomllib.loads(options.questions.read_text())
    with tempfile.TemporaryDirectory() as scratch:
        workspaces: dict[str, Workspace] = {}
        right = [0, 0, 0]
        tokens, times = 0, []
        for number, question in enumerate(data["question"], 1):
            name = question["corpus"]
            if options.only not in ("", name) or options.show not in (0, number):
                continue
            corpus = data["corpora"][name]
            if name not in workspaces:
                folder = _materialised(options.clones, corpus, Path(scratch))
                cache = os.path.join(scratch, "cache")
                workspaces[name] = Workspace(str(folder), (data_folder("queries"),), cache)
                if not options.show:
                    print(f"\n{name} {corpus['version']}\n")
                    print("  #       cq      ms   ripgrep      ms  ast-grep      ms")
            workspace = workspaces[name]
            told = _asked(workspace, question, options.max_tokens)
            if options.show:
                print(f"{question['asks']}\n{told.text}")
            folder = Path(workspace.root)
            columns = [told.row(question["answer"], options.max_tokens)]
            grep = (options.ripgrep, "--sort=path", *question["text"])
            columns.append(_printed(grep, folder).row(question["answer"], options.max_tokens))
            shape = question["shape"]
            syntax = (options.ast_grep, "run", "-l", corpus["language"], "-p", shape, "--color=never")
            ran = _printed(syntax, folder) if shape else Told("", 0.0)
            columns.append(ran.row(question["answer"], options.max_tokens))
            for at, (_, is_right) in enumerate(columns):
                right[at] += is_right
            tokens += tokens_at_most(told.text)
            times.append(told.ms)
            shown = "  ".join(row for row, _ in columns)
            print(f"{number:3} {shown}  {question['tool']:12} {question['asks']}")
            for each in question["answer"]:
                if not re.search(each, told.text):
                    print(f"      missing: {each}")
        count = len(times)
        print(f"\n{count} questions; in one call: cq {right[0]}, ripgrep {right[1]}, ast-grep {right[2]}")
        print(f"cq: {tokens / count:,.0f} tokens on average, median {sorted(times)[count // 2]:.1f} ms")
        sys.exit(0 if right[0] >= 0.95 * count else 1)


if __name__ == "__main__":
    main()
