#!/usr/bin/env python3
"""What an index saves, as ratios within one run: wall and CPU time are compared, never told.

    benchmarks/warm_search.py ROOT NAME... [--ast-grep PATH] [--rg PATH] [--touch 10] [--parse]

Against the CPU of a process that only imports cyclopts, msgspec and sqlite3; against the wall time of `ast-grep run -p
NAME` and `rg -w NAME`; with --parse, `cq index` against parsing all files once in one process. A name is "new" that was
never asked for since `cq index`: this is told of each NAME, as text and as JSON, all else of the first. Each is the
least of --times runs, taken in turns, since other work on the machine only ever adds to a run.
"""

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

BASE = [sys.executable, "-c", "import cyclopts, msgspec, sqlite3"]
PARSE = """
import sys, time, tree_sitter
from cq.grammar.language import load_language
from cq.lanes.table import lane_table
from cq.resources import data_folder
table = lane_table((data_folder("queries"),))
parsers = {}
spent = 0.0
for path in sys.stdin.read().split("\\0"):
    language = table.by_path(path)
    if language:
        if language not in parsers:
            parsers[language] = tree_sitter.Parser(load_language(table.languages[language].grammar))
        with open(path, "rb") as file:
            data = file.read()
        began = time.process_time()
        parsers[language].parse(data)
        spent += time.process_time() - began
print(spent)
"""


class Cost(NamedTuple):
    """Of one process and those it started, in seconds and bytes."""

    wall: float
    cpu: float
    peak: int


def cost_of(command: list[str], cwd: str, env: dict[str, str], stdin: str = "") -> Cost:
    """Run a command to its end."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(stdin)
    process.stdin.close()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def least(costs: list[Cost]) -> Cost:
    """The least of each."""
    return Cost(*(min(each) for each in zip(*costs, strict=True)))


def main() -> int:
    """Measure and print the ratios."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("root")
    arguments.add_argument("names", nargs="+", metavar="NAME")
    arguments.add_argument("--ast-grep", default=shutil.which("ast-grep"))
    arguments.add_argument("--rg", default=shutil.which("rg"))
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--touch", type=int, default=10)
    arguments.add_argument("--parse", action="store_true")
    given = arguments.parse_args()
    root = os.path.abspath(given.root)
    with tempfile.TemporaryDirectory() as cache:
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["CQ_CACHE_DIR"] = cache
        cq = [sys.executable, "-m", "cq"]
        search = [*cq, "search", given.names[0], "--root", root]
        files = (
            subprocess.run([*cq, "files", "--root", root, "-0"], capture_output=True, cwd=root, env=env, check=True)
            .stdout.decode(errors="surrogateescape")
            .split("\0")
        )
        files = [os.path.join(root, path) for path in files if path]
        size = sum(os.path.getsize(path) for path in files)
        print(f"{len(files):,} files, {size / 1e6:.1f} MB; ratios, each of the least of {given.times} runs")
        if given.parse:
            parse_ratios(given, root, env, cache, [*cq, "index"], files, size)
        commands = {"warm": search, "base": BASE}
        if given.ast_grep:
            commands["ast-grep"] = [given.ast_grep, "run", "-p", given.names[0], root]
        if given.rg:
            commands["rg"] = [given.rg, "-w", given.names[0], root]
        shutil.rmtree(os.path.join(cache, "index"), ignore_errors=True)
        cold = cost_of(search, root, env)
        cost_of(search, root, env)
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(given.times):
            for name, command in commands.items():
                costs[name].append(cost_of(command, root, env))
        warm, base = least(costs["warm"]), least(costs["base"])
        allowed = 1.5 * base.cpu + 3e-6 * len(files)
        print(f"warm CPU / (1.5 x imports + 3 microseconds a file)   {warm.cpu / allowed:.2f}   (at most 1)")
        print(f"warm CPU / imports                                   {warm.cpu / base.cpu:.2f}")
        print(f"warm wall / first wall                               {warm.wall / cold.wall:.3f}")
        for name in ("ast-grep", "rg"):
            if name in costs:
                print(f"warm wall / {name:<40} {warm.wall / least(costs[name]).wall:.3f}")
        print("new names after cq index:".ljust(38) + "CPU / allowed   with --json   wall / ast-grep")
        for name, new, as_json in new_names(given, root, env, cache, [*cq, "index", "--root", root], cq):
            wall = "-"
            if given.ast_grep:
                run = [given.ast_grep, "run", "-p", name, root]
                wall = f"{new.wall / least([cost_of(run, root, env) for _ in range(given.times)]).wall:.3f}"
            print(f"    {name}".ljust(38) + f"{new.cpu / allowed:<16.2f}{as_json.cpu / allowed:<14.2f}{wall}")
        if given.touch:
            touched = touch_ratios(given, root, env, search, files)
            print(
                f"wall after {given.touch:>4} files changed / warm             {touched / warm.wall:.2f}   (at most 2)"
            )
        print(f"warm peak memory {warm.peak / 1e6:.0f} MB, first {cold.peak / 1e6:.0f} MB")
    return 0


def new_names(given, root, env, cache, index, cq):  # type: ignore[no-untyped-def]
    """What a search of each name costs right after indexing."""
    shutil.rmtree(os.path.join(cache, "index"), ignore_errors=True)
    cost_of(index, root, env)
    shutil.copytree(os.path.join(cache, "index"), os.path.join(cache, "kept"))
    for name in given.names:
        costs: tuple[list[Cost], list[Cost]] = ([], [])
        for _ in range(given.times):
            for more, these in zip(([], ["--json"]), costs, strict=True):
                shutil.rmtree(os.path.join(cache, "index"))
                shutil.copytree(os.path.join(cache, "kept"), os.path.join(cache, "index"))
                these.append(cost_of([*cq, "search", name, "--root", root, *more], root, env))
        yield name, least(costs[0]), least(costs[1])
    shutil.rmtree(os.path.join(cache, "kept"))


def touch_ratios(given, root, env, search, files) -> float:  # type: ignore[no-untyped-def]
    """Wall time of the search after some files changed; each is as it was in the end."""
    chance = random.Random(1)
    walls = []
    for _ in range(given.times):
        some = chance.sample(files, given.touch)
        kept = {path: (open(path, "rb").read(), os.stat(path)) for path in some}  # noqa: SIM115
        try:
            for path, (data, _) in kept.items():
                with open(path, "wb") as file:
                    file.write(data + b"\n")
            time.sleep(0.2)
            walls.append(cost_of(search, root, env).wall)
        finally:
            for path, (data, status) in kept.items():
                with open(path, "wb") as file:
                    file.write(data)
                os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        time.sleep(0.2)
        cost_of(search, root, env)
    return min(walls)


def parse_ratios(given, root, env, cache, command, files, size) -> None:  # type: ignore[no-untyped-def]
    """`cq index` of a root never seen, against parsing all of it in one process."""
    index: list[Cost] = []
    one: list[Cost] = []
    parse = []
    for _ in range(min(given.times, 3)):
        for workers, costs in (("0", index), ("1", one)):
            shutil.rmtree(os.path.join(cache, "index"), ignore_errors=True)
            children = resource.getrusage(resource.RUSAGE_CHILDREN)
            cost = cost_of([*command, "--root", root, "-j", workers], root, env)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
            costs.append(cost._replace(cpu=max(cpu, cost.cpu)))
        done = subprocess.run(
            [sys.executable, "-c", PARSE], input="\0".join(files), capture_output=True, text=True, env=env, check=True
        )
        parse.append(float(done.stdout))
    raw = min(parse)
    kept = sum(os.path.getsize(os.path.join(cache, "index", name)) for name in os.listdir(os.path.join(cache, "index")))
    print(f"cq index CPU / parsing                               {least(one).cpu / raw:.2f}   (at most 1.7)")
    print(f"cq index wall / parsing                              {least(index).wall / raw:.2f}   (at most 1)")
    print(f"index / source                                       {kept / size:.2f}   (at most 1)")
    print(f"peak memory of cq index                              {least(index).peak / 1e6:.0f} MB (at most 250)")


if __name__ == "__main__":
    sys.exit(main())
