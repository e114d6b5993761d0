"""What resolved rows were found before: good as long as no file of the project has changed."""

from array import array

import msgspec

from cq.digest import blake2b
from cq.rows.resolution import Resolution
from cq.search.candidates import Candidate
from cq.search.plan import FileFound, packed, unpacked
from cq.search.request import SearchRequest
from cq.settings import ANSWERS_PER_SEARCH_BYTES
from cq.store.files import Files
from cq.store.store import Learned, Store

# Under it stands what the question itself refers to: no file has this number.
_QUESTION = 0
_encode = msgspec.msgpack.Encoder().encode
_decode_question = msgspec.msgpack.Decoder(tuple[Resolution, ...]).decode


class ResolvedAnswers:
    """The resolved answers to one search over the files as they are now."""

    def __init__(self, store: Store, files: Files, request: SearchRequest, plan_key: bytes) -> None:
        self._files = files
        self._key = _key(files, request, plan_key)
        looked, answers = store.answers(self._key) if self._key else (None, {})
        # Written whole or not at all.
        self._known = answers if looked is not None and looked.until else {}
        self._made: dict[int, bytes] = {}
        self._made_bytes = 0

    @property
    def resolutions(self) -> tuple[Resolution, ...] | None:
        """What the question referred to when it was answered; None when it was not."""
        return _decode_question(self._known[_QUESTION]) if _QUESTION in self._known else None

    def of(self, candidate: Candidate) -> FileFound | None:
        """What a file was found to say."""
        known = self._known.get(self._files.numbers[candidate.at])
        return None if known is None else unpacked(known, candidate.job.path)

    def add(self, candidate: Candidate, found: FileFound) -> None:
        """Take note of an answer that was just made."""
        answer = packed(found)
        number = self._files.number_of(candidate.at) if self._key else 0
        if answer is None or not number:
            self._key = b""
            return
        self._made_bytes += len(answer)
        self._made[number] = answer

    def learned(self, resolutions: tuple[Resolution, ...], seconds: int, listed_ns: int) -> Learned | None:
        """What there is to keep, once all files were answered for by a project that was listed at this time."""
        if not self._key or not self._made or self._made_bytes > ANSWERS_PER_SEARCH_BYTES:
            return None
        # The project may be older than this search: what it read has to be what the numbers stand for, to the end.
        if not self._files.are_since(listed_ns):
            return None
        self._made[_QUESTION] = _encode(resolutions)
        return Learned(
            plan=self._key,
            looked_until=self._files.until,
            answers=tuple(self._made.items()),
            answered=tuple(sorted(self._made)),
            time=seconds,
        )


def _key(files: Files, request: SearchRequest, plan_key: bytes) -> bytes:
    """Under which the answers are kept: of the question and of the content of every file. b"": they are not."""
    if not plan_key or 0 in files.numbers or not files.is_whole:
        return b""
    asked = (
        *(request.certain, request.possible, request.rows_of, request.targets, request.max_count),
        # An answer is over all files: one to fewer languages has no rows of the others.
        *(sorted(request.languages), sorted(request.not_languages)),
    )
    digest = blake2b(plan_key, digest_size=16, person=b"resolved")
    digest.update(_encode(asked))
    digest.update(array("q", files.numbers).tobytes())
    return digest.digest()
