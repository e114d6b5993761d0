"""`cq search --max-tokens`: pages of rows, best first, and the cursor from one to the next."""

import json
import re

import pytest

from cq.tokens import tokens_at_most

USES = "".join(f"target({number})  # here, number {number}\n" for number in range(40))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("pages")
    (root / ".git").mkdir()
    (root / "a.py").write_text("from z import target\n" + USES)
    (root / "z.py").write_text("def target(number):\n    return number\n")
    return root


def pages(cq, project, *arguments):
    """The answers on the way from the first page to the last."""
    cursor = ()
    for _ in range(60):
        done = cq("search", "target", *arguments, *cursor, cwd=project)
        yield done
        found = re.search(r"(?:--cursor |\"cursor\":\")(c[\w-]+)", done.stdout + done.stderr)
        if found is None:
            return
        cursor = ("--cursor", found[1])
    raise AssertionError("there is no end")


def test_text_in_pages_is_the_text(cq, project):
    whole = cq("search", "target", cwd=project).stdout
    found = list(pages(cq, project, "--max-tokens", 400))
    assert len(found) > 2
    assert "".join(done.stdout for done in found) == whole
    assert whole.startswith("z.py:1:5: def target")
    assert "more in 1 file: --cursor c" in found[0].stderr and "calls" in found[0].stderr
    for done in found:
        assert done.status == 0 and tokens_at_most(done.stdout + done.stderr) <= 400


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_data_in_pages_is_the_data(cq, project, form):
    def rows(text):
        lines = [json.loads(line) for line in text.splitlines()]
        return lines[0]["rows"] if form == "json" else lines[:-1]

    whole = rows(cq("search", "target", "--format", form, "--sort", "rank", cwd=project).stdout)
    found = list(pages(cq, project, "--format", form, "--max-tokens", 1500))
    assert len(found) > 2
    assert [row for done in found for row in rows(done.stdout)] == whole
    for done in found:
        assert tokens_at_most(done.stdout) <= 1500
        account = json.loads(done.stdout.splitlines()[-1])["summary"]
        assert account["shown"] == len(rows(done.stdout)) and account["rows"] == 42


def test_one_row_is_shown_whatever_it_takes(cq, project):
    done = cq("search", "target", "--max-tokens", "1", cwd=project)
    assert done.stdout.count("\n") == 1 and "--cursor c1-" in done.stderr


def test_a_cursor_ends_with_the_rows_that_it_was_of(cq, project, tmp_path):
    first = next(pages(cq, project, "--max-tokens", 400))
    cursor = re.search(r"--cursor (c[\w-]+)", first.stderr)[1]
    (tmp_path / ".git").mkdir()
    (tmp_path / "z.py").write_text("def target(): pass\n")
    done = cq("search", "target", "--cursor", cursor, cwd=tmp_path)
    assert (done.status, done.stdout) == (2, "") and "older state" in done.stderr
    rest = cq("search", "target", "--cursor", cursor, cwd=project)
    assert first.stdout + rest.stdout == cq("search", "target", cwd=project).stdout


@pytest.mark.parametrize(
    "letters",
    [
        "--cursor x",
        "--cursor c1",
        "--max-tokens 0",
        "--max-tokens 9 -l",
        "--cursor c1-00000000 -c",
        "--max-tokens 9 --limit 2",
        "--max-tokens 9 --heading",
        "--max-tokens 9 -q",
    ],
)
def test_what_is_refused(cq, project, letters):
    done = cq("search", "target", *letters.split(), cwd=project)
    assert (done.status, done.stdout) == (2, "") and "Traceback" not in done.stderr
