"""Patterns over a tree: `cq pattern` and the ast-grep command in turn, as ratios of CPU and wall time.

    .venv/bin/python benchmarks/patterns.py SOURCES --ast-grep PATH [--language python] [--runs 3]

Each pair runs back to back, so that a busy machine is busy for both. CPU is user and system time with one thread each;
wall time is with as many threads or processes as each takes by default. Below 1 cq takes less. The counts of matches
must be the same, or the figures mean nothing: then it exits with 1.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from typing import NamedTuple

# From a rare word, by way of common words, to no word at all.
PATTERNS = {
    "python": (
        "nsimplify($$$)", "lazy($F, str)", "super().__init__($$$A)", "print($A)", "isinstance($X, str)",
        "$X.append($Y)", "assert $X", "lambda $X: $Y", "with $A as $B: $$$", "for $I in $X: $$$",
        "def $F($$$P): $$$B", "self.$X = $X", "$A if $B else $C", "$A == $B", "[$X for $Y in $Z]",
    ),
    "rust": (
        "$X.poll_next($$$)", "mem::swap($A, $B)", "panic!($$$)", "$A.unwrap()", "vec![$$$]",
        "loop { $$$ }", "unsafe { $$$ }", "assert_eq!($A, $B)", "impl $T for $U { $$$ }", "fn $F($$$A) -> $R { $$$ }",
        "match $X { $$$ }", "let $X = $Y;", "#[inline]", "$A = $A", "$A?",
    ),
}  # fmt: skip


class Run(NamedTuple):
    wall: float
    cpu: float
    matches: int


def timed(command: list[str], key: str) -> Run:
    """One run; the matches are the lines with this key."""
    before = os.times()
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    wall = time.perf_counter() - began
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Run(wall, cpu, sum(key in json.loads(line) for line in done.stdout.splitlines()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources")
    parser.add_argument("--ast-grep", default="ast-grep")
    parser.add_argument("--language", default="python", choices=sorted(PATTERNS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pattern", action="append")
    arguments = parser.parse_args()
    status = 0
    print(f"{'pattern':<24} {'matches':>8} {'CPU':>7} {'wall':>7}   (cq / ast-grep, median of {arguments.runs})")
    for pattern in arguments.pattern or PATTERNS[arguments.language]:
        ours = [sys.executable, "-m", "cq", "pattern", pattern, arguments.sources, "--lang", arguments.language]
        theirs = [
            arguments.ast_grep,
            "run",
            "-p",
            pattern,
            "-l",
            arguments.language,
            "--json=stream",
            arguments.sources,
        ]
        cpu, wall = [], []
        for _ in range(arguments.runs):
            mine = timed([*ours, "--format", "jsonl", "-j", "1"], "start_byte")
            other = timed([*theirs, "-j", "1"], "range")
            cpu.append(mine.cpu / other.cpu)
            wall.append(timed([*ours, "--format", "jsonl"], "start_byte").wall / timed(theirs, "range").wall)
        print(
            f"{pattern:<24} {mine.matches:>8,} {statistics.median(cpu):>7.2f} {statistics.median(wall):>7.2f}",
            flush=True,
        )
        if mine.matches != other.matches:
            print(f"  not the same: ast-grep has {other.matches:,}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
