"""`--executor dask://HOST:PORT`: what is done when tasks fail, on an executor of threads; `benchmarks/mine_cluster.py`
does the same on a real scheduler with two workers.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from cq.index.file_tree import FileTree
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
