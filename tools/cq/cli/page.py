"""`--format html`: write the page that an answer is shown on."""

import sys

from cq.render.html import page_html
from cq.rows.page import Page


def write_page(page: Page) -> None:
    """Write it to stdout; what is left out is said on stderr, too."""
    sys.stdout.buffer.write(page_html(page))
    for note in page.notes:
        sys.stderr.write(f"cq: {note}\n")
