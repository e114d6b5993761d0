"""Compare a first `cq search` with the raw work behind it and with ast-grep, as ratios in one run.

    python benchmarks/cold_search.py FOLDER [NAME...] [--language python] [--runs 5]

For each name: CPU of cq against a bare program that reads every file and parses once with py-tree-sitter those
whose bytes hold the name; wall time against `ast-grep run -p NAME`; ripgrep's CPU for scale; peak memory of the
largest process. Without names, 20 are chosen from the folder: from rare ones to one in a fifth of the files.
CPU counts all processes, also those that a process leaves behind. Linux only.
"""

import argparse
import ctypes
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

EXTENSIONS = {"python": (".py", ".pyi", ".pyw"), "rust": (".rs",)}
RAW = """
import os, sys
import tree_sitter, tree_sitter_{language} as grammar
parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
root, name = sys.argv[1], sys.argv[2].encode()
for folder, _, names in os.walk(root):
    for file in names:
        if file.endswith({extensions!r}):
            with open(os.path.join(folder, file), "rb") as handle:
                data = handle.read()
            if name in data:
                parser.parse(data)
"""
PR_SET_CHILD_SUBREAPER = 36


class Cost(NamedTuple):
    cpu: float
    wall: float
    peak_mb: float
    output: int


def run(command):
    """CPU seconds (of all descendants), wall seconds, peak memory of the largest process, bytes printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = 0
    peak = 0
    assert process.stdout is not None
    while chunk := process.stdout.read(1 << 20):
        output += len(chunk)
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    peak = usage.ru_maxrss
    while True:  # a fork server and its workers outlive the command by a moment
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        peak = max(peak, usage.ru_maxrss)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, peak / 1024, output)


def choose_names(folder, extensions, count):
    """Names spread evenly, on a logarithmic scale, from one file to a fifth of the files."""
    files_with: Counter[bytes] = Counter()
    files = [path for path in Path(folder).rglob("*") if path.suffix in extensions and path.is_file()]
    for path in files:
        files_with.update(set(re.findall(rb"\b([A-Za-z_]\w{3,})[(]", path.read_bytes())))
    by_count = sorted((number, name.decode()) for name, number in files_with.items())
    most = len(files) / 5
    names = []
    for step in range(count):
        wanted = most ** (step / (count - 1))
        names.append(min(by_count, key=lambda item: (abs(item[0] - wanted), item[1]))[1])
    return list(dict.fromkeys(names)), len(files), sum(path.stat().st_size for path in files)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--language", default="python", choices=sorted(EXTENSIONS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # Compiled modules are part of an installed program.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

    extensions = EXTENSIONS[options.language]
    chosen, files, size = choose_names(options.folder, extensions, options.count)
    names = options.names or chosen
    print(f"{files} files, {size / 1e6:.1f} MB, {len(names)} names, median of {options.runs} runs")
    raw = RAW.format(language=options.language, extensions=extensions)
    cq = [str(Path(sys.executable).with_name("cq")), "search", "--root", options.folder]
    ast_grep, ripgrep = shutil.which("ast-grep"), shutil.which("rg")
    heads = ("cq/raw cpu", "cq/ast-grep wall", "rg/cq cpu", "peak MB", "output kB")
    print(f"{'name':<28} " + " ".join(f"{head:>{max(10, len(head))}}" for head in heads))
    cpu_ratios, wall_ratios, peaks = [], [], []
    for name in names:
        costs: dict[str, list[Cost]] = {"cq": [], "raw": [], "ast-grep": [], "rg": []}
        commands = {"cq": [*cq, name], "raw": [sys.executable, "-c", raw, options.folder, name]}
        if ast_grep:
            commands["ast-grep"] = [ast_grep, "run", "-l", options.language, "-p", name, options.folder]
        if ripgrep:
            commands["rg"] = [ripgrep, "-w", name, options.folder]
        for _ in range(options.runs):  # in turn, so that a noisy moment meets all of them
            for tool, command in commands.items():
                costs[tool].append(run(command))
        median = {
            tool: [statistics.median(values) for values in zip(*given, strict=True)]
            for tool, given in costs.items()
            if given
        }
        cpu = median["cq"][0] / median["raw"][0]
        cpu_ratios.append(cpu)
        peaks.append(median["cq"][2])
        wall = median["cq"][1] / median["ast-grep"][1] if "ast-grep" in median else float("nan")
        wall_ratios.append(wall)
        rg = median["rg"][0] / median["cq"][0] if "rg" in median else float("nan")
        print(f"{name:<28} {cpu:>10.2f} {wall:>16.2f} {rg:>10.2f} {peaks[-1]:>10.0f} {median['cq'][3] / 1000:>10.1f}")
    print(
        f"cq/raw cpu: median {statistics.median(cpu_ratios):.2f}, worst {max(cpu_ratios):.2f}; "
        f"cq/ast-grep wall: median {statistics.median(wall_ratios):.2f}, worst {max(wall_ratios):.2f}; "
        f"peak {max(peaks):.0f} MB"
    )


if __name__ == "__main__":
    main()
