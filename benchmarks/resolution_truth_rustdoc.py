"""A second opinion on the truth of Rust names, and what the first lacks: the links of rustdoc's source pages.

    python benchmarks/resolution_truth_rustdoc.py ROOT DOC TRUTH.jsonl --crate NAME=FOLDER... [--add] [--show N]

In: a workspace, the `doc` folder that rustdoc made of it, the truth by `resolution_truth_rust.py`, and for each crate
the folder of its sources. The pages must have links:

    RUSTDOCFLAGS="-Z unstable-options --generate-link-to-definition --document-private-items" RUSTC_BOOTSTRAP=1 \\
        cargo doc --workspace --no-deps

A link leads to the lines of an item, so a definition is right when it stands in these lines of that file. Out: how many
links both have and how many of them agree, by kind, with N disagreements. With `--add`, rows are added to the truth for
the uses of the workspace's own macros (kind "macro"), and of what `if let` and `while let` bind.
"""

import argparse
import html
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

_CODE = re.compile(r'<pre class="rust"><code>(.*?)</code></pre>', re.DOTALL)
_PIECE = re.compile(r"<a href=#\d+ id=\d+ data-nosnippet>\d+</a>|<(/?)(\w+)([^>]*)>|([^<]+)")
_HREF = re.compile(r'href="([^"]*)"')
_TARGET = re.compile(r"(.*?)(?:\.html)?#(\d+)(?:-(\d+))?$")
_LET = re.compile(rb"\b(?:if|while) let\b")
_WORD = re.compile(rb"(?:r#)?[A-Za-z_]\w*")


class Link(NamedTuple):
    """A linked name: where it stands, and the lines of the item to which it leads."""

    path: str
    start: int
    name: str
    target: str
    first: int
    last: int
    is_macro: bool


class Pages:
    """The source pages of a workspace's crates."""

    def __init__(self, root: str, doc: str, crates: dict[str, str]) -> None:
        self._root = root
        self._doc = os.path.realpath(os.path.join(doc, "src"))
        self._crates = crates
        self._data: dict[str, bytes] = {}

    def data(self, path: str) -> bytes:
        """A source file."""
        if path not in self._data:
            with open(os.path.join(self._root, path), "rb") as file:
                self._data[path] = file.read()
        return self._data[path]

    def links(self) -> Iterator[Link]:
        """The links between sources of the workspace."""
        for crate in self._crates:
            for folder, _, files in os.walk(os.path.join(self._doc, crate)):
                for file in sorted(files):
                    yield from self._page(os.path.join(folder, file))

    def _source(self, page: str) -> str:
        crate, _, inner = os.path.relpath(page, self._doc).removesuffix(".html").partition("/")
        folder = self._crates.get(crate)
        return os.path.normpath(os.path.join(folder, inner)) if folder is not None else ""

    def _page(self, page: str) -> Iterator[Link]:
        path = self._source(page)
        with open(page, encoding="utf-8") as file:
            code = _CODE.search(file.read())
        if code is None or not os.path.exists(os.path.join(self._root, path)):
            return
        data = self.data(path)
        at = 0
        href, begin = "", 0
        for piece in _PIECE.finditer(code.group(1)):
            closing, tag, attributes, text = piece.groups()
            if text is not None:
                written = html.unescape(text).encode()
                if not data.startswith(written, at):  # as with tabs: the page does not show the source as it is
                    return
                at += len(written)
            elif tag == "a" and not closing:
                found = _HREF.search(attributes)
                href, begin = (found.group(1) if found else ""), at
            elif tag == "a" and href:
                yield from self._link(page, path, (begin, at), href)
                href = ""

    def _link(self, page: str, path: str, span: tuple[int, int], href: str) -> Iterator[Link]:
        target = _TARGET.match(href)
        names = list(_WORD.finditer(self.data(path), *span))
        if target is None or "://" in href or not names:
            return
        file = os.path.normpath(os.path.join(os.path.dirname(page), target.group(1) + ".html"))
        inner = self._source(file if target.group(1) else page)
        if inner and os.path.exists(os.path.join(self._root, inner)):
            first = int(target.group(2))
            last = int(target.group(3) or first)
            is_macro = self.data(path)[span[0] : span[1]].rstrip().endswith(b"!")
            name = names[-1]  # of a path, the link is that of its last name
            yield Link(path, name.start(), name.group().decode(), inner, first, last, is_macro)

    def lines(self, path: str, first: int, last: int) -> tuple[int, int]:
        """The bytes of these lines."""
        data = self.data(path)
        starts = [0, *(match.end() for match in re.finditer(b"\n", data)), len(data)]
        return starts[first - 1], starts[min(last, len(starts) - 1)]


def compare(pages: Pages, links: list[Link], rows: list[dict[str, Any]], shown: int) -> Iterator[str]:
    """The agreement by kind, then disagreements."""
    by_place = {(row["path"], row["start"]): row for row in rows}
    both: Counter[str] = Counter()
    agree: Counter[str] = Counter()
    examples: list[str] = []
    for link in links:
        row = by_place.get((link.path, link.start))
        inner = [each for each in row["defs"] if "path" in each] if row else []
        if not row or link.is_macro:
            continue
        kind = inner[0]["kind"] if inner else "external"
        both[kind] += 1
        begin, end = pages.lines(link.target, link.first, link.last)
        places = [(each["path"], each["start"]) for each in [*inner, *row.get("also", ())]]
        if any(path == link.target and begin <= start < end for path, start in places):
            agree[kind] += 1
        elif kind != "module" or not any(start == 0 and path == link.target for path, start in places):
            line = pages.data(link.path).count(b"\n", 0, link.start) + 1
            examples.append(f"{link.path}:{line} {link.name} -> {link.target}:{link.first}, truth {row['defs'][:2]}")
        else:
            agree[kind] += 1
    for kind, count in both.most_common():
        yield f"{kind:16} {count:7} {agree[kind] / count:.4f}"
    yield f"{'all':16} {both.total():7} {agree.total() / max(1, both.total()):.4f}"
    yield from examples[:: max(1, len(examples) // max(1, shown))][:shown]


def macro_rows(pages: Pages, links: list[Link]) -> Iterator[dict[str, Any]]:
    """Rows for the uses of macros, and for their names in `macro_rules! name`."""
    defined: set[tuple[str, int, str]] = set()
    for link in links:
        begin, end = pages.lines(link.target, link.first, link.last)
        pattern = re.compile(rb"macro_rules!\s*" + link.name.encode() + rb"\b")
        found = pattern.search(pages.data(link.target), begin, end) if link.is_macro else None
        if found:
            start = found.end() - len(link.name)
            target = {"path": link.target, "start": start, "kind": "macro"}
            yield {"path": link.path, "start": link.start, "name": link.name, "defs": [target]}
            if (link.target, start, link.name) not in defined:
                defined.add((link.target, start, link.name))
                yield {"path": link.target, "start": start, "name": link.name, "defs": [target]}


def local_rows(pages: Pages, links: list[Link]) -> Iterator[dict[str, Any]]:
    """Rows for the uses of names that are bound in one line of the same file, in which they stand once, and there."""
    bound: set[tuple[str, int, str]] = set()
    for link in links:
        if link.is_macro or link.path != link.target or link.first != link.last or not link.name[0].islower():
            continue
        begin, end = pages.lines(link.target, link.first, link.last)
        data = pages.data(link.target)
        found = list(re.finditer(rb"(?<!\w)" + link.name.encode() + rb"(?!\w)", data[begin:end]))
        if len(found) == 1 and _LET.search(data[begin : begin + found[0].start()]):
            start = begin + found[0].start()
            target = {"path": link.target, "start": start, "kind": "variable"}
            yield {"path": link.path, "start": link.start, "name": link.name, "defs": [target]}
            if (link.target, start, link.name) not in bound:
                bound.add((link.target, start, link.name))
                yield {"path": link.target, "start": start, "name": link.name, "defs": [target]}


def main() -> None:
    """Compare, and add what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root")
    parser.add_argument("doc")
    parser.add_argument("truth")
    parser.add_argument("--crate", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--add", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    crates = dict(each.split("=", 1) for each in options.crate)
    pages = Pages(os.path.realpath(options.root), options.doc, crates)
    links = list(dict.fromkeys(pages.links()))
    with open(options.truth) as file:
        rows = [json.loads(line) for line in file]
    print(*compare(pages, links, rows, options.show), sep="\n")
    if options.add:
        known = {(row["path"], row["start"]) for row in rows}
        new = {(row["path"], row["start"]): row for row in [*macro_rows(pages, links), *local_rows(pages, links)]}
        added = [row for place, row in new.items() if place not in known]
        with open(options.truth, "a") as file:
            file.writelines(json.dumps(row) + "\n" for row in added)
        print(f"{len(added)} names added", file=sys.stderr)


if __name__ == "__main__":
    main()
