"""Where the data that cq ships is: beside the code in a wheel, at the top of a checkout."""

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def data_folder(name: str) -> str:
    """The absolute path of `queries`, `contracts` or `generated`."""
    packaged = os.path.join(_HERE, name)
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(os.path.dirname(_HERE)), name)


def code_folder() -> str:
    """The absolute path of the package's code."""
    return _HERE


def is_shipped(path: str) -> bool:
    """Whether a pack is one of ours: those are checked by the tests, and not each time they are read."""
    return path.startswith(os.path.join(data_folder("queries"), ""))


def user_folder(what: str) -> str:
    """The user's own folder for `config` or `cache`; it may not exist. CQ_CONFIG_DIR and CQ_CACHE_DIR name another."""
    given = os.environ.get(f"CQ_{what.upper()}_DIR")
    if given:
        return os.path.abspath(given)
    if sys.platform not in ("win32", "darwin"):
        # As platformdirs has it, whose import costs as much as a small search.
        base = os.environ.get(f"XDG_{what.upper()}_HOME", "")
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser(f"~/.{what}"), "cq")
    import platformdirs

    folders = {"config": platformdirs.user_config_dir, "cache": platformdirs.user_cache_dir}
    return folders[what]("cq", appauthor=False)
