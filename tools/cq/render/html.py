"""The graph around a definition as a page of HTML, with the graph library that draws it."""

import html

from cq.render.self_contained import data_of, filled, part, policy
from cq.rows.page import Page

_FOLDER = "page"
# In the order in which they run, as one script.
_SCRIPTS = ("graph.js", "layout.js", "picture.js", "panel.js", "page.js")
_LIBRARY = "cytoscape.min.js"


def page_html(page: Page) -> bytes:
    """The page as it goes into a file."""
    library = part(_FOLDER, _LIBRARY)
    script = "".join(part(_FOLDER, name) for name in _SCRIPTS)
    parts = {
        # The library writes one style element of its own, whose text it may change from version to version.
        "policy": policy(library, script, images="data:"),
        "version": html.escape(page.version),
        "title": html.escape(f"{page.title} · {page.project}"),
        "data": data_of(page),
        "library": library,
        "script": script,
    }
    return filled(_FOLDER, parts).encode()
