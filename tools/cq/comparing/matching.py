"""Which definition of one tree is which of another: by name where its surroundings are the same, then by its text.

What is left without a partner was added or removed. Names decide first, so that an edit is never taken for a rename,
except where a name was left behind for old callers and a new one beside it has the text; of the rest those go together
that share most of their text, the most alike first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cq.comparing.definitions import RUNS, TYPES, FileItems, Item

_FILE_ALIKE = 0.5  # of its text, for a file to be the same under another path
_SAME_NAME = 0.3  # for a definition of the same name elsewhere to be the same
_SAME_PLACE = 0.5  # for one of another name beside the same others
_ELSEWHERE, _ELSEWHERE_SHORT = 0.65, 0.9  # for one of another name in another place
_TAKEN_OVER = 0.6  # for a new one to be what another was that kept its name
_MANY_TOKENS = 35
_FEW_TOKENS = 12  # what is shorter is too much like others to be known by its text
_MOST_OF_ONE_NAME = 400  # pairs of definitions of one name that are compared
_COMMON = 60  # a shingle in more definitions than these tells nothing
_IN_GAP = 0.2  # for the only one that is gone, and the only one that came, between two others


class Place(NamedTuple):
    """One definition of one of the two trees: its file and its number in that."""

    path: str
    number: int


class Pair(NamedTuple):
    """A definition before and after; `similarity` is None when its name and surroundings tell."""

    old: Place
    new: Place
    similarity: float | None = None


class Matching:
    """The pairs of two sets of files that differ."""

    def __init__(self, old: Iterable[FileItems], new: Iterable[FileItems]) -> None:
        self.old = {file.path: file for file in old}
        self.new = {file.path: file for file in new}
        self._children = {True: _children_of(self.old), False: _children_of(self.new)}
        self.files: dict[str, tuple[str, float]] = {}  # new path of a renamed file -> old path, and how alike they are
        self.pairs: list[Pair] = []
        self._partner: dict[Place, Place] = {}  # of old ones
        self._taken: set[Place] = set()  # of new ones
        self._match_files()
        for path in self.new:
            was = path if path in self.old else self.files.get(path, ("", 0.0))[0]
            if was:
                self._match_named(was, path, -1, -1)
        self._gaps = set(self._in_gaps())
        self._match_by_text()

    def left(self, old: bool) -> list[Place]:
        """The definitions without a partner: of the old tree, or of the new one."""
        files = self.old if old else self.new
        known = self._partner if old else self._taken
        every = (Place(path, number) for path, file in files.items() for number in range(len(file.items)))
        return [place for place in every if place not in known]

    def item(self, place: Place, old: bool) -> Item:
        """The definition at a place."""
        return (self.old if old else self.new)[place.path].items[place.number]

    def partner(self, place: Place) -> Place | None:
        """The new place of an old definition."""
        return self._partner.get(place)

    def is_moved(self, pair: Pair) -> bool:
        """Whether what is around a definition is not what was around it."""
        old, new = self.item(pair.old, True), self.item(pair.new, False)
        if (old.parent < 0) != (new.parent < 0):
            return True
        if old.parent >= 0:
            return self._partner.get(Place(pair.old.path, old.parent)) != Place(pair.new.path, new.parent)
        return not self._same_file(pair.old.path, pair.new.path)

    def _same_file(self, old: str, new: str) -> bool:
        return old == new or self.files.get(new, ("",))[0] == old

    def _match_files(self) -> None:
        gone = [file for path, file in self.old.items() if path not in self.new]
        come = [file for path, file in self.new.items() if path not in self.old]
        found = []
        for number, at, alike in _alike([file.shingles for file in gone], [file.shingles for file in come]):
            if alike >= _FILE_ALIKE and gone[number].language == come[at].language:
                same_name = gone[number].path.rpartition("/")[2] == come[at].path.rpartition("/")[2]
                found.append((alike + 0.2 * same_name, alike, number, at))
        taken: set[str] = set()
        for _, alike, number, at in sorted(found, reverse=True):
            old, new = gone[number].path, come[at].path
            if old not in taken and new not in self.files:
                taken.add(old)
                self.files[new] = (old, alike)

    def _pair(self, old: Place, new: Place, similarity: float | None = None) -> None:
        self.pairs.append(Pair(old, new, similarity))
        self._partner[old] = new
        self._taken.add(new)

    def _match_named(self, old_path: str, new_path: str, old_parent: int, new_parent: int) -> None:
        """Pair what has the same name below two definitions that are the same, and what is below those in turn."""
        waiting = [(old_parent, new_parent)]
        while waiting:
            parents = waiting.pop()
            old = self._named(old_path, parents[0], True)
            new = self._named(new_path, parents[1], False)
            for key, numbers in old.items():
                free = [number for number in numbers if Place(old_path, number) not in self._partner]
                there = [number for number in new.get(key, ()) if Place(new_path, number) not in self._taken]
                for was, now in _in_pairs(self.old[old_path].items, free, self.new[new_path].items, there):
                    come = [each for of, others in new.items() if of not in old and of[1] == key[1] for each in others]
                    if self._is_left_behind(Place(old_path, was), Place(new_path, now), come):
                        continue
                    self._pair(Place(old_path, was), Place(new_path, now))
                    waiting.append((was, now))

    def _is_left_behind(self, old: Place, new: Place, come: Sequence[int]) -> bool:
        """Whether what has the name now stands in for one of those that came: an alias, kept for old callers."""
        was, now = self.item(old, True), self.item(new, False)
        if was.own == now.own or was.tokens < _MANY_TOKENS or not come:
            return False
        items = self.new[new.path].items
        return _shared(was.shingles, now.shingles) < _SAME_NAME and any(
            _shared(was.shingles, items[number].shingles) >= _TAKEN_OVER for number in come
        )

    def _named(self, path: str, parent: int, is_old: bool) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number in self._children[is_old].get(Place(path, parent), ()):
            item = self.item(Place(path, number), is_old)
            found[item.name, _sort(item)].append(number)
        return found

    def _match_by_text(self) -> None:
        old, new = self.left(True), self.left(False)
        found = []
        old_items = [self.item(place, True) for place in old]
        new_items = [self.item(place, False) for place in new]
        names = _counted(item.name for item in old_items), _counted(item.name for item in new_items)
        pairs = list(_alike([item.shingles for item in old_items], [item.shingles for item in new_items]))
        # Too short to be found by what it shares: a name that each side has once is enough.
        at_name = {item.name: at for at, item in enumerate(new_items)}
        for number, item in enumerate(old_items):
            at = at_name.get(item.name)
            if at is not None and item.tokens < _FEW_TOKENS and names[0][item.name] == names[1][item.name] == 1:
                pairs.append((number, at, 0.0))
        for number, at, alike in pairs:
            was, now = old_items[number], new_items[at]
            score = self._score(old[number], new[at], was, now, alike, names)
            if score > 0:
                found.append((score, alike, -number, -at))
        for _, alike, minus_number, minus_at in sorted(found, reverse=True):
            was_at, now_at = old[-minus_number], new[-minus_at]
            if was_at in self._partner or now_at in self._taken:
                continue
            self._pair(was_at, now_at, alike)
            self._match_named(was_at.path, now_at.path, was_at.number, now_at.number)

    def _score(
        self, old: Place, new: Place, was: Item, now: Item, alike: float, names: tuple[dict[str, int], dict[str, int]]
    ) -> float:
        """How sure it is that two definitions are one; 0: they are not."""
        if _sort(was) != _sort(now):
            return 0.0
        if self.old[old.path].language != self.new[new.path].language:
            return 0.0
        small = min(was.tokens, now.tokens) < _FEW_TOKENS
        if was.name == now.name:
            alone = names[0][was.name] == names[1][was.name] == 1
            # Many classes have a method of that name: then its text has to tell.
            enough = alike >= _SAME_NAME or (alone and (small or alike >= 0.15))
            return alike + 0.35 if enough and (alone or not small or alike > 0.9) else 0.0
        beside = self._beside(old, new, was, now)
        in_gap = (old, new) in self._gaps
        if small:
            return alike if beside and alike == 1.0 and was.tokens >= (3 if in_gap else 5) else 0.0
        if in_gap:
            return alike + 0.3 if alike >= _IN_GAP else 0.0
        if beside:
            return alike + 0.1 if alike >= _SAME_PLACE else 0.0
        # Setters and the like are alike without being one another.
        long = min(was.tokens, now.tokens) >= _MANY_TOKENS
        return alike if alike >= (_ELSEWHERE if long else _ELSEWHERE_SHORT) else 0.0

    def _in_gaps(self) -> Iterator[tuple[Place, Place]]:
        """What stands alone between two definitions that are the same, before and after."""
        waiting = [
            (path if path in self.old else self.files[path][0], path, -1, -1)
            for path in self.new
            if path in self.old or path in self.files
        ]
        waiting += [(pair.old.path, pair.new.path, pair.old.number, pair.new.number) for pair in self.pairs]
        for old_path, new_path, old_parent, new_parent in waiting:
            before = self._gaps_of(old_path, old_parent, True)
            after = self._gaps_of(new_path, new_parent, False)
            for key, numbers in before.items():
                if len(numbers) == 1 and len(after.get(key, ())) == 1:
                    yield Place(old_path, numbers[0]), Place(new_path, after[key][0])

    def _gaps_of(self, path: str, parent: int, is_old: bool) -> dict[tuple[str, Place, Place], list[int]]:
        """The definitions without a partner, by their sort and by what stands before and behind them once paired."""
        file = (self.old if is_old else self.new)[path]
        nobody = Place("", -1)
        found: dict[tuple[str, Place, Place], list[int]] = defaultdict(list)
        gap: list[int] = []
        last = nobody
        for number in [*self._children[is_old].get(Place(path, parent), ()), -1]:
            place = Place(path, number)
            known: Place | None = place if place in self._taken else None
            known = self._partner.get(place) if is_old else known
            if known is None and number >= 0:
                gap.append(number)
                continue
            for each in gap:
                found[_sort(file.items[each]), last, known or nobody].append(each)
            gap, last = [], known or nobody
        return found

    def _beside(self, old: Place, new: Place, was: Item, now: Item) -> bool:
        if was.parent < 0 or now.parent < 0:
            return was.parent == now.parent and self._same_file(old.path, new.path)
        return self._partner.get(Place(old.path, was.parent)) == Place(new.path, now.parent)


def _sort(item: Item) -> str:
    """Methods become functions, and classes enums; no function becomes a class."""
    return "runs" if item.kind in RUNS else "type" if item.kind in TYPES else "value"


def _children_of(files: dict[str, FileItems]) -> dict[Place, list[int]]:
    """The definitions right within each definition; those of a file under the number -1."""
    found: dict[Place, list[int]] = defaultdict(list)
    for path, file in files.items():
        for number, item in enumerate(file.items):
            found[Place(path, item.parent)].append(number)
    return found


def _in_pairs(old: Sequence[Item], free: list[int], new: Sequence[Item], there: list[int]) -> Iterator[tuple[int, int]]:
    """Those of one name (overloads, branches): the most alike first, and of those in their order."""
    if len(free) == len(there) == 1 or not (free and there) or len(free) * len(there) > _MOST_OF_ONE_NAME:
        yield from zip(free, there, strict=False)
        return
    pairs = [
        (-_shared(old[was].shingles, new[now].shingles), abs(number - at), was, now)
        for number, was in enumerate(free)
        for at, now in enumerate(there)
    ]
    left, right = set(free), set(there)
    for _, _, was, now in sorted(pairs):
        if was in left and now in right:
            left.remove(was)
            right.remove(now)
            yield was, now


def _shared(old: dict[int, int], new: dict[int, int]) -> float:
    """How much text two definitions share: what both have over what either has."""
    both = sum(min(count, new.get(shingle, 0)) for shingle, count in old.items())
    return both / max(sum(old.values()) + sum(new.values()) - both, 1)


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    return counts


def _alike(old: Sequence[dict[int, int]], new: Sequence[dict[int, int]]) -> Iterator[tuple[int, int, float]]:
    """The pairs that share text, and how much of it: what both have over what either has."""
    holders: dict[int, list[int]] = defaultdict(list)
    for at, shingles in enumerate(new):
        for shingle in shingles:
            holders[shingle].append(at)
    sizes = [sum(shingles.values()) for shingles in new]
    for number, shingles in enumerate(old):
        candidates: dict[int, int] = defaultdict(int)
        for shingle in shingles:
            at_most = holders.get(shingle, ())
            if len(at_most) <= _COMMON:
                for at in at_most:
                    candidates[at] += 1
        size = sum(shingles.values())
        for at in candidates:
            both = sum(min(count, new[at].get(shingle, 0)) for shingle, count in shingles.items())
            yield number, at, both / (size + sizes[at] - both)
