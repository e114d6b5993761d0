"""`cq calls`, `cq imports`, and what a change may touch: `--impact`, `--path-to`, `--signature`."""

import json
from pathlib import Path

import jsonschema
import pytest

from cq.cli.options.graph import NEIGHBORHOOD
from cq.cli.settle import query_folders
from cq.lanes.table import lane_table
from cq.neighborhood.binding import bound
from cq.neighborhood.imports import cycles
from cq.resources import data_folder
from cq.rows.facts import Parameter
from cq.rows.neighborhood import RELATIONS, ImportRow

APP = """\
from typing import TYPE_CHECKING
from lib.store import Store

if TYPE_CHECKING:
    from lib.extra import Extra


def send(text, to="all", *parts, loud=False, **options):
    return text


class Desk:
    def call(self, number, again=False):
        return send("x", loud=True)


def work(desk: Desk, args):
    desk.call(1)
    Desk.call(desk, 2, again=True)
    send("a", "me", "p", loud=1, color="red")
    send(*args)
    return Store(3)


def run():
    import lib.late
    return work(Desk(), [])
"""
STORE = """\
import lib.extra


class Store:
    def __init__(self, size, name=None):
        self.size = size
"""
EXTRA = """\
from lib import store


class Extra:
    pass
"""
TEST = """\
from app import run, work


def test_run():
    run()


class TestWork:
    def test_work(self):
        work(None, [])


def helper():
    run()
"""
LIB = """\
pub fn base(n: u32) -> u32 { n }
pub fn twice(n: u32) -> u32 { base(n) * 2 }
#[cfg(test)]
mod tests {
    #[test]
    fn twice_is_two() { assert_eq!(crate::twice(1), 2); }
}
"""


@pytest.fixture
def project(tmp_path):
    files = {
        "app.py": APP,
        "lib/__init__.py": "",
        "lib/store.py": STORE,
        "lib/extra.py": EXTRA,
        "lib/late.py": "import app\n",
        "tests/test_app.py": TEST,
        "src/lib.rs": LIB,
        "Cargo.toml": '[package]\nname = "num"\nversion = "0.1.0"\nedition = "2021"\n',
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.fixture
def ask(cq, project):
    """The JSON of a command, checked against its schema."""

    def run(schema, *arguments, status=0):
        done = cq(*arguments, "--json", cwd=project)
        assert done.status == status, done.stderr
        answer = json.loads(done.stdout)
        jsonschema.validate(answer, json.loads((Path(data_folder("contracts")) / f"{schema}.schema.json").read_text()))
        return answer

    return run


def given(row):
    return [(each.get("parameter", ""), each["text"], each.get("how", "position")) for each in row.get("arguments", ())]


def test_arguments_are_bound_to_parameters(ask):
    answer = ask("calls", "calls", "send")
    assert [(row["site"]["line"], given(row), row.get("defaults", [])) for row in answer["rows"]] == [
        (14, [("text", '"x"', "position"), ("loud", "True", "keyword")], ["to"]),
        (
            20,
            [
                ("text", '"a"', "position"),
                ("to", '"me"', "position"),
                ("parts", '"p"', "position"),
                ("loud", "1", "keyword"),
                ("options", 'color="red"', "keyword"),
            ],
            [],
        ),
        (21, [("", "*args", "spread")], ["loud"]),
    ]
    assert {use["name"]: use.get("keyword", 0) for use in answer["parameters"]}["loud"] == 2


def test_a_method_called_on_its_class_is_given_the_receiver(ask):
    rows = ask("calls", "calls", "Desk.call")["rows"]
    assert [given(row)[0] for row in rows] == [("number", "1", "position"), ("self", "desk", "position")]


def test_calls_of_a_class_are_those_of_its_constructor(ask):
    (row,) = ask("calls", "calls", "Store")["rows"]
    assert (given(row), row["defaults"]) == ([("size", "3", "position")], ["name"])


def test_a_new_signature_breaks_calls_for_a_reason(ask):
    rows = ask("calls", "neighborhood", "send", "--signature", "send(text, *, loud, to='all')")["rows"]
    assert [(row["site"]["line"], row["problems"]) for row in rows] == [
        (20, ["no parameter color", "3 arguments by position, 1 is taken"]),
        (21, ["loud is missing"]),
    ]
    ask("calls", "calls", "send", "--signature", "send(text=1, *a, **k)", status=1)


def test_a_signature_that_is_none_is_refused(cq, project):
    done = cq("calls", "send", "--signature", "send(a", cwd=project)
    assert (done.status, "not a signature" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("parameters", "arguments", "problems"),
    [
        ("a b", ["1", "2"], ()),
        ("a b", ["1"], ("b is missing",)),
        ("a", ["1", "a=2"], ("a is given twice",)),
        ("a b=", ["x == 1"], ()),
        ("a/ b", ["a=1", "b=2"], ("no parameter a",)),
        ("a b", ["*x"], ()),
        ("a *k", ["*x"], ("k is missing",)),
        ("a b", ["**x"], ()),
    ],
)
def test_binding(parameters, arguments, problems):
    made = []
    for word in parameters.split():
        kind = "positional-only" if word.endswith("/") else "keyword-only" if word.startswith("*") else ""
        made.append(Parameter(name=word.strip("*/="), kind=kind, default="1" if word.endswith("=") else ""))
    entry = lane_table(query_folders({})).languages["python"]
    assert bound(entry, made, arguments).problems == problems


def test_impact_goes_backwards_to_the_tests(ask):
    answer = ask("impact", "neighborhood", "send", "--impact")
    assert [(row["symbol"]["name"], row["distance"]) for row in answer["rows"]] == [
        ("call", 1),
        ("work", 1),
        ("run", 2),
        ("test_work", 2),
        ("test_run", 3),
        ("helper", 3),
    ]
    assert answer["tests"] == ["tests/test_app.py::TestWork::test_work", "tests/test_app.py::test_run"]
    assert answer["modules"] == {"app.py": 3, "tests/test_app.py": 3}


def test_test_ids_alone(cq, project):
    assert cq("neighborhood", "send", "--impact", "--tests", cwd=project).stdout.splitlines() == [
        "tests/test_app.py::TestWork::test_work",
        "tests/test_app.py::test_run",
    ]
    assert cq("neighborhood", "num::base", "--impact", "--tests", cwd=project).stdout == "tests::twice_is_two\n"


def test_ways_from_one_symbol_to_another(ask):
    for target, other in (("send", "app.run"), ("app.run", "send")):
        (way,) = ask("impact", "neighborhood", target, "--path-to", other)["paths"]
        assert [step["symbol"]["name"] for step in way] == ["run", "work"]
    ask("impact", "neighborhood", "Store", "--path-to", "Extra", status=1)


def test_imports_say_when_they_run(ask):
    answer = ask("imports", "imports", "app.py")
    assert [(row["imported"], row.get("later", False), row.get("typing", False)) for row in answer["rows"]] == [
        ("lib/store.py", False, False),
        ("lib/extra.py", False, True),
        ("lib/late.py", True, False),
    ]


def test_cycles_that_close_while_importing_are_told_from_the_others(ask):
    found = ask("imports", "imports", "--cycles")["cycles"]
    assert [(cycle["paths"], cycle["lines"], cycle.get("later", False)) for cycle in found] == [
        (["lib/extra.py", "lib/store.py"], [1, 1], False),
        (["app.py", "lib/late.py"], [26, 1], True),
    ]


def test_the_shortest_way_round_is_shown():
    pairs = ["ab", "bc", "cd", "da", "ca"]
    (cycle,) = cycles([ImportRow(path=a, line=number, imported=b) for number, (a, b) in enumerate(pairs)])
    assert (cycle.paths, cycle.lines, cycle.size) == (("a", "b", "c"), (0, 1, 4), 4)


def test_a_long_chain_of_imports_is_no_recursion():
    rows = [ImportRow(path=f"m{n:05}", line=1, imported=f"m{(n + 1) % 3000:05}") for n in range(3000)]
    (cycle,) = cycles(rows)
    assert len(cycle.paths) == 3000


def test_texts(cq, project):
    text = cq("calls", "send", cwd=project).stdout
    assert "  loud              0        2       0        1  True (1), 1 (1)" in text
    assert '  send(text="x", loud=True)  call' in text
    imports = cq("imports", "app.py", cwd=project).stdout
    assert imports.startswith("app.py\n     2  lib/store.py\n     5  lib/extra.py  for type checkers\n")
    assert "flowchart LR" in cq("imports", "app.py", "--format", "mermaid", cwd=project).stdout
    impact = cq("neighborhood", "send", "--impact", cwd=project).stdout
    assert "6 symbols in 2 modules may run it, 2 of them tests" in impact


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("calls",), "calls of what?"),
        (("neighborhood", "send", "--tests"), "--tests of what?"),
        (("neighborhood", "send", "--impact", "--path-to", "run"), "ask different things"),
        (("neighborhood", "send", "--path-to", "nothing"), "nothing is defined as nothing"),
        (("imports", "gone.py"), "no such file"),
    ],
)
def test_bad_questions(cq, project, arguments, said):
    done = cq(*arguments, cwd=project)
    assert (done.status, said in done.stderr) == (2, True), done.stderr


READERS = """\
class File:
    def at_end(self):
        return True

    @property
    def size(self):
        return 1

    @size.setter
    def size(self, value):
        self.size = value


class Line:
    def at_end(self):
        return False


def use(reader):
    if reader.at_end():
        return reader.size
    return reader.at_end()
"""


def test_a_call_that_may_be_of_several_definitions_is_told_once(cq, tmp_path):
    (tmp_path / "readers.py").write_text(READERS)
    done = cq("calls", "at_end", "--all", cwd=tmp_path)
    assert done.stdout.count("readers.py:20:") == done.stdout.count("readers.py:22:") == 1
    assert len(json.loads(cq("calls", "at_end", "--all", "--json", cwd=tmp_path).stdout)["rows"]) == 2
    done = cq("neighborhood", "at_end", "--all", cwd=tmp_path)
    assert "callers (1, 2 places)" in done.stdout and done.stdout.count("readers.py:20:") == 1
    assert "File.at_end" in done.stdout and "Line.at_end" in done.stdout


def test_the_decorator_of_a_setter_does_not_read_the_property(cq, tmp_path):
    (tmp_path / "readers.py").write_text(READERS)
    rows = json.loads(cq("neighborhood", "readers.py:6", "--json", cwd=tmp_path).stdout)["rows"]
    assert [(row["relation"], row["sites"][0]["line"]) for row in rows if row.get("sites")] == [
        ("caller", 11),
        ("caller", 21),
        ("user", 9),
    ]


def test_a_module_has_no_calls_and_no_blank_lines(cq, tmp_path):
    (tmp_path / "readers.py").write_text(READERS)
    assert cq("calls", "readers.py", cwd=tmp_path) == (1, "no calls\n", "")


def test_help_names_every_relation():
    said = " ".join(next(option.help for option in NEIGHBORHOOD if option.field == "only").split())
    assert said.endswith(f": {', '.join(RELATIONS)}.")
