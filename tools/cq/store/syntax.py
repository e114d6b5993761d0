"""What the index keeps of the tree of a file, and what that depends on."""

import msgspec

_encode = msgspec.msgpack.Encoder().encode


class Syntax(msgspec.Struct, array_like=True):
    """Of one file. Empty: the whole file has to be parsed each time."""

    parts: bytes = b""  # where it may be cut (`store.parts`)
    census: bytes = b""  # what frequent names are (`store.census`)

    def packed(self) -> bytes:
        """As bytes; none when nothing is known."""
        return _encode(self) if self.parts or self.census else b""


class SyntaxHead(msgspec.Struct, frozen=True, array_like=True):
    """What holds for all files."""

    stamp: bytes  # of what it depends on besides the files
    files: int  # so many there were when the words were chosen
    words: bytes  # that are frequent, joined by line breaks


_decode = msgspec.msgpack.Decoder(Syntax).decode
decode_head = msgspec.msgpack.Decoder(SyntaxHead).decode


def unpacked(data: bytes) -> Syntax:
    """From bytes. Raises msgspec.DecodeError for what is none."""
    return _decode(data) if data else Syntax()
