"""One tree to its anchors: for each a key of what it is, and a key of its skeleton.

One pass in post-order. The key of a node is the hash of its kind and the keys of its children, so code that differs
only in what a level leaves out has the same key. `hash` of a tuple of integers depends on neither process nor seed;
`PROBE` goes into every file of facts, so that keys of an interpreter that hashes otherwise are never mixed with ours.
"""

from array import array
from collections.abc import Callable
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from tree_sitter import Node, Tree

from cq.mining.table import (
    ANCHOR,
    BINDS,
    DROP,
    HOLE,
    IMPORT,
    KEEPS,
    LEAF_CLASSES,
    LITERAL,
    NAME,
    NAMED,
    PART,
    SCOPE,
    THROUGH,
    UNWRAP,
    WORD,
    Table,
)

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
# Words whose codes are kept: those of most files of a project.
_WORDS_KNOWN = 100_000
_PLAIN_WORD = LEAF_CLASSES["id"]
# Flags that say something before the children are looked at.
_PREPARE = HOLE | NAMED | BINDS | IMPORT | SCOPE


# What is told of an anchor: four numbers of 64 bits, one after the other, in the order of these names.
#   key
#   key of the skeleton
#   kind (id of the grammar), and from bit 16 on the size: words and tokens that mean something
#   first byte, and from bit 32 on the end
ROW = 4
_ROW = Struct("<qqHHxxxxII")


class Anchors(NamedTuple):
    """The anchors of one file in post-order, so the first later one that begins no later is the one around it."""

    rows: bytes  # ROW numbers each
    limits: "array[int]"  # for each the row up to which that counts: from there on it lies in a hole


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
    """The walk for one language at one level. It remembers words, so one for each process."""

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
            if len(self._codes) > _WORDS_KNOWN:
                self._codes.clear()
            code = self._codes[text] = int.from_bytes(blake2b(text, digest_size=7).digest(), "big")
        return code

    def anchors(self, tree: Tree, source: bytes, trace: "Trace | None" = None) -> Anchors:
        """The anchors of one tree; how they came about goes into the trace, when there is one."""
        root = tree.root_node  # one of our own: nodes lose their children once they were walked
        rows: list[bytes] = []
        holes: list[tuple[int, int]] = []
        later = [root]
        walk, forget = self._walk(source, rows, holes, later, root.has_error, trace)
        while later:
            node = later.pop()
            walk(node, node.kind_id, False, 0)
        forget()
        count = len(rows)
        limits = array("i", [count]) * count
        # A hole comes behind those in it: the innermost is written last.
        for before, after in reversed(holes):
            limits[before:after] = array("i", [after]) * (after - before)
        return Anchors(b"".join(rows), limits)

    def _walk(
        self,
        source: bytes,
        rows: list[bytes],
        holes: list[tuple[int, int]],
        later: list[Node],
        broken: bool,
        trace: "Trace | None",
    ) -> tuple[Callable[[Node, int, bool, int], tuple[int, int, int]], Callable[[], None]]:
        # One function with all it needs at hand: each name looked up elsewhere would cost a tenth of the parse.
        table = self._table
        actions, codes, classes, special = table.actions, table.codes, table.classes, self._special
        text_codes, code_of = self._codes, self.code
        kept = self.words()
        literals = _Everything() if self._level == "concrete" else table.literals if self._level == "semantic" else ()
        alpha = self._level == "semantic"
        plain = self._level == "abstract"  # no word counts but for the names of members
        name_at, binds, fixed = table.name_at, table.binds, table.fixed
        hidden: list[bytes] = []  # names that would mean something, were they not bound here
        words: list[bytes] = []  # that became holes, in the order of the text
        known = text_codes.get
        tell, row = rows.append, _ROW.pack

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
            parts = [codes[kind]]
            skeleton = None  # as long as it is the same as the parts
            more = -1  # the size, less the number of parts
            first = len(words)
            children = node.children
            name = bound = None
            binds_all = False
            if flags & _PREPARE and children:
                if flags & HOLE:
                    before = len(rows)
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
                if action < PART:
                    if action == DROP:
                        if not flags & KEEPS:
                            continue
                        more -= 1
                    part = codes[kind_id]
                elif action <= ANCHOR:
                    if action == THROUGH and not broken:
                        inner = child.children
                        if len(inner) == 1 or (len(inner) == 2 and actions[inner[1].kind_id] == DROP):
                            only = inner[0].kind_id
                            if PART <= actions[only] <= ANCHOR:
                                child, kind_id, action = inner[0], only, actions[only]
                    part, bare, words_in = visit(child, kind_id, action == ANCHOR, depth + 1)
                    more += words_in - 1
                    if bare is not part:
                        if skeleton is None:
                            skeleton = parts.copy()
                        parts.append(part)
                        skeleton.append(bare)
                        continue
                elif action == WORD:
                    if plain and child is not name:
                        part = classes[kind_id]
                        if trace is not None:
                            trace.words.add(child.start_byte)
                        parts.append(part)
                        if skeleton is not None:
                            skeleton.append(part)
                        continue
                    text = source[child.start_byte : child.end_byte]
                    if text in kept or child is name:
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
                            part = known(text) or code_of(text)
                    else:
                        words.append(text)
                        part = classes[kind_id]
                        if trace is not None:
                            trace.words.add(child.start_byte)
                elif action == NAME:
                    text = source[child.start_byte : child.end_byte]
                    part = known(text) or code_of(text)
                elif action == LITERAL:
                    part = classes[kind_id]
                    if literals:
                        start, end = child.start_byte, child.end_byte
                        if end - start < 4 or not alpha:
                            text = source[start:end].replace(b"'", b'"')
                            if text in literals:
                                part = known(text) or code_of(text)
                else:  # an ERROR: nothing in it counts, and nothing that holds it
                    more += _TOO_LARGE
                    part = 0
                parts.append(part)
                if skeleton is not None:
                    skeleton.append(part)
            has_children = bool(children)
            # The node keeps this very list: emptied, it gives the memory of its nodes to the next ones.
            children.clear()
            size = len(parts) + more
            if broken and size < _TOO_LARGE and node.has_error:
                size = _TOO_LARGE
            key = bare = hash(tuple(parts))
            if skeleton is not None:
                bare = hash(tuple(skeleton))
            if flags:
                if flags & SCOPE and has_children:
                    # What it bound means again what it did before.
                    while len(hidden) > scope:
                        kept.add(hidden.pop())
                if flags & UNWRAP and len(parts) == 2:
                    return parts[1], parts[1] if skeleton is None else skeleton[1], size
                if flags & HOLE and len(parts) > 1:
                    bare = -codes[kind]
                    if size > HOLE_FROM:
                        # What is in a hole is no part of what is around it.
                        del words[first:]
                        if len(rows) > before:
                            holes.append((before, len(rows)))
                        if trace is not None:
                            trace.holes.add((node.start_byte, node.end_byte, kind))
                        return -codes[kind], -codes[kind], 1
            if is_anchor and LEAST_SIZE <= size <= MOST_SIZE:
                whole = key
                if alpha and len(words) > first + 1:
                    # Which of the holes hold the same word, when any do.
                    own = words[first:]
                    if len(set(own)) < len(own):
                        whole = hash((key, *map(own.index, own)))
                tell(row(whole, bare, kind, size, node.start_byte, node.end_byte))
            return key, bare, size

        def forget() -> None:
            # A function that knows itself is a cycle, and workers collect none: all that it holds would stay.
            nonlocal visit
            del visit

        return visit, forget
