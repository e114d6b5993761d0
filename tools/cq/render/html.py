"""A page of HTML that holds all it needs: the graph library, the page's own style and script, and the data.

Nothing in it may ask another place for anything: the policy in its head forbids it, and lets no other script run.
"""

import base64
import hashlib
import html
import os
import re

import msgspec

from cq.resources import code_folder
from cq.rows.page import Page

# In the order in which they run, as one script.
_SCRIPTS = ("graph.js", "layout.js", "picture.js", "panel.js", "page.js")
_LIBRARY = "cytoscape.min.js"
_PLACE = re.compile(r"\{\{(\w+)\}\}")
# What could end the element that holds the data, or begin a comment in it.
_ESCAPES = {b"<": b"\\u003c", b">": b"\\u003e", b"&": b"\\u0026"}


def page_html(page: Page) -> bytes:
    """The page as it goes into a file."""
    library = _part(_LIBRARY)
    script = "".join(_part(name) for name in _SCRIPTS)
    parts = {
        "policy": _policy(library, script),
        "version": html.escape(page.version),
        "title": html.escape(f"{page.title} · {page.project}"),
        "style": _part("page.css"),
        "data": _data(page),
        "library": library,
        "script": script,
    }
    return _PLACE.sub(lambda found: parts[found[1]], _part("page.html")).encode()


def _policy(*scripts: str) -> str:
    # The library writes one style element of its own, whose text it may change from version to version.
    allowed = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in scripts
    )
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _data(page: Page) -> str:
    encoded = msgspec.json.encode(page)
    for plain, escaped in _ESCAPES.items():
        encoded = encoded.replace(plain, escaped)
    return encoded.decode()


def _part(name: str) -> str:
    with open(os.path.join(code_folder(), "render", "page", name), encoding="utf-8", newline="") as file:
        return file.read()
