"""`cq rules`: rules of one's own and those that are shipped, which agree with the packs."""

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

_SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.5.json").read_text())
_HERE = Path(__file__).parent

NO_PRINT = """
id: no-print
language: python
severity: error
message: print of $A
note: use a logger
url: https://example.org/no-print
fix: log($A)
rule: {pattern: print($A)}
"""


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def rows(done):
    return [row for row in lines(done) if "start_byte" in row]


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    root.mkdir()
    (root / "a.py").write_text("print(1)\nif x:\n    print('ü', 2)\n    print(two)\n")
    (tmp_path / "rule.yml").write_text(NO_PRINT)
    return root


def test_text_and_status(cq, project):
    done = cq("rules", "--rule", "../rule.yml", cwd=project)
    assert done.status == 1
    assert done.stdout.splitlines() == [
        "a.py:1:1: error: print of 1 [no-print]",
        " 1 | print(1)",
        "   | ^^^^^^^^",
        "   = note: use a logger",
        "   = fix: replace with `log(1)`",
        "   = see: https://example.org/no-print",
        "a.py:4:5: error: print of two [no-print]",
        " 4 |     print(two)",
        "   |     ^^^^^^^^^^",
        "   = note: use a logger",
        "   = fix: replace with `log(two)`",
        "   = see: https://example.org/no-print",
    ]


def test_only_errors_make_the_status_1(cq, project):
    rule = project.parent / "rule.yml"
    rule.write_text(NO_PRINT.replace("severity: error", "severity: warning"))
    assert cq("rules", "--rule", rule, cwd=project).status == 0
    assert cq("rules", "--rule", rule, "-q", cwd=project).status == 0
    rule.write_text(NO_PRINT.replace("severity: error", "severity: off"))
    done = cq("rules", "--rule", rule, cwd=project)
    assert (done.status, "no rule to run" in done.stderr) == (2, True)
    assert len(rows(cq("rules", "--rule", rule, "--only", "no-print", "--format", "jsonl", cwd=project))) == 2


def test_a_row(cq, project):
    row = rows(cq("rules", "--rule", "../rule.yml", "--format", "jsonl", cwd=project))[1]
    assert (row["line"], row["column"], row["start_byte"], row["end_byte"]) == (4, 5, 38, 48)
    assert row["variables"] == [{"name": "A", "text": "two", "line": 4, "column": 11, "start_byte": 44, "end_byte": 47}]
    assert row["fix"] == [{"start_byte": 38, "end_byte": 48, "text": "log(two)"}]


def test_sarif_and_github(cq, project):
    done = cq("rules", "--rule", "../rule.yml", "--format", "sarif", cwd=project)
    jsonschema.Draft4Validator(_SCHEMA).validate(json.loads(done.stdout))
    done = cq("rules", "--rule", "../rule.yml", "--format", "github", cwd=project)
    assert done.stdout.startswith("::error file=a.py,line=1,endLine=1,col=1,endColumn=8,title=no-print::print of 1%0A")


def test_diff_and_apply(cq, project):
    before = (project / "a.py").read_text()
    done = cq("rules", "--rule", "../rule.yml", "--diff", cwd=project)
    assert "-print(1)\n+log(1)\n" in done.stdout
    assert (project / "a.py").read_text() == before
    done = cq("rules", "--rule", "../rule.yml", "--apply", cwd=project)
    assert done.stdout == "a.py: 2 changes\n"
    assert (project / "a.py").read_text() == before.replace("print(1)", "log(1)").replace("print(two)", "log(two)")


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("", [1, 2]),
        ("  # ast-grep-ignore", [2]),
        ("  # ast-grep-ignore: no-print", [2]),
        ("  # ast-grep-ignore: other, no-print", [2]),
        ("  # ast-grep-ignore: other", [1, 2]),
        ("\n# ast-grep-ignore", [1]),
        ("; 'ast-grep-ignore'", [1, 2]),
    ],
)
def test_comments_silence_rules(cq, project, comment, left):
    (project / "a.py").write_text(f"print(1){comment}\nprint(2)\n")
    found = rows(cq("rules", "--rule", "../rule.yml", "--format", "jsonl", cwd=project))
    assert [int(row["variables"][0]["text"]) for row in found] == left


def test_a_comment_on_top_silences_the_file(cq, project):
    (project / "a.py").write_text("# ast-grep-ignore\n\nprint(1)\nprint(2)\n")
    assert not rows(cq("rules", "--rule", "../rule.yml", "--format", "jsonl", cwd=project))


def test_files_and_ignores(cq, project):
    for path in ("src/a.py", "src/skip/a.py", "other/a.py"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text("print(1)\n")
    (project.parent / "rule.yml").write_text(NO_PRINT + "files: ['src/**']\nignores: ['**/skip/**']\n")
    found = rows(cq("rules", "--rule", "../rule.yml", "--format", "jsonl", cwd=project))
    assert [row["path"] for row in found] == ["src/a.py"]


def test_labels_constraints_utils_and_transform(cq, project):
    (project.parent / "rule.yml").write_text("""
id: shout
language: python
message: say $LOUD
rule: {pattern: print($A), not: {inside: {matches: branch, stopBy: end}}}
constraints: {A: {regex: '^[a-z]'}}
utils: {branch: {kind: if_statement}}
transform: {LOUD: {convert: {source: $A, toCase: upperCase}}}
labels: {A: {style: primary, message: this one}}
fix: print($LOUD)
""")
    (project / "a.py").write_text("print(one)\nprint(1)\nif x:\n    print(two)\n")
    (row,) = rows(cq("rules", "--rule", "../rule.yml", "--format", "jsonl", cwd=project))
    assert (row["message"], row["severity"]) == ("say ONE", "hint")
    assert row["fix"][0]["text"] == "print(ONE)"
    assert row["hints"] == [{"code": "label-A", "message": "this one", "line": 1, "column": 7}]


def test_a_fix_reaches_as_far_as_it_says(cq, project):
    (project.parent / "rule.yml").write_text("""
id: drop
language: python
rule: {kind: keyword_argument, has: {field: name, regex: ^old$}}
fix: {template: '', expandEnd: {regex: ','}}
""")
    (project / "a.py").write_text("f(old=1, b=2)\nf(a, old=2)\n")
    cq("rules", "--rule", "../rule.yml", "--apply", cwd=project)
    assert (project / "a.py").read_text() == "f( b=2)\nf(a, )\n"


def test_rules_in_a_folder_of_queries(cq, project):
    folder = project.parent / "queries" / "python" / "rules"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(NO_PRINT)
    (project.parent / "queries" / "lanes.toml").write_text("")
    listed = json.loads(cq("rules", "--list", "--json", "--queries", "../queries", cwd=project).stdout)["rows"]
    assert "no-print" in [row["id"] for row in listed]
    counts = Counter(row["language"] for row in listed if row["id"] != "no-print")
    assert counts["python"] >= 23
    assert counts["rust"] >= 8


def test_an_unknown_rule_has_a_hint(cq, project):
    done = cq("rules", "--only", "class-definitions", cwd=project)
    assert done.status == 2
    assert "class-definition" in done.stderr


def test_a_folder_may_hold_rules_for_other_languages(cq, project):
    folder = project.parent / "rules"
    folder.mkdir()
    (folder / "mine.yml").write_text(NO_PRINT)
    (folder / "more.yml").write_text("id: a\nlanguage: swift\nrule: {kind: call_expression}\n")
    done = cq("rules", "--rule", "../rules", "-c", cwd=project)
    assert (done.status, done.stdout) == (1, "a.py:2\n")
    assert done.stderr == "note: rules left out, no grammar: 1 for swift\n"
    # By its own name it is an error, and so is a word that was meant otherwise.
    assert cq("rules", "--rule", "../rules/more.yml", cwd=project).status == 2
    (folder / "more.yml").write_text("id: a\nlanguage: rustt\nrule: {kind: call}\n")
    done = cq("rules", "--rule", "../rules", cwd=project)
    assert (done.status, "did you mean rust?" in done.stderr) == (2, True)


def test_two_rules_with_one_id(cq, project):
    (project.parent / "rule.yml").write_text(f"{NO_PRINT}---{NO_PRINT}")
    done = cq("rules", "--rule", "../rule.yml", cwd=project)
    assert (done.status, "the id 'no-print' stands in" in done.stderr) == (2, True)


# What rules and packs both tell. `None` as a kind: any.
_BOTH = ("definition", "call", "import", "assignment", "macro")
# These the packs alone find: names in tokens that no rule sees, and all kinds of names that no rule is for.
_PACK_KINDS = {
    "python": {("definition", "function"), ("definition", "class"), ("definition", "type"), ("call", ""),
               ("call", "method"), ("import", "module"), ("import", "name"), ("import", "alias")},
    "rust": {("definition", "function"), ("definition", "struct"), ("definition", "enum"), ("definition", "trait"),
             ("definition", "module"), ("macro", "")},
}  # fmt: skip


def _told(row):
    return row["path"], row["start_byte"], row["end_byte"], row["role"], row.get("kind", ""), row["name"]


def _spans(row):
    return row["path"], row["start_byte"], row["end_byte"]


@pytest.mark.parametrize(
    ("language", "root"),
    [
        ("python", _HERE / "annotated" / "python"),
        ("python", Path(json.__file__).parent),
        ("python", Path(jsonschema.__file__).parent),
        ("rust", _HERE / "annotated" / "rust"),
    ],
)
def test_rules_and_packs_agree(cq, language, root):
    """What a rule tells a pack tells, too, and the other way round where a rule is for it."""
    of = ("--lang", language, "--format", "jsonl", "--no-ignore", "--root", root)
    packs = rows(cq("query", "--pack", "definitions,calls,imports,references", *of))
    rules = rows(cq("rules", *of))
    by_pack = {(*_spans(row), row["role"]) for row in packs}
    told = [row for row in rules if row["role"] in _BOTH and (row["role"], row.get("kind")) != ("import", "use")]
    assert len(told) > 20
    assert not [_told(row) for row in told if (*_spans(row), row["role"]) not in by_pack]
    by_rule = {(*_spans(row), row["role"]) for row in rules}
    sources: dict[str, bytes] = {}
    for row in packs:
        if (row["role"], row.get("kind", "")) in _PACK_KINDS[language] and (*_spans(row), row["role"]) not in by_rule:
            data = sources.setdefault(row["path"], (root / row["path"]).read_bytes())
            assert _is_only_for_packs(language, data, row), _told(row)


def _is_only_for_packs(language, data, row):
    """Names in tokens, in what does not parse, and the one word that a grammar takes for a keyword."""
    if language == "rust":
        # The patterns for token trees and errors stand behind those for nodes.
        return row["pattern"] > (9 if row["role"] == "macro" else 6)
    return row["name"] == "type" or row["name"] == "__future__"


def test_evidence_names_its_anchor(cq, tmp_path):
    (tmp_path / "a.py").write_text("class A(B):\n    async def f(self): self.x = Foo()\n")
    found = rows(cq("rules", "--format", "jsonl", "--root", tmp_path))
    assert [(row["code"], row["role"], row.get("kind", ""), row["name"]) for row in found] == [
        ("subclass-definition", "definition", "class", "A"),
        ("async-method-definition", "definition", "function", "f"),
        ("constructor-attribute-assignment", "assignment", "attribute", "x"),
        ("function-call", "call", "", "Foo"),
    ]


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("raise", ["re-raise"]),
        ("raise X", ["raise-name"]),
        ("raise a.X from e", ["raise-name"]),
        ("raise X(1)", ["raise-call"]),
        ("raise a.X(1) from e", ["raise-call"]),
        ("try: pass\nexcept: pass", ["bare-except"]),
        ("try: pass\nexcept X: pass", ["except-name"]),
        ("try: pass\nexcept a.X as e: pass", ["except-name"]),
        ("try: pass\nexcept (X, a.Y) as e: pass", ["except-one-of", "except-one-of"]),
        ("try: pass\nexcept (X,): pass", ["except-one-of"]),
    ],
)
def test_raised_and_caught(cq, tmp_path, source, codes):
    (tmp_path / "a.py").write_text(source + "\n")
    found = rows(cq("rules", "--format", "jsonl", "--root", tmp_path))
    assert [row["code"] for row in found if row["role"] in ("raise", "except")] == codes


def test_the_same_rows_from_any_number_of_workers(cq):
    args = ("rules", "--format", "jsonl", "--root", _HERE.parent / "tools" / "cq" / "diagnose")
    one, two = (cq(*args, "-j", number).stdout.splitlines()[:-1] for number in (1, 2))
    assert one == two
    assert len(one) > 1000


def test_a_file_of_rules_that_is_not_there(cq, tmp_path):
    done = cq("rules", "--rule", "gone.yml", cwd=tmp_path)
    assert (
        done.status == 2 and "gone.yml: no such file or folder" in done.stderr and "hint: --rule takes" in done.stderr
    )
