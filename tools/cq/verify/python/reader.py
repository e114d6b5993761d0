"""What a Python file says by the running interpreter's own `tokenize`, `ast` and `symtable`."""

import re
import tokenize
import unicodedata
import warnings

from cq.verify.python.roles import Expected
from cq.verify.python.scopes import bound_names
from cq.verify.word import NotReadable, Reading, Word

WORD = re.compile(r"[^\W\d]\w*")
_COMBINING = ("Mn", "Mc", "Me")  # part of a word for Python, not for its `\w`


def read(data: bytes) -> Reading:
    """The roles of all words, and what names of functions and modules refer to.

    Raises NotReadable for what this interpreter cannot parse, which may be written for another version of it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            file = Expected(data)
            return Reading(list(_words(file)), bound_names(file))
        except (SyntaxError, ValueError, tokenize.TokenError) as error:
            raise NotReadable(str(error)) from error
        except (RecursionError, MemoryError) as error:
            raise NotReadable("nested too deeply") from error


def _words(file: Expected) -> list[Word]:
    found = []
    for hit in WORD.finditer(file.text):
        if any(unicodedata.category(near) in _COMBINING for near in file.around(hit)):
            continue
        role, kind = file.role(hit.start())
        roles: tuple[str, ...] = (role,)
        if role == "string":
            roles = ("string", "doc-example")
        elif kind == "forward-reference":
            # Whether a string in an annotation is a type is for the reader of the annotation to say.
            roles, kind = ("type", "string", "doc-example"), ""
        found.append(Word(file.byte(hit.start()), file.byte(hit.end()), roles, kind))
    return found
