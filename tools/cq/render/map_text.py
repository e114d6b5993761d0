"""The map as text: folders, files, and the definitions in them with their lines and signatures."""

import re
from collections.abc import Callable, Iterator, Sequence

from cq.render.color import PLAIN, Palette, printable
from cq.rows.overview import MapRow


def map_text(rows: Sequence[MapRow], shown_path: Callable[[str], str] = str, colours: Palette = PLAIN) -> Iterator[str]:
    """The lines of rows that come by path and line."""
    folder, path = None, ""
    for row in rows:
        if row.path != path:
            path = row.path
            above, _, name = shown_path(path).rpartition("/")
            if above != folder:
                folder = above
                yield f"{colours.head}{printable(above) or '.'}/{colours.reset}"
            yield f" {colours.path}{printable(name)}{colours.reset}"
        yield f"  {colours.line}{row.line}{colours.reset} {printable(_said(row))}"


def _said(row: MapRow) -> str:
    """The signature, with the name as it is known outside of what contains it."""
    signature = row.signature or f"{row.kind} {row.name}"
    if row.qualified_name in (row.name, signature) or _tells_its_owner(signature, row):
        return signature
    return re.sub(rf"(?<!\w){re.escape(row.name)}(?!\w)", lambda _: row.qualified_name, signature, count=1)


def _tells_its_owner(signature: str, row: MapRow) -> bool:
    """Whether the owner stands before the name already: `void Shelf::add()`, `func (s *Shelf) Add()`."""
    owner = re.split(r"\.|::", row.qualified_name)[:-1][-1:]
    if not owner:
        return False
    before = rf"(?<!\w){re.escape(owner[0])}(?!\w)"
    return re.search(rf"{before}(?:::|\.|[^()]*\)\s*){re.escape(row.name)}(?!\w)", signature) is not None
