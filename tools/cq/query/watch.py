"""Watch the files of a query: after a change only what changed is parsed and queried again."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from cq.engine.requery import Capture, FileMatch, FileMatches, RequeryPatterns
from cq.grammar.edits import Edit, shifted
from cq.grammar.language import load_language
from cq.grammar.session import ParseSession
from cq.lanes.scopes import ScopeReader
from cq.query.places import Places, Said
from cq.query.run import QueryRun
from cq.scan.read import read_file
from cq.scan.results import Unread
from cq.settings import PARSE_LIMIT_BYTES

_Stamp = tuple[int, int, int]


class Change(NamedTuple):
    """What a change of one file did to its rows (encoded, each with its capture)."""

    path: str
    added: list[tuple[str, bytes]]
    removed: list[tuple[str, bytes]]
    bytes: int  # of the file
    bytes_queried: int  # of these, queried again


class _Watched(NamedTuple):
    stamp: _Stamp
    data: bytes
    matches: FileMatches


class QueryWatch:
    """One query kept up to date in one process. Owns C objects."""

    def __init__(self, run: QueryRun) -> None:
        self._run = run
        self._root = run.request.selection.root
        self._captures = frozenset(run.request.captures)
        self._files: dict[str, _Watched] = {}
        self._sessions: dict[str, ParseSession] = {}
        self._patterns: dict[str, tuple[RequeryPatterns, list[Said]]] = {}

    def changes(self) -> Iterator[Change]:
        """What changed since the last call; at first everything is new."""
        self._run.unread.clear()
        self._run.diagnostics.clear()
        listed = {job.path for job in self._run.prepare()}
        for path in sorted(self._files.keys() - listed):
            yield self._gone(path)
        for path in sorted(listed):
            stamp = _stamp(os.path.join(self._root, path))
            before = self._files.get(path)
            if stamp is None or (before is not None and before.stamp == stamp):
                continue
            data = read_file(self._run.request.selection.tree, path)
            if isinstance(data, Unread) or len(data) > PARSE_LIMIT_BYTES:
                # Binary now, or too large: it has no rows any more.
                if before is not None:
                    yield self._gone(path)
                continue
            change = self._change(path, stamp, data, before)
            if change is not None:
                yield change

    def _gone(self, path: str) -> Change:
        known = self._files.pop(path)
        language = self._run.table.by_content(path, known.data, self._run.table.data)
        return Change(path, [], self._rows(path, known.data, language, known.matches.matches()), 0, 0)

    def _change(self, path: str, stamp: _Stamp, data: bytes, before: _Watched | None) -> Change | None:
        language = self._run.table.by_content(path, data, self._run.table.data)
        if language not in self._run.asks:
            return None
        session, (patterns, _) = self._session(language)
        if before is None:
            matches = FileMatches(patterns, session.parse(data))
            queried = matches.run()
            self._files[path] = _Watched(stamp, data, matches)
            return Change(path, self._rows(path, data, language, matches.matches()), [], len(data), queried.bytes)
        if data == before.data:
            self._files[path] = before._replace(stamp=stamp)
            return None
        old = before.matches.matches()
        reparsed = session.reparse(before.data, data)
        before.matches.edit(reparsed)
        queried = before.matches.run()
        self._files[path] = _Watched(stamp, data, before.matches)
        new = before.matches.matches()
        # A match that only moved is no news; one whose text was edited is, though it may stand where it stood.
        places = {(match.pattern, match.captures) for match in new}
        stayed = {place for match in old if (place := _moved(match, reparsed.edits)) in places}
        gone = [match for match in old if _moved(match, reparsed.edits) not in stayed]
        come = [match for match in new if (match.pattern, match.captures) not in stayed]
        return Change(
            path,
            self._rows(path, data, language, come),
            self._rows(path, before.data, language, sorted(gone)),
            len(data),
            queried.bytes,
        )

    def _session(self, language: str) -> tuple[ParseSession, tuple[RequeryPatterns, list[Said]]]:
        if language not in self._sessions:
            table = self._run.table
            entry = table.languages[language]
            grammar = load_language(entry.grammar)
            packs = table.packs
            scoped = [*packs.patterns(language, "definitions"), *packs.patterns(language, "structure")]
            numbered = [each for patterns in self._run.asks[language].patterns.values() for each in patterns]
            texts = [pattern for _, pattern in numbered]
            scopes_of = ScopeReader(grammar, scoped).scopes_of
            self._sessions[language] = ParseSession(grammar)
            self._patterns[language] = (
                RequeryPatterns(grammar, texts, entry.separator, scopes_of),
                [Said("", number, "", "") for number, _ in numbered],
            )
        return self._sessions[language], self._patterns[language]

    def _rows(self, path: str, data: bytes, language: str, matches: list[FileMatch]) -> list[tuple[str, bytes]]:
        said = self._patterns[language][1]
        places = Places(path, data, language)
        found = []
        for number, match in enumerate(matches):
            for name, start, end, kind in match.captures:
                if not self._captures or name in self._captures:
                    found.append((name, places.row(start, end, name, kind, said[match.pattern], number)))
        return found


def _moved(match: FileMatch, edits: tuple[Edit, ...]) -> tuple[int, tuple[Capture, ...]] | None:
    """The pattern, and what it captured as it stands after these edits; None when one of them touches that."""
    captures = []
    for capture in match.captures:
        span = shifted((capture.start_byte, capture.end_byte), edits)
        if span is None:
            return None
        captures.append(Capture(capture.name, *span, capture.kind))
    return match.pattern, tuple(captures)


def _stamp(path: str) -> _Stamp | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
