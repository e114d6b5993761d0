"""Write files whole or not at all; edits only while the file is what they were made for."""

import contextlib
import os
import stat
from collections.abc import Iterable, Sequence

from cq.errors import CqError
from cq.index.binary import SAMPLE_BYTES
from cq.rows.findings import TextEdit


def apply_edits(old: bytes, edits: Sequence[TextEdit]) -> bytes:
    """The bytes after the edits, which come in order and do not overlap; two may insert at one place."""
    pieces = []
    at = 0
    for edit in edits:
        if not at <= edit.start_byte <= edit.end_byte <= len(old):
            where = f"bytes {edit.start_byte} to {edit.end_byte}"
            raise CqError(f"edits overlap, or lie outside of the file: {where} after {at} of {len(old)}")
        pieces.append(old[at : edit.start_byte])
        pieces.append(edit.text.encode())
        at = edit.end_byte
    pieces.append(old[at:])
    return b"".join(pieces)


def write_edits(root: str, path: str, old: bytes, edits: Sequence[TextEdit]) -> bytes:
    """Edit the file `path` below `root`, and give its new bytes. Mode and owner stay; a link's target is edited.

    Raises CqError, and leaves the file alone, when it no longer holds `old`, when it is a link out of the root, or when
    it cannot be written.
    """
    new = apply_edits(old, edits)
    target = _target(root, path)
    try:
        _replace(target, path, old, new)
    except OSError as error:
        raise CqError(f"{path}: not written: {error.strerror or error}", "the file is as it was") from error
    return new


def write_whole(target: str, pieces: Iterable[bytes]) -> None:
    """Write a new file, or over an old one, whole or not at all: another program may be reading the old one."""
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as device:  # /dev/null, a pipe
            device.writelines(pieces)
        return
    folder = os.path.dirname(target) or "."
    import tempfile  # most runs write no file

    descriptor, name = tempfile.mkstemp(prefix=".cq-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
        os.chmod(name, _mode_of(target))
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _mode_of(target: str) -> int:
    """The mode of the file that is there, or that of a new one."""
    try:
        return stat.S_IMODE(os.stat(target).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _target(root: str, path: str) -> str:
    """The file itself, behind all links."""
    target = os.path.realpath(os.path.join(root, path))
    if not target.startswith(os.path.join(os.path.realpath(root), "")):
        raise CqError(f"{path}: not written: it leads to {target}, outside of {root}", "--root takes another folder")
    return target


def _replace(target: str, path: str, old: bytes, new: bytes) -> None:
    before = os.stat(target)
    if not stat.S_ISREG(before.st_mode):
        raise CqError(f"{path}: not written: not a regular file")
    import tempfile

    # A new file could take the place of one that may only be read.
    if not os.access(target, os.W_OK):
        raise CqError(f"{path}: not written: the file is read-only")
    handle, beside = tempfile.mkstemp(prefix=".cq-", suffix="~", dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            _keep_owner_and_mode(file.fileno(), before)
            os.fsync(file.fileno())
        # As late as can be: an editor may have saved the file meanwhile.
        if not _holds(target, old):
            raise CqError(f"{path}: not written: the file has changed since it was read", "run the command again")
        os.replace(beside, target)
    finally:  # nothing is left behind, whatever ended it; once it has taken the file's place there is nothing
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)


def _keep_owner_and_mode(handle: int, before: os.stat_result) -> None:
    if not hasattr(os, "fchown"):
        return
    with contextlib.suppress(PermissionError):  # the file of somebody else in a folder of ours
        os.fchown(handle, before.st_uid, before.st_gid)
    # Afterwards: a change of owner takes some bits away.
    os.fchmod(handle, stat.S_IMODE(before.st_mode))


def _holds(target: str, data: bytes) -> bool:
    with open(target, "rb") as file:
        at = 0
        while piece := file.read(SAMPLE_BYTES * 16):
            if data[at : at + len(piece)] != piece:
                return False
            at += len(piece)
    return at == len(data)
