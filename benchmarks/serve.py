"""What a warm server costs: the time of new questions, and the memory of a long use with edits in between.

    python benchmarks/serve.py ROOT [--questions 60] [--calls 3000] [--of map] [--profile search|neighborhood]

In: a folder of sources, which is indexed first. Out: the median, the ninth decile and the largest CPU time of `search`
and of `neighborhood` in this process, each question a new one, about definitions drawn from all of the folder, or with
`--of map` about those that the rest leans on most, which are the dearest; then, in a copy, how much memory the
process has after each tenth of --calls mixed calls, where one call in ten comes after an edit, and how many failed.
Exit status 1 when a median is above 20 ms, or when the second half of the calls added more than a tenth to the memory.
"""

import argparse
import cProfile
import os
import pstats
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from cq.errors import CqError
from cq.resources import data_folder
from cq.serve.reply import Ask
from cq.serve.tools import call
from cq.serve.workspace import Workspace

_MOST_MS = 20.0
_ASK = Ask(lambda: False)


def _workspace(root: str, cache: str) -> Workspace:
    return Workspace(root, (data_folder("queries"),), cache)


def _drawn(workspace: Workspace, most: int) -> list[dict[str, str]]:
    """Functions, methods and types of files drawn by chance, the same ones each time."""
    chance = random.Random(1)
    listed = call([workspace], "files", {"max_tokens": 1_000_000}, _ASK).structured["rows"]
    paths = [row["path"] for row in listed if row.get("language")]
    chance.shuffle(paths)
    found: list[dict[str, str]] = []
    for path in paths:
        rows = call([workspace], "outline", {"paths": [path], "max_tokens": 100_000}, _ASK).structured["rows"]
        rows += [child for row in rows for child in row.get("children", ())]
        rows = [row for row in rows if row["name"].isidentifier()]  # headings and keys are no names to ask for
        if rows:
            found.append({**chance.choice(rows), "path": path})
        if len(found) == most:
            break
    return found


def _map(workspace: Workspace) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = call([workspace], "map", {"max_tokens": 4000}, _ASK).structured["rows"]
    random.Random(1).shuffle(rows)
    return rows


def _times(workspace: Workspace, tool: str, field: str, names: Sequence[str], most: int) -> float:
    """The median; prints it with the ninth decile and the maximum."""
    times = []
    for name in names:
        began = time.process_time()
        try:
            call([workspace], tool, {field: name, "max_tokens": most}, _ASK)
        except CqError:
            continue  # no name for this tool, such as a key of a table
        times.append((time.process_time() - began) * 1000)
    times.sort()
    median = times[len(times) // 2]
    decile = times[len(times) * 9 // 10]
    print(f"{tool:13} {len(times)} new questions: median {median:.1f} ms, 90% {decile:.1f}, most {times[-1]:.0f}")
    return median


def _memory() -> float:
    """Of this process, in megabytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _arguments(chance: random.Random, rows: Sequence[dict[str, str]]) -> tuple[str, dict[str, object]]:
    row = chance.choice(rows)
    target = f"{row['path']}:{row['line']}:{row['column']}"
    return chance.choice(
        [
            ("search", {"name": row["name"]}),
            ("search", {"name": row["name"], "text": True, "max_tokens": 500}),
            ("neighborhood", {"target": target, "all": True}),
            ("neighborhood", {"target": target, "only": ["callee"], "all": True}),
            ("source", {"targets": [target], "relations": ["callees"], "all": True}),
            ("outline", {"paths": [row["path"]]}),
            ("impact", {"target": target, "depth": 1, "all": True}),
            ("pattern", {"pattern": f"{row['name']}($$$)", "paths": [row["path"]]}),
            ("diagnose", {"paths": [row["path"]]}),
            ("files", {"globs": ["**/*e*"]}),
            ("chunk", {"paths": [row["path"]]}),
        ]
    )


def _long_use(root: str, cache: str, calls: int) -> bool:
    """Whether memory stays flat."""
    chance = random.Random(7)
    workspace = _workspace(root, cache)
    rows = _map(workspace)
    failed = 0
    seen = []
    for number in range(calls):
        if number % 10 == 9:
            path = os.path.join(root, chance.choice(rows)["path"])
            with open(path, "ab") as file:
                file.write(b"\n")
        try:
            call([workspace], *_arguments(chance, rows), _ASK)
        except CqError:
            failed += 1
        if (number + 1) % max(1, calls // 10) == 0:
            seen.append(_memory())
            print(f"  {number + 1:6} calls: {seen[-1]:.0f} MB", flush=True)
    print(f"{failed} of {calls} calls were refused")
    return seen[-1] <= 1.1 * seen[len(seen) // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--calls", type=int, default=3000)
    parser.add_argument("--of", choices=("all", "map"), default="all")
    parser.add_argument("--profile", default="")
    options = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as scratch:
        cache = os.path.join(scratch, "cache")
        workspace = _workspace(options.root, cache)
        index = [sys.executable, "-m", "cq", "index", "--cache-dir", cache, options.root]
        subprocess.run(index, check=True, stderr=subprocess.DEVNULL)
        rows = _map(workspace) if options.of == "map" else _drawn(workspace, options.questions + 5)
        rows = rows[: options.questions + 5]
        asked = {
            "search": ("name", [row["name"] for row in rows]),
            "neighborhood": ("target", [f"{row['path']}:{row['line']}:{row['column']}" for row in rows]),
        }
        for tool, (field, names) in asked.items():
            _times(workspace, tool, field, names[:5], 2000)  # what is read once is read
            profile = cProfile.Profile(time.process_time)
            if options.profile == tool:
                profile.enable()
            good &= _times(workspace, tool, field, names[5:], 2000) <= _MOST_MS
            if options.profile == tool:
                profile.disable()
                pstats.Stats(profile).sort_stats("cumtime").print_stats(45)
        del workspace
        if options.calls:
            copy = os.path.join(scratch, "copy")
            shutil.copytree(options.root, copy, symlinks=True)
            good &= _long_use(copy, cache, options.calls)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
