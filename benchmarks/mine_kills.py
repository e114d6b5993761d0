"""Kill `cq mine` at random times, resume, and hold every count against that of a run in one go.

    benchmarks/mine_kills.py PATH... --lang python [--kills 20] [--workers 2] [--seed 3]

A run is killed (SIGKILL, its workers are left to find out) at a time that is drawn from the time that a whole run
takes, again and again on one store. Whenever a run comes to its end, or the kills are used up, the counts of all
patterns, however rare, and their places are compared with those of the store of the run in one go, and the next kill
finds an empty store. Stores go to a folder that is deleted in the end. Exit status 1 when anything differs.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import numpy as np

from cq.cli.mined import run_of
from cq.mining.counting import Counted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--lang", required=True)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args()
    work = tempfile.mkdtemp(prefix="cq-bench-kills-")
    try:
        return kills(given, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def kills(given: argparse.Namespace, work: str) -> int:
    """All of it; the exit status."""
    whole_store = os.path.join(work, "whole")
    began = time.monotonic()
    subprocess.run(command(given, whole_store), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    span = time.monotonic() - began
    whole = counted(given, whole_store)
    print(f"in one go: {len(whole.digests)} contents, {whole.rows} places of {whole.distinct} patterns", flush=True)
    store = os.path.join(work, "killed")
    chance = random.Random(given.seed)
    killed = resumed = different = since = survived = 0
    while killed < given.kills:
        process = subprocess.Popen(
            command(given, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(chance.uniform(0.0, span))
            ended = True
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed, since, ended = killed + 1, since + 1, False
            survived = max(survived, segments(store))
        if not ended and killed < given.kills:
            continue
        if not since:
            shutil.rmtree(store)  # no run on it was killed
            continue
        if not ended:
            subprocess.run(command(given, store), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        why = difference(whole, counted(given, store))
        resumed += 1
        different += bool(why)
        print(f"after {since} kills ({survived} segments outlived one): {why or 'every count is the same'}", flush=True)
        shutil.rmtree(store)
        since = survived = 0
    print(f"{killed} kills, {resumed} runs resumed to their end, {different} of them differ")
    return 1 if different else 0


def command(given: argparse.Namespace, store: str) -> list[str]:
    more = ["--lang", given.lang, "--cache-dir", store, "-j", str(given.workers), "-q"]
    return [sys.executable, "-m", "cq", "mine", *given.paths, *more]


def segments(store: str) -> int:
    """How many segments a store has."""
    return sum(name.endswith(".seg") for _, _, names in os.walk(store) for name in names)


def counted(given: argparse.Namespace, store: str) -> Counted:
    """The counts of all patterns by what a store has, to which nothing is added. It must have all contents."""
    values = {"lang": given.lang, "cache_dir": store, "min_files": 1, "min_projects": 1}
    run = run_of(values, given.paths, store)
    if lacking := [digest for digest in run.paths if digest not in run.segments.blobs]:
        raise SystemExit(f"{len(lacking)} contents have no facts")
    if run.segments.damaged:
        raise SystemExit(f"damaged: {run.segments.damaged}")
    return run.count()


def difference(one: Counted, other: Counted) -> str:
    """What differs between two counts; "" when nothing does."""
    if one.digests != other.digests:
        return "contents"
    names = [
        name
        for name in one.counts._fields
        if not np.array_equal(*(getattr(each.counts, name) for each in (one, other)))
    ]
    names += [
        f"places: {name}"
        for name in one.places._fields
        if not np.array_equal(*(getattr(each.places, name) for each in (one, other)))
    ]
    return ", ".join(names)


if __name__ == "__main__":
    sys.exit(main())
