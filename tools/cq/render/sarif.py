"""Findings as a SARIF 2.1.0 log, which code scanners read. Written piece by piece: findings may be many."""

import os
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote, urlsplit

import msgspec

from cq.rows.findings import Finding, FindingsTail, TextEdit
from cq.rows.sarif import (
    ArtifactChange,
    ArtifactLocation,
    Configuration,
    DescriptorReference,
    Driver,
    Fix,
    Invocation,
    Message,
    Notification,
    PhysicalLocation,
    Replacement,
    ReportingDescriptor,
    ResultProperties,
    SarifLocation,
    SarifRegion,
    SarifResult,
    Tool,
)
from cq.rows.shared import Diagnostic
from cq.version import __version__

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning", "info": "note", "hint": "note"}
_encode = msgspec.json.Encoder().encode


def sarif(findings: Iterable[Finding], tail: Callable[[], FindingsTail] | None = None) -> str:
    """The whole log as one line; `tail`, which is called once all findings have passed, tells of the run."""
    return "".join(sarif_pieces(findings, tail))


def sarif_pieces(findings: Iterable[Finding], tail: Callable[[], FindingsTail] | None = None) -> Iterator[str]:
    """The log in pieces: the head, each result, the rules, and how the run went."""
    rules: dict[str, ReportingDescriptor] = {}
    numbers: dict[str, int] = {}
    yield f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints","results":['
    comma = ""
    for finding in findings:
        if finding.code not in rules:
            rules[finding.code] = _rule(finding)
            numbers[finding.code] = len(numbers)
        yield comma + _encode(_result(finding, numbers[finding.code])).decode()
        comma = ","
    yield "]"
    if tail is not None:
        said = tail()
        for code in said.query.rules:
            rules.setdefault(code, ReportingDescriptor(id=code))
        yield f',"invocations":[{_encode(_invocation(said)).decode()}]'
        root = "file://" + quote(os.path.join(os.path.abspath(said.report.root), "").replace(os.sep, "/"))
        yield f',"originalUriBaseIds":{{"{_ROOT}":{{"uri":"{root}"}}}}'
    driver = Driver(name="cq", version=__version__, rules=tuple(rules.values()))
    yield f',"tool":{_encode(Tool(driver=driver)).decode()}}}]}}'


def _rule(finding: Finding) -> ReportingDescriptor:
    return ReportingDescriptor(
        id=finding.code,
        default_configuration=Configuration(level=_LEVELS[finding.severity]),
        help_uri=finding.url if urlsplit(finding.url).scheme else "",
        help=Message(text=finding.note) if finding.note else None,
    )


def _result(finding: Finding, rule: int) -> SarifResult:
    artifact = _artifact(finding.path)
    region = SarifRegion(
        start_line=finding.line,
        start_column=finding.column,
        end_line=finding.end_line,
        end_column=finding.end_column,
        byte_offset=finding.start_byte,
        byte_length=finding.end_byte - finding.start_byte,
    )
    variables: dict[str, tuple[str, ...]] = {}
    for variable in finding.variables:
        variables[variable.name] = (*variables.get(variable.name, ()), variable.text)
    related = []
    for hint in finding.hints:
        at = SarifRegion(start_line=hint.line or finding.line, start_column=hint.column or finding.column)
        place = PhysicalLocation(artifact_location=artifact, region=at)
        related.append(SarifLocation(physical_location=place, message=Message(text=hint.message)))
    return SarifResult(
        rule_id=finding.code,
        rule_index=rule,
        level=_LEVELS[finding.severity],
        message=Message(text=finding.message or finding.code),
        locations=(SarifLocation(physical_location=PhysicalLocation(artifact_location=artifact, region=region)),),
        related_locations=tuple(related),
        fixes=(_fix(finding, artifact, region),) if finding.fix else (),
        properties=ResultProperties(
            language=finding.language,
            severity=finding.severity,
            role=finding.role,
            kind=finding.kind,
            name=finding.name,
            expected=finding.expected,
            variables=variables,
        ),
    )


def _fix(finding: Finding, artifact: ArtifactLocation, region: SarifRegion) -> Fix:
    replacements = tuple(_replacement(edit, region) for edit in finding.fix)
    change = ArtifactChange(artifact_location=artifact, replacements=replacements)
    said = finding.fix_message
    return Fix(artifact_changes=(change,), description=Message(text=said) if said else None)


def _replacement(edit: TextEdit, region: SarifRegion) -> Replacement:
    length = edit.end_byte - edit.start_byte
    deleted = SarifRegion(byte_offset=edit.start_byte, byte_length=length)
    if (region.byte_offset, region.byte_length) == (edit.start_byte, length):
        deleted = region  # lines and columns, too
    return Replacement(deleted_region=deleted, inserted_content=Message(text=edit.text))


def _invocation(tail: FindingsTail) -> Invocation:
    return Invocation(
        execution_successful=tail.summary.exit_status != 2,
        exit_code=tail.summary.exit_status,
        tool_execution_notifications=tuple(map(_notification, tail.diagnostics)),
    )


def _notification(diagnostic: Diagnostic) -> Notification:
    region = None
    if diagnostic.line:
        region = SarifRegion(start_line=diagnostic.line, start_column=max(1, diagnostic.column))
    place = PhysicalLocation(artifact_location=_artifact(diagnostic.path), region=region)
    return Notification(
        level=_LEVELS[diagnostic.severity],
        message=Message(text=diagnostic.message),
        descriptor=DescriptorReference(id=diagnostic.code),
        locations=(SarifLocation(physical_location=place),) if diagnostic.path else (),
    )


def _artifact(path: str) -> ArtifactLocation:
    return ArtifactLocation(uri=quote(path), uri_base_id=_ROOT)
