"""contracts/packs.toml as types: what a pack of each purpose may, must and must not say."""

import errno
import functools
import os
from fnmatch import fnmatchcase

import msgspec

from cq.errors import CqError
from cq.toml_file import read_toml


class PackRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules for the packs of one purpose. Captures and keys are globs."""

    captures: tuple[str, ...]
    required: tuple[tuple[str, ...], ...] = ()  # of each, one at least
    forbidden: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()  # settings that have no value
    metadata: tuple[str, ...] = ()
    owners: bool = False  # whether @name and an owner capture take the place of the metadata


class EveryPack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for every pattern that does not say why not."""

    rooted: bool
    non_local: bool


class PackContract(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole contract."""

    every: EveryPack = msgspec.field(name="global")
    packs: dict[str, PackRules]

    def rules(self, pack: str) -> PackRules:
        """The rules for packs of this name."""
        return self.packs.get(pack) or self.packs["*"]

    def settings(self) -> tuple[str, ...]:
        """Every key that means something in some pack, sorted."""
        return tuple(sorted({key for rules in self.packs.values() for key in (*rules.settings, *rules.flags)}))


def is_one_of(word: str, globs: tuple[str, ...]) -> bool:
    """Whether a capture or a key matches one of the globs."""
    return any(fnmatchcase(word, glob) for glob in globs)


@functools.cache
def read_contract(path: str) -> PackContract:
    """The contract of a file. Raises CqError, with the path, for one that cannot be read or is not right."""
    contract = read_toml(path, PackContract)
    if contract is None:
        raise CqError(f"{path}: {os.strerror(errno.ENOENT)}")
    if "*" not in contract.packs:
        raise CqError(f'{path}: no [packs."*"]', "the rules for packs of any other name")
    for name, rules in contract.packs.items():
        for key in rules.metadata:
            if not is_one_of(key, rules.settings):
                raise CqError(f"{path}: [packs.{name}] requires {key}, which its settings do not allow")
        for globs in rules.required:
            if not globs:
                raise CqError(f"{path}: [packs.{name}] requires one of no captures")
    return contract
