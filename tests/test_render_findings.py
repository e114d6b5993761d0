"""Findings for code scanners and workflows: SARIF as its schema has it, GitHub's commands escaped."""

import json
from pathlib import Path

import jsonschema
import pytest

from cq.render.github import github_lines
from cq.render.sarif import sarif
from cq.rows.findings import Finding, FindingsQuery, FindingsSummary, FindingsTail, Hint, TextEdit, Variable
from cq.rows.shared import Diagnostic, Report, SchemaId

_SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.5.json").read_text())


def finding(**values):
    place = {"line": 3, "column": 5, "end_line": 3, "end_column": 9, "start_byte": 20, "end_byte": 24}
    said = {"path": "src/a.py", "language": "python", "code": "no-print", "severity": "warning", "message": "print"}
    return Finding(**(place | said | {"text": "x"} | values))


def tail(status=1, diagnostics=()):
    return FindingsTail(
        schema=SchemaId("cq.findings"),
        query=FindingsQuery(rules=("no-print", "unused-rule")),
        summary=FindingsSummary(findings=1, shown=1, files=1, files_checked=2, complete=True, exit_status=status),
        diagnostics=diagnostics,
        report=Report(root="/some where"),
    )


EVERYTHING = finding(
    path="src/a b/ü:%.py",
    severity="hint",
    note="a note",
    url="https://example.org/rule",
    role="call",
    kind="function",
    name="print",
    expected=(")",),
    hints=(Hint(code="unclosed", message="opened here", line=1, column=2), Hint(code="other", message="no place")),
    variables=(
        Variable(name="A", text="1", line=3, column=6, start_byte=21, end_byte=22),
        Variable(name="A", text="2", line=3, column=7, start_byte=22, end_byte=23),
    ),
    fix=(TextEdit(start_byte=20, end_byte=24, text="log()"), TextEdit(start_byte=30, end_byte=30, text="")),
    fix_message="replace it",
)


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ([], None),
        ([], tail(0)),
        ([finding()], tail()),
        ([finding(severity="error"), EVERYTHING, finding(code="other", message="")], tail(2)),
        (
            [EVERYTHING] * 2,
            tail(2, (Diagnostic(path="a b.py", code="unreadable", severity="error", message="no", line=2),)),
        ),
    ],
)
def test_sarif_is_as_its_schema_has_it(findings, said):
    log = json.loads(sarif(findings, None if said is None else lambda: said))
    jsonschema.Draft4Validator(_SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)


def test_sarif_of_a_finding():
    run = json.loads(sarif([EVERYTHING], tail))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": "file:///some%20where/"}}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["no-print", "unused-rule"]
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "src/a%20b/%C3%BC%3A%25.py", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {
        "startLine": 3,
        "startColumn": 5,
        "endLine": 3,
        "endColumn": 9,
        "byteOffset": 20,
        "byteLength": 4,
    }
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("no-print", 0, "note")
    assert result["properties"]["variables"] == {"A": ["1", "2"]}
    change = result["fixes"][0]["artifactChanges"][0]
    assert [each["insertedContent"]["text"] for each in change["replacements"]] == ["log()", ""]
    assert change["replacements"][1]["deletedRegion"] == {"byteOffset": 30, "byteLength": 0}


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (finding(), "::warning file=src/a.py,line=3,endLine=3,col=5,endColumn=8,title=no-print::print"),
        (
            finding(severity="error", path="a,b:c%.py", message="100%\r\nsure: a, b"),
            "::error file=a%2Cb%3Ac%25.py,line=3,endLine=3,col=5,endColumn=8,title=no-print::100%25%0D%0Asure: a, b",
        ),
        (
            finding(severity="info", end_line=5, end_column=1, note="why"),
            "::notice file=src/a.py,line=3,endLine=4,title=no-print::print%0Awhy",
        ),
    ],
)
def test_github_commands(given, line):
    assert list(github_lines([given])) == [line]
