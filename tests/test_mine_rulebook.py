"""Rulebooks: which categories an idiom has, and what is told of a wrong one; `cq mine explain`."""

import json

import pytest

from cq.errors import CqError
from cq.index.selection import Selection
from cq.mining.listing import MineRequest
from cq.mining.run import MineRun
from cq.resources import data_folder

FOLDERS = (data_folder("queries"),)

SHELF = """
import os.path as p
from json import dumps as {0}, loads
import sys


def save(a, b):
    with open(a) as {1}:
        {1}.write({0}(b, indent=4))
    return p.join(a, str(b))
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    root = tmp_path_factory.mktemp("shelf")
    for number, word in enumerate("xyz"):
        (root / f"m{number}.py").write_text(SHELF.format("dumps", word) + f"z = {number}\n")
    return root


@pytest.fixture
def mined(cq, shelf, tmp_path):
    return lambda *arguments: cq("mine", *arguments, "--cache-dir", tmp_path / "cache", cwd=shelf)


def categories(answer):
    return {idiom["pattern"].split("\n")[0]: idiom.get("categories", []) for idiom in json.loads(answer)["idioms"]}


def test_categories_by_words_kinds_and_modules(mined, tmp_path):
    found = categories(mined("--json", "--by", "count").stdout)
    assert "io" in found["with open($A) as $B:"]
    own = tmp_path / "own.yml"
    own.write_text(
        "categories:\n  house: what we do here\nrules:\n"
        "- {category: house, languages: [python], modules: ['json#dumps'], kinds: [keyword_argument]}\n"
        "- {category: io, modules: [os.path], words: [join]}\n"
        "- {category: text, modules: [sys]}\n"
    )
    text = mined("--rulebook", own, "--by", "count").stdout
    found = categories(mined("--json", "--rulebook", own, "--by", "count").stdout)
    assert {key for key, value in found.items() if "house" in value} == {"with open($A) as $B:"}
    assert "io" in found["return p.join($A, str($B))"]
    assert not any("text" in value for value in found.values())
    assert "python with_statement · house, io" in text
    only = categories(mined("--json", "--rulebook", own, "--by", "count", "--category", "house").stdout)
    assert list(only) == ["with open($A) as $B:"]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("rule: []", "own.yml:1:1: a rulebook has no key 'rule'", "did you mean rules?"),
        ("rules:\n- category: io\n  word: [open]", "own.yml:3:3: a rule has no key 'word'", "did you mean words?"),
        ("rules:\n- category: asinc\n  words: [a]", "own.yml:2:13: no category 'asinc'", "did you mean async?"),
        (
            "rules:\n- {category: io, kinds: [with_statment]}",
            "own.yml:2:26: no kind 'with_statment' in these grammars",
            "did you mean with_statement",
        ),
        (
            "rules:\n- {category: io, languages: [rust], kinds: [with_statement]}",
            "no kind 'with_statement' in these grammars",
            "",
        ),
        (
            "rules:\n- {category: io, languages: [pyton], words: [a]}",
            "own.yml:2:30: unknown language: 'pyton'",
            "python",
        ),
        ("rules:\n- {category: io}", "own.yml:2:3: a rule that holds always", "give words, modules or kinds"),
        ("rules:\n- {words: [a]}", "own.yml:2:3: a rule without a category", "category: NAME"),
        ("rules: {}", "own.yml:1:8: rules is not a list", ""),
        ("rules: [", "own.yml:2:1: not YAML", ""),
        ("- a", "own.yml:1:1: a rulebook is not a mapping", ""),
        (b"rules: \xff", "not UTF-8", ""),
    ],
)
def test_a_wrong_rulebook_is_told_by_line(tmp_path, text, message, hint):
    own = tmp_path / "own.yml"
    own.write_bytes(text if isinstance(text, bytes) else text.encode())
    request = MineRequest(
        selection=Selection(root=str(tmp_path)), folders=FOLDERS, store=str(tmp_path), rulebook=str(own)
    )
    with pytest.raises(CqError) as raised:
        _ = MineRun(request).rulebook
    assert message in raised.value.message
    assert hint in (raised.value.hint or "")


def test_an_empty_rulebook_and_one_that_is_not_there(mined, tmp_path):
    own = tmp_path / "own.yml"
    own.write_text("\ufeff# nothing\r\n")
    assert mined("--rulebook", own, "-q").status == 0
    done = mined("--rulebook", tmp_path / "none.yml")
    assert (done.status, "--rulebook takes a YAML file" in done.stderr) == (2, True)
    done = mined("--category", "asinc")
    assert (done.status, "did you mean async?" in done.stderr) == (2, True)
    own.write_text("rule: []")
    done = mined("--rulebook", own)
    assert (done.status, "own.yml:1:1: a rulebook has no key 'rule'\nhint: did you mean rules?" in done.stderr) == (
        2,
        True,
    )


def test_why_it_is_an_idiom(mined):
    idioms = json.loads(mined("--json", "--by", "count").stdout)["idioms"]
    key = next(idiom["key"] for idiom in idioms if idiom["pattern"].startswith("with open"))
    found = json.loads(mined("explain", key, "--json").stdout)
    assert found["keys"]["semantic"] == key
    assert len(set(found["keys"].values())) == 4
    holes = {each["name"]: each for each in found["holes"]}
    assert holes["B"]["stands"] == ["x", "y", "z"]
    assert holes["B"]["why"].startswith("a name that the file gives")
    assert holes["N"]["stands"] == ["4"]
    assert {each["word"]: each["why"] for each in found["words"]} == {
        "open": "a global name that the file does not give to something else",
        "write": "the name of a member, an argument or a type",
        "dumps": "imported: json#dumps",
        "indent": "the name of a member, an argument or a type",
    }
    text = mined("explain", key).stdout
    assert "  $B: a name that the file gives; the same name is the same hole; x, y, z\n" in text
    assert "\n  3 places in 3 files; projects: 1\n" in text
    assert "  io: the word open (rulebook.yml:" in text
    assert mined("explain").status == 2
