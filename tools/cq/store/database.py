"""One SQLite file as a keeper of sealed pieces: opened quickly, made anew when it is not what we wrote.

Every piece carries a checksum over itself and its key (`checked`), so a changed bit is noticed wherever it is. A file
that is damaged is deleted and the next one gets another name: another process may still have it open, and SQLite finds
its log by the name. A file of another version is emptied in place, which SQLite makes safe for others.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cq.store.checked import Damaged, Unfinished, Unusable, opened, sealed, seed_of

APPLICATION_ID = 0x63712D69  # "cq-i"
SCHEMA = 5  # raised when the tables or what is in the pieces change
_BUSY_MS = 5_000
# SQLite quotes what it finds in a damaged file, and Python cannot always decode that.
_ERRORS = (sqlite3.Error, UnicodeDecodeError)
_FILE = 0xFFFFFFFF  # the part of an answer's number that is the file
_NAMES = 10  # of files for one root, one after the other
_SYNTAX = 0xCE05  # so that what is kept under the number of a file is not taken for something else
_TABLES = ("piece", "block", "plan", "answer", "syntax")
# Pieces: a few, by name. Blocks: words of a segment, by segment and number. Plans: questions that were asked. Answers:
# what a file says to a plan, by the numbers of both. Syntax: what was taken from the tree of a file.
_CREATE = """
CREATE TABLE piece (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE plan (
  id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, used INTEGER NOT NULL, bytes INTEGER NOT NULL, data BLOB NOT NULL
);
CREATE TABLE answer (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE syntax (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""


class Plan(NamedTuple):
    """What is kept of one question."""

    id: int
    used: int  # when, in seconds
    data: bytes


class PlanSize(NamedTuple):
    """What the answers to one question take."""

    id: int
    used: int
    bytes: int


class Database:
    """One open database. Any method raises Damaged or Unusable."""

    def __init__(self, path: str, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, stem: str) -> "Database | None":
        """The database of this path (without its ending), if there is one."""
        path = existing(stem)
        try:
            return None if path is None else cls.open_at(path)
        except Unfinished:  # as if there were none: it is made where it stands
            return None

    @classmethod
    def open_at(cls, path: str) -> "Database":
        """The database in this file, which is there."""
        connection = None
        try:
            connection = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
            connection.execute("BEGIN")  # one state of the file: another process may be making it
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("COMMIT")
            if application != APPLICATION_ID:
                raise Damaged("not an index of cq", path) if tables else Unfinished("was never finished", path)
            if version != SCHEMA:
                raise Damaged("an index of another version of cq", path)
            connection.execute("PRAGMA synchronous = NORMAL")
        except (Damaged, *_ERRORS) as error:
            if connection is not None:
                connection.close()
            raise _translated(error, path) from error
        return cls(path, connection)

    @classmethod
    def create(cls, stem: str, damaged: str = "") -> "Database":
        """The database of this path, which may be there by now: another process may have made it.

        `damaged` is the one that was there, and is deleted.
        """
        if damaged:
            delete(damaged)
        path = existing(stem) or _free(stem, damaged)
        connection = None
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            connection = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                for table in _TABLES:
                    connection.execute(f"DROP TABLE IF EXISTS {table}")
                for statement in _CREATE.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.execute("COMMIT")
        except (OSError, *_ERRORS) as error:
            if connection is not None:
                connection.close()
            raise _translated(error, path) from error
        return cls(path, connection)

    def close(self) -> None:
        """Close it; the last one to do so folds SQLite's log into the file."""
        try:
            self._connection.close()
        except _ERRORS as error:
            raise _translated(error, self.path) from error

    def begin(self) -> None:
        """Begin to write: alone, until `commit` or `rollback`."""
        self._run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep what was written, all of it."""
        self._run("COMMIT")

    def rollback(self) -> None:
        """Keep nothing of it."""
        if self._connection.in_transaction:
            self._run("ROLLBACK")

    def take(self, path: str) -> bool:
        """Begin to write, and take over all that another database holds; whether there was anything to take."""
        self._run("ATTACH DATABASE ? AS other", (path,))
        self.begin()
        marks = [self._run(f"PRAGMA other.{mark}").fetchone()[0] for mark in ("application_id", "user_version")]
        if marks != [APPLICATION_ID, SCHEMA] or self.piece("head") is not None:
            return False
        for table in _TABLES:
            self._run(f"INSERT INTO main.{table} SELECT * FROM other.{table}")
        return True

    def taken(self) -> None:
        """Let go of the other database, when what was taken is kept or not."""
        self.rollback()
        self._run("DETACH DATABASE other")

    def piece(self, name: str) -> bytes | None:
        """A piece by its name; None when there is none."""
        found = self._run("SELECT data FROM piece WHERE name = ?", (name,)).fetchone()
        return None if found is None else opened(found[0], seed_of(name))

    def set_piece(self, name: str, data: bytes) -> None:
        """Write a piece."""
        self._run("INSERT OR REPLACE INTO piece VALUES (?, ?)", (name, sealed(data, seed_of(name))))

    def block(self, id: int) -> bytes:
        """A block of words; one that is not there is damage, since a segment says how many it has."""
        found = self._run("SELECT data FROM block WHERE id = ?", (id,)).fetchone()
        return opened(None if found is None else found[0], seed_of(id))

    def blocks(self, first: int, end: int) -> Iterator[bytes]:
        """The blocks from `first` up to `end`, all of them."""
        expected = first
        for id, data in self._rows("SELECT id, data FROM block WHERE id >= ? AND id < ? ORDER BY id", (first, end)):
            if id != expected:
                break
            expected += 1
            yield opened(data, seed_of(id))
        if expected != end:
            raise Damaged("a block of words is missing")

    def set_blocks(self, blocks: Iterable[tuple[int, bytes]]) -> None:
        """Write blocks."""
        self._many(
            "INSERT OR REPLACE INTO block VALUES (?, ?)", ((id, sealed(data, seed_of(id))) for id, data in blocks)
        )

    def plan(self, key: bytes) -> Plan | None:
        """What is kept of a plan."""
        found = self._run("SELECT id, used, data FROM plan WHERE key = ?", (key,)).fetchone()
        return None if found is None else Plan(found[0], found[1], opened(found[2], seed_of(key)))

    def plans(self) -> list[PlanSize]:
        """All plans, the one that was used last in the end."""
        return [PlanSize(*row) for row in self._rows("SELECT id, used, bytes FROM plan ORDER BY used")]

    def plan_keys(self) -> list[bytes]:
        """Under which plans are kept."""
        return [key for (key,) in self._rows("SELECT key FROM plan")]

    def set_plan(self, key: bytes, used: int, more_bytes: int, data: bytes) -> int:
        """Write what is kept of a plan; its number."""
        self._run(
            "INSERT INTO plan (key, used, bytes, data) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
            " SET used = excluded.used, bytes = bytes + excluded.bytes, data = excluded.data",
            (key, used, more_bytes, sealed(data, seed_of(key))),
        )
        found: int = self._run("SELECT id FROM plan WHERE key = ?", (key,)).fetchone()[0]
        return found

    def drop_plan(self, id: int) -> None:
        """Delete a plan and its answers."""
        self._run("DELETE FROM answer WHERE id >= ? AND id < ?", (id << 32, (id + 1) << 32))
        self._run("DELETE FROM plan WHERE id = ?", (id,))

    def answers(self, plan: int, key: bytes) -> Iterator[tuple[int, bytes]]:
        """What files say to a plan: number of the file, and the answer."""
        seed = seed_of(key)
        rows = self._rows("SELECT id, data FROM answer WHERE id >= ? AND id < ?", (plan << 32, (plan + 1) << 32))
        for id, data in rows:
            file = id & _FILE
            yield file, opened(data, (seed + file) & _FILE)

    def set_answers(self, plan: int, key: bytes, answers: Iterable[tuple[int, bytes]]) -> None:
        """Write what files say to a plan."""
        seed = seed_of(key)
        rows = ((plan << 32 | file, sealed(data, (seed + file) & _FILE)) for file, data in answers)
        self._many("INSERT OR REPLACE INTO answer VALUES (?, ?)", rows)

    def drop_answers(self, plan: int, files: Iterable[int]) -> None:
        """Delete what files say to a plan."""
        self._many("DELETE FROM answer WHERE id = ?", ((plan << 32 | file,) for file in files))

    def answered(self, plan: int) -> set[int]:
        """The files that say something to a plan."""
        rows = self._rows("SELECT id FROM answer WHERE id >= ? AND id < ?", (plan << 32, (plan + 1) << 32))
        return {id & _FILE for (id,) in rows}

    def syntax(self, file: int) -> bytes | None:
        """What was taken from the tree of a file; None: nothing yet."""
        found = self._run("SELECT data FROM syntax WHERE id = ?", (file,)).fetchone()
        return None if found is None else opened(found[0], file ^ _SYNTAX)

    def set_syntax(self, files: Iterable[tuple[int, bytes]]) -> None:
        """Write what was taken from trees."""
        rows = ((file, sealed(data, file ^ _SYNTAX)) for file, data in files)
        self._many("INSERT OR REPLACE INTO syntax VALUES (?, ?)", rows)

    def with_syntax(self) -> list[int]:
        """The files from whose trees something was taken."""
        return [id for (id,) in self._rows("SELECT id FROM syntax")]

    def drop_syntax(self, files: Iterable[int] | None) -> None:
        """Delete what was taken from the trees of these files, or of all."""
        if files is None:
            self._run("DELETE FROM syntax")
        else:
            self._many("DELETE FROM syntax WHERE id = ?", ((file,) for file in files))

    def check(self) -> str:
        """What SQLite itself finds wrong; "" for nothing."""
        found = self._run("PRAGMA quick_check(1)").fetchone()[0]
        return "" if found == "ok" else "its file is damaged"

    def _run(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, values)
        except _ERRORS as error:
            raise _translated(error, self.path) from error

    def _rows(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except _ERRORS as error:
            raise _translated(error, self.path) from error

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        try:
            self._connection.executemany(statement, rows)
        except _ERRORS as error:
            raise _translated(error, self.path) from error


def delete(path: str) -> None:
    """Delete a database file and SQLite's files beside it. What cannot be deleted stays."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        try:
            os.unlink(path + suffix)
        except OSError:  # gone, or not ours to delete
            if not suffix:
                return


def _translated(error: Exception, path: str) -> Damaged | Unusable:
    if isinstance(error, Unfinished):
        return error
    if isinstance(error, Damaged):
        return Damaged(str(error), error.path or path)
    # Whatever else SQLite complains about (a full disk, a lock, a read-only folder) says nothing about the content.
    of_content = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
    if isinstance(error, sqlite3.OperationalError):
        of_content = any(words in str(error) for words in ("no such", "could not decode", "Could not decode"))
    if of_content or isinstance(error, UnicodeDecodeError):
        # SQLite's own words are about its pages and tables, and help nobody here.
        return Damaged("its file is damaged", path)
    return Unusable(str(error))


def existing(stem: str) -> str | None:
    """The file of a database, if there is one."""
    for path in _paths(stem):
        if os.path.exists(path):
            return path
    return None


def _free(stem: str, damaged: str) -> str:
    paths = list(_paths(stem))
    return paths[(paths.index(damaged) + 1) % _NAMES] if damaged in paths else paths[0]


def _paths(stem: str) -> Iterator[str]:
    yield f"{stem}.db"
    for number in range(1, _NAMES):
        yield f"{stem}.{number}.db"


def is_free(path: str) -> bool:
    """Whether no process has the database open: only then SQLite lets go of its log."""
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=0)
        mode: str = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # What is no database, nobody has open; what is locked, somebody has.
        return not isinstance(error, sqlite3.OperationalError)
    finally:
        if connection is not None:
            connection.close()
    return mode == "delete"
