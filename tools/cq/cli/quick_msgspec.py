"""Import msgspec without typing_extensions, which it asks for what `typing` has itself in our versions of Python.

That module brings `inspect` and `ast` with it: a tenth of what a warm search costs.
"""

import sys
from typing import cast

_ASKED_FOR = "typing_extensions"


def import_msgspec() -> None:
    """To be called before anything else imports it."""
    if "msgspec" in sys.modules or _ASKED_FOR in sys.modules:
        return
    # As Python has it: to import what is None here fails.
    cast("dict[str, object]", sys.modules)[_ASKED_FOR] = None
    try:
        import msgspec  # noqa: F401 - here, and only here, before its users
    finally:
        del sys.modules[_ASKED_FOR]
