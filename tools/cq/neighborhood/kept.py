"""Answers that were given before: good as long as no file of the project has changed."""

import time
from array import array
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import TypeVar

import msgspec

from cq.index.selection import Selection
from cq.settings import ANSWERS_PER_SEARCH_BYTES
from cq.store.files import Files
from cq.store.holders import Holders
from cq.store.keeper import Keeper
from cq.store.stamp import stamp
from cq.store.store import Learned
from cq.store.vocabulary import words_of

_ANSWER = 0  # the answer stands under this number: no file has it
Answer = TypeVar("Answer", bound=msgspec.Struct)


class Kept:
    """The answer to one question over the files as they are now."""

    def __init__(self, keeper: Keeper, selection: Selection, folders: tuple[str, ...], question: object) -> None:
        """`question` is all that the answer depends on besides files, queries and cq: plain data."""
        self._keeper = keeper
        self._selection = selection
        self._question = msgspec.msgpack.encode(question)
        self._folders = folders
        self._key = self._known = b""
        self._words: dict[bytes, list[int]] = {}
        self._worded: list[int] = []
        self._files: Files = keeper.attempt(self._look)

    @property
    def paths(self) -> Sequence[str]:
        """The files of the project."""
        return self._files.paths

    @property
    def holders(self) -> Callable[[str], Sequence[str]] | None:
        """Which files hold a name, when that is known of most of them."""
        if self._keeper.store is None or not self._files.is_whole:
            return None
        known = Holders(self._keeper.store, self._files)
        return known.of if known.pays else None

    def answer(self, kind: type[Answer]) -> Answer | None:
        """The answer as it was given before; None when there is none."""
        return msgspec.msgpack.decode(self._known, type=kind) if self._known else None

    def keep(self, answer: msgspec.Struct) -> None:
        """Keep the answer that was just made; at once, since whoever reads the output may stop before its end."""
        files = self._files
        try:
            made = msgspec.msgpack.encode(answer)
        except UnicodeEncodeError:  # a path that is no text
            return
        # A file that changed meanwhile may have been read as it is now, or as it was.
        unchanged = self._key and all(files.number_of(at) for at in range(len(files.paths)))
        if unchanged and len(made) <= ANSWERS_PER_SEARCH_BYTES:
            self._keeper.keep(
                Learned(
                    snapshot=files.changed,
                    next_file=files.until + 1,
                    files=self._worded,
                    postings=self._words,
                    plan=self._key,
                    looked_until=files.until,
                    answers=((_ANSWER, made),),
                    answered=(_ANSWER,),
                    time=int(time.time()),
                )
            )

    def close(self) -> None:
        """Let go of the store; nobody has to wait for it."""
        self._keeper.used()
        self._keeper.close()

    def _look(self) -> Files:
        store = self._keeper.store
        files = Files(self._selection, store)
        self._key = self._known = b""
        self._words, self._worded = {}, []
        if store is None or not files.is_whole:
            return files
        for at in files.unknown:
            data = files.read(at)
            # Once the words of all files are known, those of new ones are to be, too.
            if store.head.complete and isinstance(data, bytes) and files.numbers[at]:
                self._worded.append(files.numbers[at])
                for word in words_of(data):
                    self._words.setdefault(word, []).append(files.numbers[at])
        if 0 not in files.numbers:
            digest = blake2b(stamp(self._folders) + self._question, digest_size=16, person=b"neighborhood")
            digest.update(array("q", files.numbers).tobytes())
            # The same content in another place is another project.
            digest.update("\0".join(files.paths).encode("utf-8", "surrogateescape"))
            self._key = digest.digest()
            looked, answers = store.answers(self._key)
            self._known = answers.get(_ANSWER, b"") if looked.until else b""
        return files
