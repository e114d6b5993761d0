"""Is what we know still so? Looks at folders and files from outside, and lists again only when it must."""

import os
import time

from cq.index.record import Record, Signature, link_state, signature
from cq.index.repository import find_root, git_folder
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.store.snapshot import NUMBERS, ListingSeen, Snapshot, joined, split

# What is younger than this when we look may change once more without a new time: the clock of a file system ticks
# every few milliseconds, and where times are whole seconds, every one or two.
_TICK_NS = 100_000_000
_COARSE_TICK_NS = 2_100_000_000
# What git's configuration, and so the list of files, depends on besides files.
_ENVIRONMENT = ("HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL")
_BY_DESCRIPTOR = os.stat in os.supports_dir_fd


# Size, mtime, ctime and inode.
Looks = tuple[int, int, int, int]


class Fresh:
    """The files of a root as they are now. `to_read`: positions of files that are new or may have changed."""

    def __init__(self, root: str, known: Snapshot | None, seen: "Fresh | None" = None) -> None:
        """`seen` is a look at the same root that was taken for the same question: it need not be taken again."""
        self.root = root
        self.now: int
        self.snapshot: Snapshot
        if known is not None and seen is not None and seen.snapshot.looks_like(known):
            self.now, self.relisted, self.snapshot = seen.now, False, known
            self.to_read = [at for at, number in enumerate(known.ids) if not number]
            if self.to_read:
                known.need_digests()
            return
        self.now = time.time_ns()
        self.relisted = known is None or not _listing_holds(root, known.listing)
        if known is None or self.relisted:
            self.snapshot = self._listed(known)
        else:
            self.snapshot = known
        self.to_read = self._changed()
        if self.relisted or self.to_read:
            self.snapshot.need_digests()

    def is_settled(self, looks: Looks) -> bool:
        """Whether a file that looks like this cannot change without looking different, as git sees it."""
        _, mtime, ctime, _ = looks
        return not _is_racy(max(mtime, ctime), self.now)

    def is_since(self, then: int) -> bool:
        """Whether all that is known of files, and of what lists them, was already so at this time (in ns)."""
        seen = self.snapshot.listing
        listed = [signature for signature, _ in seen.folders] + [signature for _, signature in seen.watched]
        changed = max((each[2] for each in listed if each is not None), default=0)
        return not _is_racy(max(changed, *self.snapshot.numbers[2::NUMBERS], 0), then)

    def _listed(self, known: Snapshot | None) -> Snapshot:
        record = Record()
        listing = list_files(Selection(root=self.root), record)
        record.folders.sort(key=lambda folder: folder.path)
        watched = [(os.fsencode(path), signature(path)) for path in sorted(record.watched)]
        times = [seen.signature for seen in record.folders] + [seen for _, seen in watched]
        top = find_root(self.root)
        seen = ListingSeen(
            environment=_environment(),
            top=None if top is None else os.fsencode(top),
            folder_paths=joined(["/" + folder.path for folder in record.folders]),
            folders=tuple((folder.signature, folder.tracked_only) for folder in record.folders),
            watched=tuple(watched),
            links=tuple((os.fsencode(path), os.fsencode(link_state(path))) for path in record.links),
            tops=tuple((os.fsencode(path), os.fsencode(git_folder(path) or "")) for path in sorted(record.tops)),
            problems=tuple(
                (os.fsencode(each.path), each.reason, os.fsencode(each.detail)) for each in listing.problems
            ),
            settled=not any(each is not None and _is_racy(max(each[1], each[2]), self.now) for each in times),
        )
        snapshot = Snapshot(seen, listing.files)
        if known is not None:
            _take_over(known, snapshot)
        return snapshot

    def _changed(self) -> list[int]:
        """The positions of the files that do not look as they did, or that have no number."""
        snapshot = self.snapshot
        numbers = snapshot.numbers
        paths, stat = snapshot.paths, os.stat
        changed: list[int] = []
        descriptor = os.open(self.root, os.O_RDONLY) if _BY_DESCRIPTOR else None
        if descriptor is None:
            paths = [os.path.join(self.root, path) for path in paths]
        seen = zip(paths, *(numbers[number::NUMBERS] for number in range(NUMBERS)), snapshot.ids, strict=True)
        try:
            # A line of this loop is a tenth of what a search of a large tree costs.
            for at, (path, size, mtime, ctime, inode, number) in enumerate(seen):
                try:
                    now = stat(path, dir_fd=descriptor)
                except OSError:
                    changed.append(at)
                    continue
                if (
                    now.st_mtime_ns != mtime
                    or now.st_size != size
                    or now.st_ctime_ns != ctime
                    or now.st_ino != inode
                    or number == 0
                ):
                    changed.append(at)
        finally:
            if descriptor is not None:
                os.close(descriptor)
        return changed


def looks(root: str, path: str) -> Looks:
    """What a file looks like from outside; zeros when it is gone."""
    return signature(os.path.join(root, path)) or (0, 0, 0, 0)


def _take_over(known: Snapshot, snapshot: Snapshot) -> None:
    """What is known of files that are still listed."""
    known.need_digests()
    snapshot.need_digests()
    positions = {path: at for at, path in enumerate(known.paths)}
    for at, path in enumerate(snapshot.paths):
        was = positions.get(path)
        if was is None:
            continue
        snapshot.ids[at] = known.ids[was]
        snapshot.numbers[at * NUMBERS : (at + 1) * NUMBERS] = known.numbers[was * NUMBERS : (was + 1) * NUMBERS]
        snapshot.set_digest(at, known.digest(was))
        if was in known.notes:
            snapshot.notes[at] = known.notes[was]
        if was in known.heads:
            snapshot.heads[at] = known.heads[was]


def _listing_holds(root: str, seen: ListingSeen) -> bool:
    if not seen.settled or seen.environment != _environment():
        return False
    top = find_root(root)
    if (None if top is None else os.fsencode(top)) != seen.top:
        return False
    stat = os.stat
    for path, (before, _) in zip(split(seen.folder_paths), seen.folders, strict=True):
        try:
            now = stat(root + path)
        except OSError:
            return False
        if before != (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino):
            return False
    for watched, before in seen.watched:
        if _differs(os.fsdecode(watched), before):
            return False
    for link, state in seen.links:
        if os.fsencode(link_state(os.fsdecode(link))) != state:
            return False
    return all(os.fsencode(git_folder(os.fsdecode(path)) or "") == git for path, git in seen.tops)


def _differs(path: str, before: Signature) -> bool:
    now = signature(path)
    return now != before


def _is_racy(time_ns: int, now: int) -> bool:
    tick = _COARSE_TICK_NS if time_ns % 1_000_000_000 == 0 else _TICK_NS
    return time_ns > now - tick


def _environment() -> tuple[str, ...]:
    return tuple(f"{name}={os.environ[name]}" for name in _ENVIRONMENT if name in os.environ)
