"""What a page of `--format html` is told: a graph of symbols or modules, and the source that it shows.

It is no contract: the page and what it reads are made by one version of cq.
"""

import msgspec

from cq.rows.resolution import Confidence


class PageNode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A symbol or a module. One outside of the project has no path."""

    id: str
    name: str  # as the picture shows it: without the module
    qualified_name: str
    kind: str = ""
    group: str = ""  # what it stands in: the path of its file; of a module in a graph of modules its folder
    path: str = ""
    line: int = 0  # of the name
    start_line: int = 0  # of the source that is shown
    end_line: int = 0
    cut_lines: int = 0  # so many more lines belong to it than are shown
    test: bool = False
    signature: str = ""
    doc: str = ""
    marks: tuple[str, ...] = ()  # visibility, forms, decorators
    note: str = ""


class PageSite(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place that makes an edge. Columns are 1-based and count code points, the last is not in it."""

    path: str
    line: int
    column: int
    end_column: int
    role: str = ""
    container: str = ""
    via: str = ""
    passed_to: str = ""
    confidence: Confidence = "certain"
    reason: str = ""


class PageEdge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`start` calls `end`, extends it, imports it ... Both are numbers of nodes."""

    start: int
    end: int
    relation: str
    confidence: Confidence = "certain"
    reason: str = ""
    sites: tuple[PageSite, ...] = ()
    more_sites: int = 0


class PagePiece(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of a file."""

    line: int  # the first
    text: str


class Page(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that a page shows."""

    title: str
    asked: str  # the question as a sentence
    project: str
    version: str
    targets: tuple[int, ...] = ()  # numbers of nodes: in the middle
    nodes: tuple[PageNode, ...] = ()
    edges: tuple[PageEdge, ...] = ()
    cycles: tuple[tuple[int, ...], ...] = ()  # numbers of nodes
    files: dict[str, tuple[PagePiece, ...]] = {}
    notes: tuple[str, ...] = ()  # what is left out
