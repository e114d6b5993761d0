"""`--executor dask://HOST:PORT`: what is done when tasks fail, on an executor of threads and on a real scheduler.

`benchmarks/mine_cluster.py` does the same over a corpus.
"""

import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cluster_workers import Deadly, DiesOnce
from cq.cli.chunk import chunk
from cq.cli.index import index
from cq.cli.mine import mine
from cq.index.file_tree import FileTree
from cq.mining.analysis import MineAnalysis, MinePlan
from cq.resources import data_folder
from cq.scan import work
from cq.scan.remote import scan_remotely
from cq.scan.results import FileJob, Unread


class Fails:
    """An analysis that gets through no file called poison, and tells the others."""

    def __init__(self, plan):
        self.plan = plan

    def run(self, path, data):
        if path == "poison.py":
            raise ValueError("no\nworker")
        return path, len(data), self.plan


@pytest.mark.parametrize("task_bytes", [1, 4, 1000])
def test_a_file_that_no_worker_gets_through_is_named(tmp_path, monkeypatch, task_bytes):
    monkeypatch.setattr(work, "TASK_BYTES", task_bytes)
    jobs = []
    for name in ("a.py", "b.py", "c.py", "poison.py", "d.py", "e.py"):
        (tmp_path / name).write_text("12")
        jobs.append(FileJob(name, 2))
    with ThreadPoolExecutor(2) as executor:
        found = list(scan_remotely(executor, FileTree(str(tmp_path)), jobs, Fails, "plan"))
    assert found == [
        *((f"{name}.py", 2, "plan") for name in "abc"),
        Unread("poison.py", "crashed", "no worker got through it: no worker"),
        *((f"{name}.py", 2, "plan") for name in "de"),
    ]


def test_what_is_not_asked_for_any_more_is_not_done(tmp_path, monkeypatch):
    monkeypatch.setattr(work, "TASK_BYTES", 1)
    jobs = [FileJob(f"{number}.py", 1) for number in range(300)]
    with ThreadPoolExecutor(1) as executor:
        results = scan_remotely(executor, FileTree(str(tmp_path)), jobs, Fails, "plan")
        assert next(results).reason == "gone"
        results.close()


@pytest.mark.parametrize("address", ["here", "dask://127.0.0.1:x", "dask://:80", "tcp://127.0.0.1:80"])
def test_what_is_no_cluster(cq, tmp_path, address):
    done = cq("mine", tmp_path, "--no-cache", "--executor", address)
    assert done.status == 2
    assert "not an address of a cluster\nhint: dask://HOST:PORT" in done.stderr


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A scheduler on this machine, and two workers that come back when they die."""
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    environment = os.environ | {
        "PYTHONPATH": os.path.dirname(__file__),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "HOME": str(folder),
    }
    common = ["--scheduler-file", str(told), "--no-dashboard"]
    with contextlib.ExitStack() as stack:
        for word, *more in (
            ("dask_scheduler", "--host", "127.0.0.1", "--port", "0"),
            ("dask_worker", "--nworkers", "2", "--nthreads", "1"),
        ):
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{word}", *more, *common],
                env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            stack.callback(process.wait)
            stack.callback(process.terminate)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, ValueError):
                yield json.loads(told.read_text())["address"].replace("tcp://", "dask://")
                return
            time.sleep(0.05)
        pytest.fail("no scheduler after a minute")


@pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="needs cq[cluster]")
@pytest.mark.filterwarnings("ignore")  # what others deprecate is not the matter here
def test_a_cluster_gives_what_this_machine_gives(address, tmp_path, monkeypatch, capsysbinary):
    from cq.scan import cluster

    root = tmp_path / "src"
    root.mkdir()
    names = ("a.py", "b.py", "middle.py", "poison.py", "y.py", "z.py")
    for name in names:
        (root / name).write_text(
            f"def {name[0]}(items):\n    return isinstance(items, (list, tuple)) or len(items) == 0\n"
        )
    executor = cluster.cluster(address)
    monkeypatch.setattr(cluster, "cluster", lambda _: executor)
    monkeypatch.setattr(work, "TASK_BYTES", 100)

    def told(command, values, **more):
        command({**values, "cache_dir": str(tmp_path / f"cache-{len(more)}"), **more}, [str(root)])
        return capsysbinary.readouterr().out

    def mined(**more):
        answer = json.loads(told(mine, {"json": True}, **more))
        return answer["idioms"], answer["summary"]

    def indexed(**more):
        (row,) = json.loads(told(index, {"json": True}, **more))["rows"]
        return row["files"], row["indexed"], row["bytes_indexed"]

    def chunked(**more):
        return [line for line in told(chunk, {"format": "jsonl"}, **more).splitlines() if b'"text"' in line]

    for command in (mined, chunked, indexed):
        here = command()
        assert here[0]
        assert command(executor=address) == here

    # One worker dies in the middle: its tasks are done once more, and each result is there once.
    tree, jobs = FileTree(str(root)), [FileJob(name, (root / name).stat().st_size) for name in names]
    plan = MinePlan(folders=(data_folder("queries"),), level="semantic")
    here = [MineAnalysis(plan).run(name, (root / name).read_bytes()).rows for name in names]
    (tmp_path / "once").touch()
    assert [each.rows for each in scan_remotely(executor, tree, jobs, DiesOnce, (str(tmp_path), plan))] == here
    assert not (tmp_path / "once").exists()

    # A file that kills every worker is named, and all others are there.
    found = list(scan_remotely(executor, tree, jobs, Deadly, str(tmp_path)))
    assert [each.path if isinstance(each, Unread) else each[0] for each in found] == list(names)
    assert [(each.path, each.reason) for each in found if isinstance(each, Unread)] == [("poison.py", "crashed")]
    executor.shutdown()
