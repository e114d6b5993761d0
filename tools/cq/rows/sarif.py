"""What of SARIF 2.1.0 cq emits, in the words of that standard."""

import msgspec


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Plain text."""

    text: str


class ArtifactLocation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A file, relative to a base."""

    uri: str
    uri_base_id: str = ""


class SarifRegion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A stretch of a file. Lines and columns from 1, in code points; the end column is the first behind the region."""

    start_line: int = 0
    start_column: int = 0
    end_line: int = 0
    end_column: int = 0
    byte_offset: int = -1
    byte_length: int = -1


class PhysicalLocation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A stretch of a file, or all of it."""

    artifact_location: ArtifactLocation
    region: SarifRegion | None = None


class SarifLocation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A place, and in a related location what is said of it."""

    physical_location: PhysicalLocation
    message: Message | None = None


class Replacement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """These bytes for those."""

    deleted_region: SarifRegion
    inserted_content: Message


class ArtifactChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What a fix does to one file."""

    artifact_location: ArtifactLocation
    replacements: tuple[Replacement, ...]


class Fix(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A way to put a result right."""

    artifact_changes: tuple[ArtifactChange, ...]
    description: Message | None = None


class ResultProperties(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What a finding says that SARIF has no word for."""

    language: str
    severity: str
    role: str = ""
    kind: str = ""
    name: str = ""
    expected: tuple[str, ...] = ()
    variables: dict[str, tuple[str, ...]] = {}


class SarifResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One finding."""

    rule_id: str
    rule_index: int = -1
    level: str
    message: Message
    locations: tuple[SarifLocation, ...]
    related_locations: tuple[SarifLocation, ...] = ()
    fixes: tuple[Fix, ...] = ()
    properties: ResultProperties


class Configuration(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """How bad a rule is."""

    # Said also when it is what SARIF takes for granted.
    level: str


class ReportingDescriptor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A rule."""

    id: str
    default_configuration: Configuration | None = None
    help_uri: str = ""
    help: Message | None = None


class DescriptorReference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What a notification is an example of."""

    id: str


class Notification(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Something about the run, not about the code."""

    level: str
    message: Message
    descriptor: DescriptorReference
    locations: tuple[SarifLocation, ...] = ()


class Invocation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One run."""

    execution_successful: bool
    exit_code: int
    tool_execution_notifications: tuple[Notification, ...] = ()


class Driver(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The tool."""

    name: str
    version: str
    rules: tuple[ReportingDescriptor, ...] = ()


class Tool(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The tool, without extensions."""

    driver: Driver
