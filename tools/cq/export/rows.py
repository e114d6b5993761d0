"""The rows of one file's tree, made one by one as they are asked for."""

import base64
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from tree_sitter import Tree

from cq.export.places import Places
from cq.export.walk import ExportPlan, Piece, Visit, walk
from cq.rows.export import ExportEdge, ExportEnd, ExportFile, ExportGap, ExportNode, ExportRow, ExportToken
from cq.rows.shared import SchemaId, as_text

SCHEMA = SchemaId("cq.export")


class ParsedFile(NamedTuple):
    """One file with its tree."""

    path: str
    language: str
    grammar: str
    grammar_version: str
    data: bytes
    tree: Tree


def rows_of(file: ParsedFile, plan: ExportPlan, verified: bool = False) -> Iterator[ExportRow]:
    """A row for the file, those of its tree in the order of the text, and a row with their counts."""
    yield _head(file, plan)
    made = _Made(file, plan)
    for item in walk(file.tree, file.data, plan):
        # A limit counts nodes, or tokens when there are no nodes. The token of the last node still belongs to it.
        counts = isinstance(item, Visit) if not plan.tokens else isinstance(item, Piece) and item.leaf is not None
        if counts and made.is_full():
            break
        if isinstance(item, Visit):
            made.saw(item)
        if isinstance(item, Piece):
            yield made.gap(item) if item.leaf is None else made.token(item, item.leaf)
        elif not plan.tokens:
            yield made.node(item)
            if item.parent is not None:
                yield made.edge(item)
    yield made.end(verified)


def is_whole(file: ParsedFile, plan: ExportPlan) -> bool:
    """Whether the tokens and gaps, read back from the rows' JSON, are the bytes of the file."""
    joined = hashlib.sha256()
    at = 0
    for row in rows_of(file, msgspec.structs.replace(plan, tokens=True, limit=None)):
        if isinstance(row, (ExportToken, ExportGap)):
            again = msgspec.json.decode(msgspec.json.encode(row), type=ExportToken | ExportGap)
            if again.start_byte != at:
                return False
            at = again.end_byte
            joined.update(text_of(again))
    return joined.digest() == hashlib.sha256(file.data).digest()


def text_of(row: ExportToken | ExportGap) -> bytes:
    """The bytes that a row stands for."""
    return base64.b64decode(row.base64) if row.base64 is not None else (row.text or "").encode()


class _Made:
    """Makes the rows and counts them."""

    def __init__(self, file: ParsedFile, plan: ExportPlan) -> None:
        self._path = file.path
        self._data = file.data
        self._limit = plan.limit
        self._tokens_only = plan.tokens
        self._place = Places(file.data).place
        self._nodes = self._edges = self._tokens = self._gaps = 0
        self._errors = self._missing = self._deepest = 0
        self._complete = True

    def is_full(self) -> bool:
        """Whether the limit is reached, which the end will tell."""
        done = self._tokens if self._tokens_only else self._nodes
        if self._limit is None or done < self._limit:
            return False
        self._complete = False
        return True

    def saw(self, visit: Visit) -> None:
        self._errors += visit.node.is_error
        self._missing += visit.node.is_missing
        self._deepest = max(self._deepest, visit.depth)

    def node(self, visit: Visit) -> ExportNode:
        node = visit.node
        start, end = node.start_byte, node.end_byte
        line, column = self._place(node.start_point, start)
        end_line, end_column = self._place(node.end_point, end)
        self._nodes += 1
        return ExportNode(
            id=visit.id,
            parent=visit.parent,
            field=visit.field,
            kind=node.type,
            named=node.is_named,
            depth=visit.depth,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            start_byte=start,
            end_byte=end,
            children=node.child_count,
            error=node.is_error,
            missing=node.is_missing,
            extra=node.is_extra,
            cut=visit.cut,
        )

    def edge(self, visit: Visit) -> ExportEdge:
        assert visit.parent is not None
        self._edges += 1
        return ExportEdge(parent=visit.parent, child=visit.id, index=visit.nth, field=visit.field)

    def token(self, piece: Piece, leaf: Visit) -> ExportToken:
        node = leaf.node
        line, column = self._place(piece.start_point, piece.start)
        end_line, end_column = self._place(piece.end_point, piece.end)
        text, encoded = self._text(piece)
        self._tokens += 1
        return ExportToken(
            node=leaf.id,
            kind=node.type,
            named=node.is_named,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            start_byte=piece.start,
            end_byte=piece.end,
            missing=node.is_missing,
            text=text,
            base64=encoded,
        )

    def gap(self, piece: Piece) -> ExportGap:
        line, column = self._place(piece.start_point, piece.start)
        end_line, end_column = self._place(piece.end_point, piece.end)
        text, encoded = self._text(piece)
        self._gaps += 1
        return ExportGap(
            parent=piece.parent,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            start_byte=piece.start,
            end_byte=piece.end,
            uncovered=text is None or not (text.isspace() or text == "\ufeff"),
            text=text,
            base64=encoded,
        )

    def end(self, verified: bool) -> ExportEnd:
        return ExportEnd(
            path=as_text(self._path),
            nodes=self._nodes,
            edges=self._edges,
            tokens=self._tokens,
            gaps=self._gaps,
            errors=self._errors,
            missing=self._missing,
            deepest=self._deepest,
            complete=self._complete,
            verified=verified,
        )

    def _text(self, piece: Piece) -> tuple[str | None, str | None]:
        data = self._data[piece.start : piece.end]
        try:
            return data.decode(), None
        except UnicodeDecodeError:
            return None, base64.b64encode(data).decode("ascii")


def _head(file: ParsedFile, plan: ExportPlan) -> ExportFile:
    first, last = plan.lines or (0, 0)
    data = file.data
    return ExportFile(
        schema=SCHEMA,
        path=as_text(file.path),
        language=file.language,
        grammar=file.grammar,
        grammar_version=file.grammar_version,
        bytes=len(data),
        lines=data.count(b"\n") + (not data.endswith(b"\n") and data != b""),
        sha256=hashlib.sha256(data).hexdigest(),
        not_utf8=not _is_utf8(data),
        named=plan.named,
        tokens=plan.tokens,
        first_line=first,
        last_line=last,
        depth=plan.depth or 0,
        limit=plan.limit or 0,
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
