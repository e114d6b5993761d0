"""Idioms as one page of HTML that holds all it needs: its style, its script, and the data.

Nothing in it asks another place for anything: the policy in its head forbids it, and lets no other script run. What
comes from files is data, which the script puts on the page as text only.
"""

import base64
import hashlib
import html
import os
import re
from collections.abc import Sequence

import msgspec

from cq.resources import code_folder
from cq.rows.mining import Idiom, MinePage, MineTail
from cq.version import __version__

_PLACE = re.compile(r"\{\{(\w+)\}\}")
# What could end the element that holds the data, or begin a comment in it.
_ESCAPES = {b"<": b"\\u003c", b">": b"\\u003e", b"&": b"\\u0026"}


def page_html(title: str, idioms: Sequence[Idiom], tail: MineTail) -> bytes:
    """The page as it goes into a file."""
    script = _part("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = MinePage(title=title, version=__version__, query=tail.query, summary=tail.summary, idioms=tuple(idioms))
    parts = {
        "policy": (
            f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; base-uri 'none'; "
            "form-action 'none'"
        ),
        "title": html.escape(f"Idioms of {title}"),
        "style": _part("page.css"),
        "data": _data(page),
        "script": script,
    }
    return _PLACE.sub(lambda found: parts[found[1]], _part("page.html")).encode("utf-8", "replace")


def _data(page: MinePage) -> str:
    encoded = msgspec.json.encode(page)
    for plain, escaped in _ESCAPES.items():
        encoded = encoded.replace(plain, escaped)
    return encoded.decode()


def _part(name: str) -> str:
    with open(os.path.join(code_folder(), "render", "mining_page", name), encoding="utf-8", newline="") as file:
        return file.read()
