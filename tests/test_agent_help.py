"""`cq agent-help` and `cq schema`: what an agent reads before it asks."""

import json
import keyword
import re
import shlex

import pytest

from cq.cli.commands import COMMANDS
from cq.tokens import tokens_at_most
from revisions import repository_of

APP = """\
class Flask:
    def route(self, rule):
        return rule

    def add_url_rule(self, rule):
        return self.route(rule)

    def full_dispatch_request(self):
        print(self.add_url_rule("/"))
        return self.dispatch_request()

    def dispatch_request(self):
        return 1
"""
RULE = "id: no-print\nlanguage: python\nrule:\n  pattern: print($A)\n"
EXAMPLE = re.compile(r"^- `(cq ([\w-]+)[^`]*)` .+$", re.MULTILINE)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    repository_of(root, {"src/flask/app.py": ""}, {"src/flask/app.py": APP})
    (root / "no-print.yml").write_text(RULE)
    (root / "steps.jsonl").write_text('{"id": 1, "argv": ["search", "Flask"]}\n')
    return root


@pytest.fixture(scope="module")
def text():
    from cq.cli.agent_help import agent_help_lines

    return "\n".join(agent_help_lines()) + "\n"


def test_it_has_every_command_and_costs_little(cq, project, text):
    done = cq("agent-help", cwd=project)
    assert (done.status, done.stdout) == (0, text)
    assert [name for _, name in EXAMPLE.findall(text)] == list(COMMANDS)
    assert tokens_at_most(text) < 800


def test_its_examples_run(cq, project, text, tmp_path):
    for example, name in EXAMPLE.findall(text):
        arguments = shlex.split(example)[1:]
        done = cq(*arguments, cwd=project, env={"CQ_CACHE_DIR": str(tmp_path)})
        assert done.status in (0, 1), (example, done.stderr)
        # An example that finds nothing shows nothing; only what is wrong may be missing here.
        assert done.stdout or name in ("diagnose", "imports", "injections", "mine", "tags", "index", "config"), example


def test_schemas_are_listed_and_printed(cq, project):
    names = cq("schema", cwd=project).stdout.split()
    assert {"search", "neighborhood", "source", "search.jsonl"} <= set(names)
    for name in names:
        assert json.loads(cq("schema", name, cwd=project).stdout)["$id"] == f"cq.{name}.1"
    assert json.loads(cq("schema", "search", "--jsonl", cwd=project).stdout)["$id"] == "cq.search.jsonl.1"
    assert json.loads(cq("schema", "diagnose", cwd=project).stdout)["$id"] == "cq.findings.1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("schema", "serch"), "did you mean search"),
        (("schema", "agent-help"), "cq schema lists"),
        (("schema", "files", "--jsonl"), "no schema of files --format jsonl"),
        (("schema", "../contracts/search"), "no schema of"),
        (("schema", ""), "no schema of"),
        (("schema", "search", "files"), "one schema at a time"),
        (("agent-help", "search"), "cq search --help"),
    ],
)
def test_what_there_is_no_answer_to(cq, project, arguments, said):
    done = cq(*arguments, cwd=project)
    assert (done.status, done.stdout) == (2, "") and said in done.stderr


def test_help_can_be_made_of_every_command():
    """Two options of one name, or one that is a word of Python's own, break the help of all commands."""
    for command in COMMANDS.values():
        fields = [option.field for option in command.options]
        flags = [flag for option in command.options for flag in option.flags]
        assert len(fields) == len(set(fields)) and len(flags) == len(set(flags)), command.name
        assert all(field.isidentifier() and not keyword.iskeyword(field) for field in fields), command.name
