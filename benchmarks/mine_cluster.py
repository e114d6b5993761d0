"""`--executor` on a real scheduler with two workers on this machine: the same results, whatever happens to a worker.

    benchmarks/mine_cluster.py FOLDER

Needs `cq[cluster]`. Says of each check whether it held, and exits with 1 when one did not.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

from cq.index.file_tree import FileTree
from cq.scan import work
from cq.scan.cluster import cluster
from cq.scan.remote import scan_remotely
from cq.scan.results import FileJob, Unread

# Where the analyses are that kill their workers.
HERE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tests")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cq-cluster-") as folder:
        started = start(folder)
        try:
            address = wait_for(os.path.join(folder, "scheduler.json"))
            checks = {
                "mine: the same answer": same(given.folder, "mine", folder, address),
                "chunk: the same chunks": same(given.folder, "chunk", folder, address),
                "index: the same files": same(given.folder, "index", folder, address),
                "a worker killed in the middle: the same answer": same(given.folder, "mine", folder, address, True),
                "a file that kills is named, all others are there": poison(folder, address),
            }
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait()
    for name, held in checks.items():
        print(f"{name}: {held}")
    return 0 if all(checks.values()) else 1


def start(folder: str) -> list[subprocess.Popen]:
    """A scheduler, and two workers that come back when they die."""
    environment = os.environ | {"PYTHONPATH": HERE, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": folder}
    at = ["--scheduler-file", os.path.join(folder, "scheduler.json"), "--no-dashboard"]
    python = [sys.executable, "-m"]
    scheduler = [*python, "distributed.cli.dask_scheduler", "--port", "0", "--host", "127.0.0.1", *at]
    workers = [*python, "distributed.cli.dask_worker", "--nworkers", "2", "--nthreads", "1", *at]
    return [subprocess.Popen(scheduler, **quiet), subprocess.Popen(workers, **quiet)]


def wait_for(path: str) -> str:
    while not os.path.exists(path):
        time.sleep(0.1)
    time.sleep(0.2)
    with open(path, encoding="utf-8") as file:
        return json.load(file)["address"].replace("tcp://", "dask://")


def same(root: str, word: str, folder: str, address: str, kill: bool = False) -> bool:
    """Whether a command says there what it says here."""
    answers = []
    for place, more in (("here", ("-j", "1")), ("there", ("--executor", address))):
        cache = tempfile.mkdtemp(dir=folder)
        form = ("--format", "jsonl") if word == "chunk" else ("--json",)
        command = [sys.executable, "-m", "cq", word, root, *form, "--cache-dir", cache, *more]
        killer = threading.Timer(3.0, kill_one) if kill and place == "there" else None
        if killer is not None:
            killer.start()
        done = subprocess.run(command, capture_output=True, check=False)
        if killer is not None:
            killer.join()
        if done.returncode == 2:
            print(done.stderr.decode(), file=sys.stderr)
            return False
        if word == "mine":
            answer = json.loads(done.stdout)
            answers.append((answer["idioms"], answer["summary"]))
        elif word == "chunk":
            answers.append(done.stdout.splitlines()[:-1])
        else:
            answers.append(
                [(row["files"], row["indexed"], row["bytes_indexed"]) for row in json.loads(done.stdout)["rows"]]
            )
    return answers[0] == answers[1]


def kill_one() -> None:
    """Kill a worker of ours: a process below the one that we started for them."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    line = file.read()
                with open(f"/proc/{name}/environ", "rb") as file:
                    ours = f"PYTHONPATH={HERE}".encode() in file.read()
            except OSError:
                continue
            if ours and b"multiprocessing" in line and b"spawn_main" in line:
                os.kill(int(name), signal.SIGKILL)
                return


def poison(folder: str, address: str) -> bool:
    """One file kills each worker that reads it, and one worker dies by chance."""
    work.TASK_BYTES = 4
    jobs = []
    for name in ("a.py", "b.py", "c.py", "poison.py", "d.py", "e.py"):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("12")
        jobs.append(FileJob(name, 2))
    with open(os.path.join(folder, "once"), "w", encoding="utf-8"):
        pass
    sys.path.insert(0, HERE)
    from cluster_workers import Deadly

    executor = cluster(address)
    found = list(scan_remotely(executor, FileTree(folder), jobs, Deadly, folder))
    executor.shutdown()
    unread = [each for each in found if isinstance(each, Unread)]
    print(*unread, file=sys.stderr)
    in_order = [each[0] for each in found] == [job.path for job in jobs]
    return in_order and [each.path for each in unread] == ["poison.py"]


if __name__ == "__main__":
    sys.exit(main())
