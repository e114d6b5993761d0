"""Looks into a database from outside: what it is of, how much is in it, and whether all of it can be read."""

from typing import NamedTuple

import msgspec

from cq.store.checked import Damaged, Unusable
from cq.store.database import Database
from cq.store.snapshot import Snapshot
from cq.store.store import Head
from cq.store.words import BLOCKS_PER_SEGMENT, Directory, words_in


class LookedAt(NamedTuple):
    """What is in one database."""

    root: bytes = b""
    files: int = 0
    is_complete: bool = False
    plans: int = 0
    problem: str = ""


def look_at(path: str, verify: bool) -> LookedAt:
    """What is in the database at this path; with `verify` every piece of it is read and held against its checksum."""
    database = None
    looked = LookedAt()
    try:
        database = Database.open_at(path)
        data = database.piece("head")
        if data is None:
            return looked._replace(problem="empty")
        head = msgspec.msgpack.decode(data, type=Head)
        snapshot = database.piece("snapshot")
        files = 0 if snapshot is None else len(Snapshot.unpacked(snapshot, bytes).paths)
        looked = LookedAt(head.root, files, head.complete, len(database.plans()))
        if verify:
            _verify(database, head)
    except (Damaged, Unusable, msgspec.DecodeError) as error:
        return looked._replace(problem=str(error))
    finally:
        if database is not None:
            database.close()
    return looked


def _verify(database: Database, head: Head) -> None:
    """Read everything. Raises Damaged for the first thing that is not what was written."""
    problem = database.check()
    if problem:
        raise Damaged(problem)
    for segment in head.segments:
        data = database.piece(f"segment {segment}")
        if data is None:
            raise Damaged("a segment is missing")
        directory = msgspec.msgpack.decode(data, type=Directory)
        first = segment * BLOCKS_PER_SEGMENT
        for number, block in enumerate(database.blocks(first, first + len(directory.firsts))):
            if words_in(block)[0][0] != directory.firsts[number]:
                raise Damaged("a block of words is not the one that was written")
    for key in database.plan_keys():
        plan = database.plan(key)
        if plan is None:
            raise Damaged("a plan is missing")
        for _ in database.answers(plan.id, key):
            pass
    for file in database.with_syntax():
        database.syntax(file)
