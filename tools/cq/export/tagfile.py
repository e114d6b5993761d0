"""The text of tags: universal-ctags' extended format, its JSON, and Emacs's etags format.

In go rows and the lines that they stand in, out come the lines of a tags file. The formats are those of `man tags` and
of Emacs's etags.
"""

from collections.abc import Iterable

import msgspec

from cq.rows.export import TagRow
from cq.version import __version__

# Of a longer line only the beginning is looked for, as in universal-ctags.
PATTERN_LIMIT_BYTES = 96
_HEADER = (
    ("FILE_ENCODING", "utf-8", ""),
    ("FILE_FORMAT", "2", "extended format"),
    ("FILE_SORTED", "1", "0=unsorted, 1=sorted, 2=foldcase"),
    ("OUTPUT_EXCMD", "", "number, pattern, mixed, or combineV2"),
    ("OUTPUT_FILESEP", "slash", "slash or backslash"),
    ("OUTPUT_MODE", "u-ctags", "u-ctags or e-ctags"),
    ("PATTERN_LENGTH_LIMIT", str(PATTERN_LIMIT_BYTES), "0 for no limit"),
    ("PROGRAM_AUTHOR", "the cq authors", ""),
    ("PROGRAM_NAME", "cq", ""),
    ("PROGRAM_VERSION", __version__, ""),
)
_EXCMDS = {"pattern": "mixed", "number": "number", "combine": "combineV2"}
# Of a field: what would end it, or the line.
_FIELD = {ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"}
_NAME = {**{code: f"\\x{code:02X}" for code in (*range(1, 32), 127)}, **_FIELD}


def header(excmd: str) -> bytes:
    """The lines before the tags: what they are, and who wrote them."""
    lines = []
    for name, value, note in _HEADER:
        lines.append(f"!_TAG_{name}\t{value or _EXCMDS[excmd]}\t/{note}/\n")
    return "".join(lines).encode()


def pattern_of(line: bytes) -> str:
    """What an editor looks for to find this line, or "" when it is no text that could be looked for."""
    line = line.rstrip(b"\r")
    end = "$"
    if len(line) > PATTERN_LIMIT_BYTES:
        end = ""
        cut = PATTERN_LIMIT_BYTES
        while cut and line[cut] & 0xC0 == 0x80:
            cut -= 1  # not within a character
        line = line[:cut]
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return ""
    if "\r" in text or "\0" in text:
        return ""
    escaped = text.replace("\\", "\\\\").replace("/", "\\/")
    if escaped.endswith("$"):
        escaped = escaped[:-1] + "\\$"  # else it is the end of the line
    return f"/^{escaped}{end}/"


def tag_line(row: TagRow, excmd: str) -> bytes:
    """One line of a tags file."""
    address = str(row.line)
    if row.pattern and excmd == "pattern":
        address = row.pattern
    elif row.pattern and excmd == "combine":
        address = f"{row.line - 1};{row.pattern}"  # a search begins below the line where it is begun
    scope = f"{row.scope_kind}:{row.scope}" if row.scope else ""
    fields = (
        ("", row.kind),
        ("line:", str(row.line)),
        ("language:", row.language),
        ("", scope),
        ("typeref:", row.typeref),
        ("access:", row.access),
        ("inherits:", row.inherits),
        ("signature:", row.signature),
        ("roles:", row.roles),
        ("end:", str(row.end or "")),
    )
    said = "\t".join(key + value.translate(_FIELD) for key, value in fields if value)
    name = row.name.translate(_NAME)
    if name.startswith("!"):
        name = "\\x21" + name[1:]  # not to be taken for a line of the header
    # File names may hold bytes that are no text: they go out as they came in.
    return f'{name}\t{row.path.translate(_NAME)}\t{address};"\t{said}\n'.encode("utf-8", "surrogateescape")


def json_line(row: TagRow) -> bytes:
    """One line of JSON."""
    return msgspec.json.encode(row) + b"\n"


def etags_section(path: str, entries: Iterable[tuple[bytes, TagRow, int]]) -> bytes:
    """The tags of one file for Emacs: each with its line up to the name, and the byte where the line begins."""
    body = b"".join(
        text + b"\x7f" + row.name.encode() + b"\x01" + f"{row.line},{start}\n".encode() for text, row, start in entries
    )
    if not body:
        return b""
    return b"\x0c\n" + path.encode("utf-8", "surrogateescape") + f",{len(body)}\n".encode() + body
