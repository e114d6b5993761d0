"""Pages of HTML that hold all they need: their style, their scripts, and the data.

Nothing in one may ask another place for anything: the policy in its head forbids it, and lets no other script run. What
comes from files is data, which the scripts put on the page as text only.
"""

import base64
import hashlib
import os
import re
from collections.abc import Mapping

import msgspec

from cq.resources import code_folder

_PLACE = re.compile(r"\{\{(\w+)\}\}")
# What could end the element that holds the data, or begin a comment in it.
_ESCAPES = {b"<": b"\\u003c", b">": b"\\u003e", b"&": b"\\u0026"}


def filled(folder: str, parts: Mapping[str, str]) -> str:
    """The `page.html` of a folder with its `{{places}}` filled; its `page.css` is the part `style`."""
    texts = {"style": part(folder, "page.css"), **parts}
    return _PLACE.sub(lambda found: texts[found[1]], part(folder, "page.html"))


def part(folder: str, name: str) -> str:
    """One file of a page, as it stands; `folder` is one beside this module."""
    with open(os.path.join(code_folder(), "render", folder, name), encoding="utf-8", newline="") as file:
        return file.read()


def policy(*scripts: str, images: str = "") -> str:
    """What the page may do: run these scripts, take its styles from itself, and images from there."""
    allowed = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in scripts
    )
    pictures = f"img-src {images}; " if images else ""
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; {pictures}"
        "base-uri 'none'; form-action 'none'"
    )


def data_of(told: msgspec.Struct) -> str:
    """What a page is told, as JSON that can stand in an element of HTML."""
    encoded = msgspec.json.encode(told)
    for plain, escaped in _ESCAPES.items():
        encoded = encoded.replace(plain, escaped)
    return encoded.decode()
