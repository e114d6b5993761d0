"""The output of every command that goes over files is the same, to the byte, for any number of workers."""

import re

import pytest

# The one part of an answer that may differ: what the run cost, and with how many processes.
COST = re.compile(r',?"report":\{[^{}]*\}')
COMMANDS = [
    ("search", "shelf", "--text", "--json"),
    ("query", "(call function: (_) @f_of_shelf)", "--format", "jsonl", "--lang", "python"),
    ("pattern", "open($A)", "--json", "--lang", "python"),
    ("outline", ".", "--json"),
    ("diagnose", "--json"),
    ("chunk", ".", "--format", "jsonl", "--no-cache"),
    ("tags", "."),
    ("verify", "--json", "--no-targets"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree")
    for number in range(6):
        text = f'"""A shelf."""\n\n\ndef shelf_{number}(shelf):\n    return open(shelf)\n'
        (folder / f"shelf_{number}.py").write_text(text + ("x = (\n" if number == 3 else ""))
        (folder / f"shelf_{number}.rs").write_text(f"fn shelf() {{ open(shelf[{number}]); }}\n")
    return folder


@pytest.mark.parametrize("arguments", COMMANDS, ids=[each[0] for each in COMMANDS])
def test_one_worker_says_what_two_say(cq, tree, arguments):
    one, two = (cq(*arguments, "-j", workers, cwd=tree) for workers in (1, 2))
    assert (one.status, COST.sub("", one.stdout)) == (two.status, COST.sub("", two.stdout))
    assert "shelf_3.py" in one.stdout
