"""The corpus of a run: which files are mined, which content each has, and why others are left out."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from cq.index.file_tree import FileTree
from cq.mining.prefilter import Prefilter
from cq.mining.projects import Projects
from cq.scan.read import read_file, size_of
from cq.scan.results import Unread


class Member(NamedTuple):
    """One file of the corpus."""

    path: str
    project: str
    digest: bytes  # of the content and of all that its facts depend on
    size: int


class Corpus:
    """Files by content. What is left out is counted by its reason."""

    def __init__(self, root: str, binary: bool, prefilter: Prefilter) -> None:
        self._tree = FileTree(root)
        self._binary = binary
        self.prefilter = prefilter
        self._projects = Projects(root, prefilter.projects)
        self.members: list[Member] = []
        self.left_out: dict[str, int] = {}
        self.unread: list[Unread] = []
        self._seen: set[tuple[bytes, str]] = set()

    @property
    def marks(self) -> tuple[str, ...]:
        """The files that say what a project is."""
        return tuple(self._projects.marks)

    def take(self, files: Iterable[tuple[str, str]], rules: dict[str, bytes]) -> None:
        """Look at files, each with its language; `rules` tell the facts of languages apart."""
        files = list(files)
        built = self.prefilter.twins(path for path, _ in files)
        for path, language in files:
            size = size_of(self._tree, path)
            reason = "generated" if path in built else self.prefilter.by_path(path, size)
            if not rules.get(language):
                reason = "no-table"
            if not reason:
                data = read_file(self._tree, path, self._binary)
                if isinstance(data, Unread):
                    self.unread.append(data)
                    reason = data.reason
                else:
                    reason = self.prefilter.by_content(data) or self._enter(path, data, rules[language])
            if reason:
                self.left_out[reason] = self.left_out.get(reason, 0) + 1

    def _enter(self, path: str, data: bytes, rules: bytes) -> str:
        digest = blake2b(data, digest_size=16, key=rules).digest()
        project = self._projects.of(path)
        if (digest, project) in self._seen:
            return "duplicate"
        self._seen.add((digest, project))
        self.members.append(Member(path, project, digest, len(data)))
        return ""
