"""What bounds a search: memory, whatever the number of hits, and time, whatever the depth."""

import json
import sys
import time

import pytest

from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.scan import row_store
from cq.scan.row_store import RowStore
from cq.search import analysis, file_rows
from cq.search.names import NameQuery
from cq.search.plan import FileFound

MEASURE = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "cq", *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def found(path, *roles):
    rows = tuple((role, f'{{"row":"{path}:{number}"}}'.encode()) for number, role in enumerate(roles))
    return FileFound(path=path, language="", rows=rows, lines=0, roles={}, withheld={}, hits=0)


FILES = [
    found("a.py", "call", "definition", "call"),
    found("tests/b.py", "definition"),
    found("z.py", "definition", "comment"),
]


@pytest.mark.parametrize("limit", [0, 40, 10**9], ids=["disk", "both", "memory"])
@pytest.mark.parametrize("by_path", [False, True])
def test_rows_on_disk_come_in_the_same_order(monkeypatch, limit, by_path):
    monkeypatch.setattr(row_store, "ROWS_IN_MEMORY_BYTES", limit)
    with RowStore(lane_table((data_folder("queries"),)).is_test, by_path) as store:
        for each in FILES:
            store.add(each)
        rows = [(role, json.loads(row)["row"]) for role, row in store]
    if by_path:
        assert rows == [(role, json.loads(row)["row"]) for each in FILES for role, row in each.rows]
    else:
        assert rows == [
            ("definition", "a.py:1"),
            ("definition", "z.py:0"),
            ("definition", "tests/b.py:0"),
            ("call", "a.py:0"),
            ("call", "a.py:2"),
            ("comment", "z.py:1"),
        ]


def test_memory_is_bounded_for_many_hits(tmp_path, cq_environment):
    import subprocess

    for number in range(15):  # 4 MB of source, 450,000 hits, some 130 MB of rows
        (tmp_path / f"m{number}.py").write_text("x = f(x, x)  # value\n" * 10_000 + "\n")
    command = [sys.executable, "-c", MEASURE, "search", "x", "--root", str(tmp_path), "--json", "-j1"]
    peak_kb = int(subprocess.run(command, capture_output=True, check=True, env=cq_environment).stdout)
    assert peak_kb < 150_000


def test_rows_beyond_the_bound_of_a_file_are_told(monkeypatch, tmp_path):
    for module in (analysis, file_rows):
        monkeypatch.setattr(module, "ROWS_PER_FILE", 10)
    plan = analysis.SearchPlan(query=NameQuery(names=("x",)), folders=(data_folder("queries"),))
    result = analysis.SearchAnalysis(plan).run("a.py", b"x\n" * 25)
    assert len(result.rows) == 10
    assert result.withheld == {"truncated": 15}
    assert sum(result.roles.values()) == result.hits == 25
    assert [diagnostic.code for diagnostic in result.diagnostics] == ["truncated"]


def test_hits_judged_in_parts_are_judged_the_same(monkeypatch):
    plan = analysis.SearchPlan(query=NameQuery(names=("x", "f")), folders=(data_folder("queries"),), text=True)
    source = b"def f(x):\n    return x + f(x)  # x\n\nclass A:\n    x = 'x'\n" * 20
    whole = analysis.SearchAnalysis(plan).run("a.py", source)
    monkeypatch.setattr(analysis, "HITS_AT_ONCE", 3)
    assert analysis.SearchAnalysis(plan).run("a.py", source).rows == whole.rows


@pytest.mark.parametrize(
    "text",
    [
        "m! " + "{" * 10_000 + "foo()" + "}" * 10_000,
        "m!(" * 5_000 + "foo()" + ")" * 5_000,
        "fn g() {" * 5_000 + "foo()" + "}" * 5_000,
    ],
    ids=["braces", "macros", "functions"],
)
def test_depth_does_not_cost_its_square(cq, tmp_path, text):
    (tmp_path / "deep.rs").write_text(text)
    began = time.monotonic()
    answer = json.loads(cq("search", "foo", "--root", tmp_path, "--json").stdout)
    assert answer["summary"]["roles"] == {"call": 1}
    assert len(json.dumps(answer["rows"])) < 20_000
    assert time.monotonic() - began < 30  # it was over a minute, and is well under a second
