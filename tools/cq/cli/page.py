"""`--format html`: write the page that an answer is shown on."""

import sys

from cq.errors import CqError
from cq.render.html import page_html
from cq.rows.page import Page


def check_page(form: str) -> None:
    """Before the work: a page is for a file, not for a terminal."""
    if form == "html" and sys.stdout is not None and sys.stdout.isatty():
        raise CqError("a page is not for a terminal", "write it to a file: --format html > page.html")


def write_page(page: Page) -> None:
    """Write it to stdout; what is left out is said on stderr, too."""
    sys.stdout.buffer.write(page_html(page))
    for note in page.notes:
        sys.stderr.write(f"cq: {note}\n")
