"""The source that a page shows: the lines that are asked for, each once."""

from cq.neighborhood.sources import Sources
from cq.rows.page import PageNode, PagePiece, PageSite
from cq.rows.shared import as_text

_MOST_LINES = 120  # of one definition
_MODULE_LINES = 40  # of a module: how it begins
_AROUND = 2  # lines before and after a site
_MOST_COLUMNS = 400  # of one line
_MOST_CHARACTERS = 4_000_000  # of one page
_BOM = "\ufeff"


class PageSource:
    """Collects lines, and cuts them out of their files."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        # A page names a file as text; one whose name is none is read under its own.
        self._real = {as_text(path): path for path in sources.project.every_path() if not path.isascii()}
        self._wanted: dict[str, list[tuple[int, int]]] = {}

    def add_node(self, node: PageNode) -> None:
        """The lines of a definition."""
        if node.path:
            self._wanted.setdefault(node.path, []).append((node.start_line, node.end_line))

    def add_site(self, site: PageSite) -> None:
        """The lines around a site."""
        self._wanted.setdefault(site.path, []).append((max(1, site.line - _AROUND), site.line + _AROUND))

    def pieces(self) -> tuple[dict[str, tuple[PagePiece, ...]], int]:
        """The lines of each file, in the order in which files were asked for, and how many files are left out."""
        found: dict[str, tuple[PagePiece, ...]] = {}
        left, out = _MOST_CHARACTERS, 0
        for path, spans in self._wanted.items():
            data = self._sources.project.read(self._real.get(path, path))
            if data is None or left <= 0:
                out += 1
                continue
            made = tuple(_cut(data, _merged(spans)))
            left -= sum(len(piece.text) for piece in made)
            found[path] = made
        return found, out


def shown_span(start_line: int, end_line: int, is_module: bool) -> tuple[int, int]:
    """The last line that is shown of a definition, and how many are not."""
    last = min(end_line, start_line + (_MODULE_LINES if is_module else _MOST_LINES) - 1)
    return last, end_line - last


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cut(data: bytes, spans: list[tuple[int, int]]) -> list[PagePiece]:
    begins = [0]
    while (at := data.find(b"\n", begins[-1])) >= 0:
        begins.append(at + 1)
    pieces = []
    for start, end in spans:
        lines = []
        for number in range(start, min(end, len(begins)) + 1):
            begin = begins[number - 1]
            stop = begins[number] - 1 if number < len(begins) else len(data)
            # Cut on bytes first: a minified line may be the whole file.
            text = data[begin : min(stop, begin + 4 * _MOST_COLUMNS)].decode("utf-8", "replace")
            lines.append(text.removeprefix(_BOM).removesuffix("\r")[:_MOST_COLUMNS])
        pieces.append(PagePiece(line=start, text="\n".join(lines)))
    return pieces
