"""One tree to its anchors: for each a key of what it is, and a key of its skeleton.

One pass in post-order. The key of a node is the hash of its kind and the keys of its children, so code that differs
only in what a level leaves out has the same key. `hash` of a tuple of integers depends on neither process nor seed;
`PROBE` goes into every file of facts, so that keys of an interpreter that hashes otherwise are never mixed with ours.
"""

from array import array
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

from tree_sitter import Node

from cq.mining.table import ANCHOR, BINDS, DROP, FIXED, HOLE, HOLE_CODE, IMPORT, KEEPS, LEAF_CLASSES, LITERAL, NAME, NAMED, SCOPE, UNWRAP, WORD, Table

LEVELS = ("concrete", "abstract", "semantic")
PROBE = hash((1, (2, 1 << 60), -3))

# Anchors with fewer words are trivial, with more nobody reads them as one idea.
LEAST_SIZE = 3
MOST_SIZE = 60
# A block or list of more words than that is a hole, so that what stands around it is one idiom.
HOLE_FROM = 14
# The walk calls itself; what lies deeper is taken up later, and what is around it counts as too large.
_DEPTH = 150
_TOO_LARGE = 1 << 20
_PLAIN_WORD = LEAF_CLASSES["id"]
# Flags that say something before the children are looked at.
_PREPARE = NAMED | BINDS | IMPORT | SCOPE


class Anchors(NamedTuple):
    """The anchors of one file in post-order, a column each."""

    keys: "array[int]"
    skeletons: "array[int]"
    kinds: "array[int]"  # ids of the grammar
    sizes: "array[int]"  # words and tokens that mean something
    starts: "array[int]"  # bytes
    ends: "array[int]"
    parents: "array[int]"  # the row of the anchor around it, -1 without


class Trace(NamedTuple):
    """What of a tree was left out of its keys."""

    words: set[int]  # first bytes of words whose text did not count
    holes: set[tuple[int, int, int]]  # first and last byte, and kind, of what was too large to be told


class _Everything(set[bytes]):
    """Every word is kept."""

    def __contains__(self, word: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return True


class Normalizer:
    """The walk for one language at one level. Its memory of words grows with what it sees, so one for each process."""

    def __init__(self, table: Table, level: str) -> None:
        self._table = table
        self._level = level
        self._codes: dict[bytes, int] = {}
        drop_flags = 0 if level == "semantic" else BINDS | IMPORT | SCOPE
        self._special = [flags & ~drop_flags for flags in table.special] if drop_flags else table.special

    def words(self) -> set[bytes]:
        """What is kept at the beginning of a file."""
        if self._level == "concrete":
            return _Everything()
        return set(self._table.fixed | self._table.globals) if self._level == "semantic" else set()

    def code(self, text: bytes) -> int:
        """What stands in a key for a text."""
        code = self._codes.get(text)
        if code is None:
            code = self._codes[text] = int.from_bytes(blake2b(text, digest_size=7).digest(), "big")
        return code

    def anchors(self, root: Node, source: bytes, trace: "Trace | None" = None) -> Anchors:
        """The anchors of one tree; how they came about goes into the trace, when there is one."""
        rows: list[tuple[int, int, int, int, int, int]] = []
        parents: list[int] = []
        later = [root]
        walk = self._walk(source, rows, parents, later, root.has_error, trace)
        while later:
            node = later.pop()
            walk(node, node.kind_id, False, 0)
        if not rows:
            return Anchors(array("q"), array("q"), array("H"), array("H"), array("I"), array("I"), array("i"))
        keys, skeletons, kinds, sizes, starts, ends = zip(*rows, strict=True)
        return Anchors(
            array("q", keys),
            array("q", skeletons),
            array("H", kinds),
            array("H", sizes),
            array("I", starts),
            array("I", ends),
            array("i", parents),
        )

    def _walk(
        self,
        source: bytes,
        rows: list[tuple[int, int, int, int, int, int]],
        parents: list[int],
        later: list[Node],
        broken: bool,
        trace: "Trace | None",
    ) -> Callable[[Node, int, bool, int], tuple[int, int, int]]:
        # One function with all it needs at hand: each name looked up elsewhere would cost a tenth of the parse.
        table = self._table
        actions, codes, classes, special = table.actions, table.codes, table.classes, self._special
        text_codes, code_of = self._codes, self.code
        kept = self.words()
        literals = _Everything() if self._level == "concrete" else table.literals if self._level == "semantic" else ()
        alpha = self._level == "semantic"
        name_at, binds, fixed = table.name_at, table.binds, table.fixed
        hidden: list[bytes] = []  # names that would mean something, were they not bound here
        words: list[bytes] = []  # that became holes, in the order of the text
        open_rows: list[int] = []  # rows whose parent did not come yet

        def learn(node: Node) -> None:
            stack = [node]
            while stack:
                each = stack.pop()
                if actions[each.kind_id] == WORD:
                    kept.add(source[each.start_byte : each.end_byte])
                else:
                    stack.extend(each.children)

        def visit(node: Node, kind: int, is_anchor: bool, depth: int) -> tuple[int, int, int]:
            if depth > _DEPTH:
                later.append(node)
                return 0, 0, _TOO_LARGE
            flags = special[kind]
            code = codes[kind]
            parts = [code]
            skeleton = [code]
            size = 0
            first = len(words)
            mark = len(open_rows)
            children = node.children
            name = bound = None
            binds_all = False
            if flags & _PREPARE and children:
                if flags & NAMED:
                    name = children[name_at[kind]]
                if flags & BINDS:
                    place = binds[kind]
                    if place < 0:
                        binds_all = True
                    elif place < len(children):
                        bound = children[place]
                if flags & IMPORT:
                    learn(node)
                if flags & SCOPE:
                    scope = len(hidden)
            for child in children:
                kind_id = child.kind_id
                action = actions[kind_id]
                if action == DROP:
                    if flags & KEEPS:
                        parts.append(codes[kind_id])
                        skeleton.append(codes[kind_id])
                    continue
                if action == FIXED:
                    part = codes[kind_id]
                    parts.append(part)
                    skeleton.append(part)
                    size += 1
                elif action <= ANCHOR:
                    part, skeleton_part, words_in = visit(child, kind_id, action == ANCHOR, depth + 1)
                    parts.append(part)
                    skeleton.append(skeleton_part)
                    size += words_in
                elif action == WORD:
                    text = source[child.start_byte : child.end_byte]
                    size += 1
                    if child is name or text in kept:
                        if (
                            (child is bound or (binds_all and classes[kind_id] == _PLAIN_WORD))
                            and child is not name
                            and text not in fixed
                        ):
                            kept.discard(text)
                            hidden.append(text)
                            words.append(text)
                            part = classes[kind_id]
                            if trace is not None:
                                trace.words.add(child.start_byte)
                        else:
                            part = text_codes.get(text) or code_of(text)
                    else:
                        words.append(text)
                        part = classes[kind_id]
                        if trace is not None:
                            trace.words.add(child.start_byte)
                    parts.append(part)
                    skeleton.append(part)
                elif action == LITERAL:
                    size += 1
                    part = classes[kind_id]
                    if literals:
                        start, end = child.start_byte, child.end_byte
                        if end - start < 4 or not alpha:
                            text = source[start:end].replace(b"'", b'"')
                            if text in literals:
                                part = text_codes.get(text) or code_of(text)
                    parts.append(part)
                    skeleton.append(part)
                elif action == NAME:
                    text = source[child.start_byte : child.end_byte]
                    size += 1
                    part = text_codes.get(text) or code_of(text)
                    parts.append(part)
                    skeleton.append(part)
                else:  # an ERROR: nothing in it counts, and nothing that holds it
                    size = _TOO_LARGE
            if broken and size < _TOO_LARGE and node.has_error:
                size = _TOO_LARGE
            if flags:
                if flags & SCOPE and children:
                    # What it bound means again what it did before.
                    while len(hidden) > scope:
                        kept.add(hidden.pop())
                if flags & UNWRAP and len(parts) == 2:
                    return parts[1], skeleton[1], size
                if flags & HOLE:
                    if size > HOLE_FROM:
                        # What is in a hole is no part of what is around it.
                        del words[first:]
                        del open_rows[mark:]
                        if trace is not None:
                            trace.holes.add((node.start_byte, node.end_byte, kind))
                        return HOLE_CODE, HOLE_CODE, 1
                    key = hash(tuple(parts))
                    if len(parts) > 1:
                        skeleton = [HOLE_CODE]
                        if not is_anchor:
                            return key, HOLE_CODE, size
            key = hash(tuple(parts))
            bare = hash(tuple(skeleton))
            if is_anchor and LEAST_SIZE <= size <= MOST_SIZE:
                row = len(rows)
                own = words[first:]
                # Which of the holes hold the same word.
                whole = hash((key, *map(own.index, own))) if alpha and len(own) > 1 else key
                rows.append((whole, bare, kind, size, node.start_byte, node.end_byte))
                for each in open_rows[mark:]:
                    parents[each] = row
                parents.append(-1)
                del open_rows[mark:]
                open_rows.append(row)
            return key, bare, size

        return visit


