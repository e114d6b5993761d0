"""Idioms as a page of HTML."""

import html
from collections.abc import Sequence

from cq.render.self_contained import data_of, filled, part, policy
from cq.rows.mining import Commit, Idiom, MinePage, MineTail
from cq.version import __version__

_FOLDER = "mining_page"


def page_html(title: str, idioms: Sequence[Idiom], tail: MineTail, commits: tuple[Commit, ...] = ()) -> bytes:
    """The page as it goes into a file."""
    script = part(_FOLDER, "page.js")
    page = MinePage(
        title=title,
        version=__version__,
        query=tail.query,
        summary=tail.summary,
        idioms=tuple(idioms),
        commits=commits,
    )
    parts = {
        "policy": policy(script),
        "title": html.escape(f"Idioms of {title}"),
        "data": data_of(page),
        "script": script,
    }
    return filled(_FOLDER, parts).encode("utf-8", "replace")
