"""`cq run`: several questions in one process."""

import json

import pytest

STORE = "def check(book):\n    return book\n\n\ndef put():\n    check(1)\n    check(2)\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "store.py").write_text(STORE)
    return tmp_path


def run(cq, project, *lines, **more):
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    done = cq("run", "--steps", "-", cwd=project, stdin=text, **more)
    return done, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_step_answers_as_its_command_does(cq, project):
    commands = (
        ["search", "check", "--role", "call"],
        ["calls", "check", "--json"],
        ["outline", "store.py", "--format", "jsonl"],
        ["neighborhood", "store.py:5"],
        ["neighborhood", "put"],
        ["search", "nowhere"],
        ["chunk"],
    )
    done, answers = run(cq, project, *({"id": f"s{number}", "argv": each} for number, each in enumerate(commands)))
    assert done.status == 0
    assert answers.pop() == {
        "schema": {"name": "cq.run", "version": 1},
        "steps": 7,
        "found": 6,
        "nothing": 1,
        "failed": 0,
        "exit_status": 0,
    }
    for number, (command, answer) in enumerate(zip(commands, answers, strict=True)):
        alone = cq(*command, cwd=project)
        assert (answer["id"], answer["line"], answer["command"]) == (f"s{number}", number + 1, command[0])
        assert answer["status"] == alone.status
        if "--json" in command:
            assert answer["answer"]["rows"] == json.loads(alone.stdout)["rows"]
        elif "rows" in answer:
            expected = [json.loads(line) for line in alone.stdout.splitlines()]
            assert [row for row in answer["rows"] if "report" not in row] == [r for r in expected if "report" not in r]
        else:
            assert answer.get("text", "") == alone.stdout
    assert "7 hits" not in answers[0]["messages"] and "2 calls" in answers[0]["messages"]


def test_a_tool_of_the_server_is_a_step(cq, project):
    done, (search, again, tail) = run(
        cq,
        project,
        {"id": 1, "tool": "search", "params": {"name": "check"}},
        {"id": 2, "tool": "search", "params": {"nome": "check"}},
    )
    assert search["status"] == 0 and "def check(book)" in search["text"] and search["answer"]["rows"]
    assert again["status"] == 2 and "no parameter 'nome'" in again["messages"]
    assert done.status == 2 and (tail["found"], tail["failed"]) == (1, 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not json", "line 1: JSON is malformed"),
        ("[" * 100_000, "line 1: "),
        ('{"argv": "search"}', "line 1: Expected `array`"),
        ('{"id": "a"}', "either argv, or a tool"),
        ('{"id": "a", "argv": ["files"], "tool": "files"}', "either argv, or a tool"),
        ('{"id": "a", "arg": ["files"]}', "line 1: Object contains unknown field `arg`"),
        ('{"id": "a", "argv": ["run", "--steps", "-"]}', "is no step"),
        ('{"id": "a", "argv": ["mcp"]}', "is no step"),
        ('{"id": "a", "argv": ["query", "(call) @c", "--watch"]}', "is no step"),
        ('{"id": "a", "argv": ["serch", "x"]}', "Unknown command"),
        ('{"id": "a", "argv": ["search", "--no-such"]}', "cq: "),
        ('{"id": "a", "argv": ["outline", "gone.py"]}', "no such file"),
        ('{"id": "a", "argv": ["files", "a\\u0000b"]}', "no NUL character"),
        ('{"id": "a", "argv": ["query", "-f", "/"]}', "cannot read the query"),
        ('\ufeff{"id": "a", "argv": ["mcp"]}\r', "is no step"),
    ],
)
def test_a_step_that_fails_stops_no_other(cq, project, line, said):
    done, (failed, found, tail) = run(cq, project, line, {"id": 7, "argv": ["search", "check"]})
    assert done.status == 2 and not done.stderr
    assert failed["status"] == 2 and said in failed["messages"] and failed["line"] == 1
    assert (found["id"], found["status"]) == (7, 0) and "store.py:1:5" in found["text"]
    assert (tail["steps"], tail["failed"]) == (2, 1)


def test_a_step_sees_what_the_one_before_wrote(cq, project):
    edit = ["pattern", "check($A)", "--rewrite", "look($A)", "--apply"]
    ask = ["neighborhood", "check"]
    _, (before, edited, after, _) = run(cq, project, {"argv": ask}, {"argv": edit}, {"argv": ask})
    assert "callers (1, 2 places)" in before["text"] and "2 changes" in edited["text"]
    assert "no callers known" in after["text"]
    assert [each["id"] for each in (before, edited, after)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        ((), "", "run which steps?"),
        (("--steps", "-"), "\n\n", "no step to run"),
        (("--steps", "gone.jsonl"), "", "cannot read the steps gone.jsonl"),
        (("--steps", "."), "", "cannot read the steps ."),
    ],
)
def test_no_steps(cq, project, arguments, stdin, said):
    done = cq("run", *arguments, cwd=project, stdin=stdin)
    assert done.status == 2 and said in done.stderr and not done.stdout


def test_a_line_that_is_no_step_keeps_its_id(cq, project):
    lines = ({"id": "a", "arg": ["files"]}, {"id": 5, "argv": "search"}, {"id": [1], "argv": ["files"]}, '{"id": "d",')
    _, answers = run(cq, project, *lines)
    assert [(each["id"], each["status"]) for each in answers[:-1]] == [("a", 2), (5, 2), (3, 2), (4, 2)]


def test_an_id_stands_for_one_step(cq, project):
    step = {"id": "a", "argv": ["search", "check"]}
    done, (first, second, other, tail) = run(cq, project, step, "", "  ", step, {"id": "b", "argv": step["argv"]})
    assert (first["status"], second["status"], other["status"]) == (0, 2, 0)
    assert (second["id"], second["line"]) == ("a", 4)
    assert "line 4: the id 'a' is that of line 1" in second["messages"]
    assert (done.status, tail["steps"], tail["failed"]) == (2, 3, 1)
