"""The part of the SCIP protocol (scip.proto of the SCIP project) that cq writes, declared by hand.

Field numbers and names are the protocol's own. protobuf is an optional extra: only this export needs it.
"""

from typing import Any, NamedTuple

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_PROTO = descriptor_pb2.FieldDescriptorProto
_MESSAGES: dict[str, tuple[tuple[str, int, str], ...]] = {
    # name of the field, its number, its type; "*" is repeated
    "ToolInfo": (("name", 1, "string"), ("version", 2, "string")),
    "Metadata": (
        ("version", 1, "int32"),
        ("tool_info", 2, "ToolInfo"),
        ("project_root", 3, "string"),
        ("text_document_encoding", 4, "int32"),
    ),
    "Relationship": (("symbol", 1, "string"), ("is_reference", 2, "bool"), ("is_implementation", 3, "bool")),
    "SymbolInformation": (
        ("symbol", 1, "string"),
        ("documentation", 3, "*string"),
        ("relationships", 4, "*Relationship"),
        ("kind", 5, "int32"),
        ("display_name", 6, "string"),
        ("enclosing_symbol", 8, "string"),
    ),
    "Occurrence": (("range", 1, "*int32"), ("symbol", 2, "string"), ("symbol_roles", 3, "int32")),
    "Document": (
        ("relative_path", 1, "string"),
        ("occurrences", 2, "*Occurrence"),
        ("symbols", 3, "*SymbolInformation"),
        ("language", 4, "string"),
        ("position_encoding", 6, "int32"),
    ),
    "Index": (
        ("metadata", 1, "Metadata"),
        ("documents", 2, "*Document"),
        ("external_symbols", 3, "*SymbolInformation"),
    ),
}
_TYPES = {"string": _PROTO.TYPE_STRING, "int32": _PROTO.TYPE_INT32, "bool": _PROTO.TYPE_BOOL}


class ScipMessages(NamedTuple):
    """The message classes of the protocol."""

    index: Any
    document: Any


def scip_messages() -> ScipMessages:
    """Message classes that read and write SCIP."""
    file = descriptor_pb2.FileDescriptorProto(name="scip.proto", package="scip", syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, number, kind in fields:
            plain = kind.lstrip("*")
            label = _PROTO.LABEL_REPEATED if kind.startswith("*") else _PROTO.LABEL_OPTIONAL
            added = message.field.add(name=field, number=number, label=label)
            if plain in _TYPES:
                added.type = _TYPES[plain]
            else:
                added.type = _PROTO.TYPE_MESSAGE
                added.type_name = f".scip.{plain}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    classes = (pool.FindMessageTypeByName(f"scip.{name}") for name in ("Index", "Document"))
    return ScipMessages(*(message_factory.GetMessageClass(each) for each in classes))
