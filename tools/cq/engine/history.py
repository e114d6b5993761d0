"""What running packs has cost, kept on disk between runs: the ground on which plans and limits are tuned.

A small JSON file in the user's cache. Whatever is wrong with it (corrupt, of another version, not to be read or
written), a run goes on without it and says so. Entries are by language and pack, or by language and the packs that
ran together; an entry counts for one hash of the patterns and one version of the grammar only.
"""

import os
import stat
import tempfile
from typing import NamedTuple

import msgspec

_VERSION = 1
_MOST_RUNS = 20
_MOST_ENTRIES = 500
_PERCENTILE = 0.95
_MOST_BYTES = 8_000_000  # far above what 500 entries take


class RunSample(msgspec.Struct, frozen=True, kw_only=True):
    """One run over some files."""

    files: int
    kilobytes: float
    us_per_kb: float  # median over the files
    p95_ms: float  # of one file, 95th percentile
    match_limit: int  # that was tried first
    exceeded: int = 0  # files for which it was too low


class Entry(msgspec.Struct, kw_only=True):
    """The runs of one pack, oldest first, and its static score, which takes long to find out."""

    hash: str
    grammar: str  # version
    score: float = 0.0
    runs: list[RunSample] = []


class _HistoryFile(msgspec.Struct, kw_only=True):
    version: int = _VERSION
    entries: dict[str, Entry] = {}


class Timing(NamedTuple):
    """One pack, or several together, over one file."""

    name: str  # of the pack; names of packs that ran together are joined by "+"
    bytes: int
    ms: float
    match_limit: int
    exceeded: bool


class History:
    """The entries of one file. `problem` says what kept it from being read or written."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self.problem = ""
        self._entries: dict[str, Entry] = {}
        if path is not None:
            self._entries = self._read(path)

    def entry(self, language: str, name: str, hash: str, grammar: str) -> Entry | None:
        """The entry of a pack as it is now, with this grammar; None when there is none yet."""
        found = self._entries.get(f"{language}/{name}")
        return found if found is not None and (found.hash, found.grammar) == (hash, grammar) else None

    def put_score(self, language: str, name: str, hash: str, grammar: str, score: float) -> None:
        """Keep a score."""
        self._put(language, name, hash, grammar).score = score

    def put_run(self, language: str, name: str, hash: str, grammar: str, timings: list[Timing]) -> None:
        """Keep what one run has cost; files of no size say nothing."""
        timings = [timing for timing in timings if timing.bytes]
        if not timings:
            return
        entry = self._put(language, name, hash, grammar)
        costs = sorted(timing.ms * 1000 / (timing.bytes / 1024) for timing in timings)
        times = sorted(timing.ms for timing in timings)
        sample = RunSample(
            files=len(timings),
            kilobytes=round(sum(timing.bytes for timing in timings) / 1024, 1),
            us_per_kb=round(costs[len(costs) // 2], 2),
            p95_ms=round(times[min(len(times) - 1, int(len(times) * _PERCENTILE))], 3),
            match_limit=timings[0].match_limit,
            exceeded=sum(timing.exceeded for timing in timings),
        )
        entry.runs = [*entry.runs[1 - _MOST_RUNS :], sample]

    def save(self) -> None:
        """Write the file, whole or not at all. Entries that another process wrote meanwhile stay."""
        if self._path is None:
            return
        entries = {**self._read(self._path), **self._entries}
        kept = dict(list(entries.items())[-_MOST_ENTRIES:])
        folder = os.path.dirname(self._path)
        try:
            os.makedirs(folder, exist_ok=True)
            descriptor, written = tempfile.mkstemp(prefix="tuning-", dir=folder)
            try:
                with open(descriptor, "wb") as file:
                    file.write(msgspec.json.encode(_HistoryFile(entries=kept)))
                os.replace(written, self._path)
            except BaseException:
                os.unlink(written)
                raise
        except OSError as error:
            self.problem = f"the tuning history cannot be kept: {self._path}: {error.strerror or error}"

    def _put(self, language: str, name: str, hash: str, grammar: str) -> Entry:
        key = f"{language}/{name}"
        entry = self.entry(language, name, hash, grammar) or Entry(hash=hash, grammar=grammar)
        # What was used last stands last, and the oldest go first.
        self._entries.pop(key, None)
        self._entries[key] = entry
        return entry

    def _read(self, path: str) -> dict[str, Entry]:
        try:
            about = os.stat(path)
            if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST_BYTES:
                self.problem = f"the tuning history is no file of its kind and not used: {path}"
                self._path = None
                return {}
            with open(path, "rb") as file:
                found = msgspec.json.decode(file.read(), type=_HistoryFile)
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.problem = f"the tuning history cannot be read: {path}: {error.strerror or error}"
            return {}
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self.problem = f"the tuning history is corrupt and begun anew: {path}: {error}"
            return {}
        if found.version != _VERSION:
            self.problem = f"the tuning history is of another version and begun anew: {path}"
            return {}
        return found.entries
