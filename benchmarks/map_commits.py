"""How much of what real commits touch next is on the map of a repository: `cq map` and aider's repository map.

    python benchmarks/map_commits.py CLONE [CLONE ...] [--max-tokens 2000] [--states 8] [--back 400] [--commits 10]
        [--aider PYTHON] [--no-history]

In: clones with their history (bare ones will do). At --states commits, spread over the last --back of first parents,
the files are checked out and both maps are made, without a focus. What the next --commits commits that change sources
touch are the innermost definitions around the old lines that they change, as far as they are there already. Out: the
share of these that the maps show (file and name). --aider is a Python that has aider-chat; both count tokens by cq's
rule, and aider keeps its own tolerance of 15 percent. --no-history maps without looking at what changed lately.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cq.index.selection import Selection
from cq.lanes.definitions import definitions_of
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.overview.run import MapRequest, map_answer
from cq.render.map_text import map_text
from cq.resources import data_folder
from cq.tokens import tokens_at_most

_FOLDERS = (data_folder("queries"),)
_TABLE = lane_table(_FOLDERS)
_LANES = Lanes(_TABLE)
_HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? ")
Symbol = tuple[str, str]  # path and name

# Runs in the Python that has aider: the map of the files whose names it reads, as text.
_AIDER = """
import importlib.util, json, sys
from aider.repomap import RepoMap
spec = importlib.util.spec_from_file_location("tokens", sys.argv[2])
tokens = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tokens)
class Model:
    def token_count(self, text): return tokens.tokens_at_most(text)
class Io:
    def tool_output(self, *text, **more): pass
    tool_error = tool_warning = tool_output
    def read_text(self, path, silent=False):
        try:
            return open(path, encoding="utf-8").read()
        except (OSError, UnicodeError):
            return None
limit = int(sys.argv[3])
made = RepoMap(map_tokens=limit, root=sys.argv[1], main_model=Model(), io=Io(), refresh="always")
made.token_count = tokens.tokens_at_most
print(made.get_ranked_tags_map([], json.load(sys.stdin), limit) or "")
"""


def _git(folder: str, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def _spans(path: str, data: bytes) -> Iterator[tuple[int, int, str]]:
    """First and last line of each definition that is not within a function, and its name."""
    lane = _LANES.lane(_TABLE.by_path(path))
    for each in definitions_of(lane, data, lane.parse(data).root_node):
        if each.verdict.scope_kind != "function":
            yield each.node.start_point.row + 1, each.end_line, each.name


def _touched(folder: str, commit: str) -> set[Symbol]:
    """The definitions around the old lines that a commit changes."""
    found: set[Symbol] = set()
    path = ""
    spans: list[tuple[int, int, str]] = []
    for line in _git(folder, "diff", "-U0", "--no-renames", "--no-color", f"{commit}~1", commit).split("\n"):
        if line.startswith("--- "):
            path = line[6:] if line.startswith("--- a/") else ""
            spans = []
            if path and _TABLE.by_path(path) and not _TABLE.is_test(path):
                data = subprocess.run(["git", "-C", folder, "show", f"{commit}~1:{path}"], capture_output=True).stdout
                spans = list(_spans(path, data))
        elif spans and (hunk := _HUNK.match(line)):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            last = first + max(count, 1) - 1
            around = [each for each in spans if each[0] <= last and first <= each[1]]
            # Of definitions within each other the inner one.
            for each in around:
                if not any(each[0] <= other[0] and other[1] <= each[1] and other != each for other in around):
                    found.add((path, each[2]))
    return found


def _next(folder: str, commits: list[str], count: int, there: set[Symbol]) -> set[Symbol]:
    found: set[Symbol] = set()
    for commit in commits:
        touched = _touched(folder, commit) & there
        found |= touched
        count -= bool(touched)
        if not count:
            break
    return found


def _shown(sections: dict[str, str], wanted: set[Symbol]) -> set[Symbol]:
    return {
        (path, name) for path, name in wanted if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sections.get(path, ""))
    }


def _ours(folder: str, max_tokens: int, history: bool) -> tuple[dict[str, str], int]:
    request = MapRequest(
        selection=Selection(root=folder, paths=(folder,)), folders=_FOLDERS, max_tokens=max_tokens, history=history
    )
    answer = map_answer(request, map_text, lambda: False).answer
    sections: dict[str, str] = {}
    for row in answer.rows:
        sections[row.path] = f"{sections.get(row.path, '')}\n{row.signature or row.name}"
    return sections, answer.summary.tokens


def _aiders(python: str, folder: str, paths: list[str], max_tokens: int) -> tuple[dict[str, str], int]:
    tokens = Path(sys.modules["cq.tokens"].__file__ or "")
    files = json.dumps([os.path.join(folder, path) for path in paths])
    command = [python, "-c", _AIDER, folder, str(tokens), str(max_tokens)]
    text = subprocess.run(command, input=files, capture_output=True, text=True, check=True).stdout
    sections: dict[str, str] = {}
    path = ""
    for line in text.split("\n"):
        if line.endswith(":") and not line.startswith(("│", "⋮", " ")):
            path = line[:-1]
        elif path:
            sections[path] = f"{sections.get(path, '')}\n{line}"
    return sections, tokens_at_most(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", nargs="+")
    parser.add_argument("--max-tokens", type=int, default=2000)
    parser.add_argument("--states", type=int, default=8)
    parser.add_argument("--back", type=int, default=400)
    parser.add_argument("--commits", type=int, default=10)
    parser.add_argument("--aider", default="")
    parser.add_argument("--no-history", action="store_true")
    options = parser.parse_args()
    for clone in options.clones:
        name = os.path.basename(os.path.dirname(clone) if clone.endswith("/repo") else clone.rstrip("/"))
        with tempfile.TemporaryDirectory() as scratch:
            folder = os.path.join(scratch, "work")
            subprocess.run(["git", "clone", "-q", "--shared", "--no-checkout", clone, folder], check=True)
            line = _git(folder, "rev-list", "--first-parent", f"-{options.back}", "HEAD").split()
            step = len(line) // (options.states + 1)
            sums = {"cq": [0, 0], "aider": [0, 0]}
            means = {"cq": 0.0, "aider": 0.0}
            total = 0
            for at in range(step, step * options.states + 1, step):
                _git(folder, "checkout", "-q", "--force", line[at])
                paths = [path for path in _git(folder, "ls-files").split("\n") if path and _TABLE.by_path(path)]
                there = set()
                for path in paths:
                    data = Path(folder, path).read_bytes() if os.path.isfile(os.path.join(folder, path)) else b""
                    there |= {(path, each[2]) for each in _spans(path, data)}
                wanted = _next(folder, line[at - 1 :: -1], options.commits, there)
                total += len(wanted)
                maps = {"cq": _ours(folder, options.max_tokens, not options.no_history)}
                if options.aider:
                    maps["aider"] = _aiders(options.aider, folder, paths, options.max_tokens)
                shares = []
                for who, (sections, tokens) in maps.items():
                    shown = _shown(sections, wanted)
                    sums[who][0] += len(shown)
                    means[who] += len(shown) / max(1, len(wanted)) / options.states
                    sums[who][1] += tokens
                    shares.append(f"{who} {len(shown):3} ({tokens:,} tokens)")
                print(f"  {name} {line[at][:8]}: of {len(wanted):3} touched next: {', '.join(shares)}", flush=True)
            told = [
                f"{who} {found / max(1, total):.1%}, {means[who]:.1%} of a state ({tokens // options.states:,} tokens)"
                for who, (found, tokens) in sums.items()
                if tokens
            ]
            print(f"{name}: {total} definitions touched next, on the map: {', '.join(told)}", flush=True)


if __name__ == "__main__":
    main()
