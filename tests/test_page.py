"""`--format html`: a page that holds all it shows, asks nobody for anything, and can be used with mouse and keys."""

import hashlib
import io
import json
import os
import re
from pathlib import Path

import msgspec
import pytest

from browser import Browser, find_chromium
from cq.cli.check import check
from cq.cli.imports import imports
from cq.cli.neighborhood import neighborhood
from cq.cli.options.graph import NEIGHBORHOOD
from cq.errors import CqError
from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import lane_table
from cq.neighborhood import page as page_module
from cq.neighborhood.impact import impact_of, ways
from cq.neighborhood.page import impact_page, imports_page, neighborhood_page, ways_page
from cq.neighborhood.page_source import PageSource
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.target import named
from cq.render.html import page_html
from cq.resources import code_folder, data_folder
from cq.rows.neighborhood import ImportCycle, ImportRow
from cq.rows.page import Page, PageNode, PageSite
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers

WIDE = "\N{GRINNING FACE}"  # two units where columns are counted in UTF-16
HOSTILE = "</script><script>harmed = 1</script><!-- <b>&amp;\u2028"
SHELF = f'''\
"""Shelves."""
from shop import rate


def tax(amount):
    """What the state gets. {HOSTILE}"""
    return amount * rate()


class Item:
    def price(self):
        return "{WIDE}", tax(1)


class Book(Item):
    def price(self):
        return super().price() + tax(2) + tax(3)


def total(items):
    return sum(item.price() for item in items) + Book().price()


def possible(thing):
    return thing.price()
'''
TESTS = """\
from shelf import tax


def test_tax():
    assert tax(1)
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    (folder / "shelf.py").write_text(SHELF)
    (folder / "shop.py").write_text("import shelf\n\n\ndef rate():\n    return len(str(shelf))\n")
    (folder / "tests").mkdir()
    (folder / "tests" / "test_shelf.py").write_text(TESTS)
    return folder


@pytest.fixture(scope="module")
def around(project):
    files = list_files(Selection(root=str(project))).files
    return Neighborhood(Resolvers(Project(FileTree(str(project)), files, lane_table((data_folder("queries"),)))))


@pytest.fixture(scope="module")
def card_of(around):
    """The card of a name."""
    return lambda name: around.card(named(around.resolvers, name, False).targets[0])


@pytest.fixture(scope="module")
def page(around, card_of):
    """The page of `cq neighborhood tax --depth 2`."""
    card = card_of("tax")
    return neighborhood_page(around, [card], around.rows(card.symbol, 2))


def edges_of(page):
    names = [node.name for node in page.nodes]
    return {(names[edge.start], edge.relation, names[edge.end]) for edge in page.edges}


def line_of(text):
    return SHELF[: SHELF.index(text)].count("\n") + 1


def data_of(html):
    return re.search(rb'id="data">(.*?)</script>', html, re.DOTALL)[1]


def test_edges_go_from_who_does_it_to_what_it_is_done_to(page):
    assert edges_of(page) >= {
        ("Item.price", "calls", "tax"),
        ("tax", "calls", "rate"),
        ("total", "calls", "Book.price"),
        ("test_tax", "calls", "tax"),
        ("test_shelf", "imports", "tax"),
        ("tax", "is beside", "Item"),
    }
    assert [page.nodes[number].name for number in page.targets] == ["tax"]


def test_a_node_has_its_place_its_head_and_all_of_its_source(page):
    node = next(node for node in page.nodes if node.name == "tax")
    assert (node.path, node.line, node.signature) == ("shelf.py", line_of("def tax"), "def tax(amount)")
    assert (node.start_line, node.end_line) == (line_of("def tax"), line_of("* rate()"))
    shown = {}
    for piece in page.files["shelf.py"]:
        shown.update(enumerate(piece.text.split("\n"), piece.line))
    source = SHELF.split("\n")
    assert {line: text for line, text in shown.items() if source[line - 1] != text} == {}
    assert set(range(node.start_line, node.end_line + 1)) <= shown.keys()


def test_every_site_of_an_edge_is_kept_with_its_reason(page):
    names = [node.name for node in page.nodes]
    edge = next(edge for edge in page.edges if (names[edge.start], names[edge.end]) == ("Book.price", "tax"))
    line = line_of("tax(2)")
    assert [(site.path, site.line, site.role) for site in edge.sites] == [("shelf.py", line, "call")] * 2
    assert edge.confidence == "certain"
    assert edge.reason


def test_nothing_in_a_source_can_leave_the_element_that_holds_it(page):
    html = page_html(page)
    assert html.count(b"</script") == 3
    data = data_of(html)
    assert not re.search(rb"[<>&]", data)
    assert HOSTILE.encode() not in html
    assert msgspec.json.decode(data, type=Page) == page
    assert any(HOSTILE in piece.text for piece in page.files["shelf.py"])


def test_the_policy_forbids_every_request_and_names_the_scripts_that_run(page):
    html = page_html(page).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert "*" not in policy
    assert "http" not in policy
    assert re.findall(r'\s(?:src|href)="([^"]*)"', html.partition("<script")[0]) == ["data:,"]


def test_the_library_is_as_its_makers_wrote_it_with_its_licence_in_every_page(page):
    folder = Path(code_folder(), "render", "page")
    library = (folder / "cytoscape.min.js").read_bytes()
    # Version 3.34.4: after an update of the file, its new sum.
    assert hashlib.sha256(library).hexdigest() == "081591ab735b2b6a3b31a3c60f8f3a3e2fee8c92939e0c7820ad1208571b6cd8"
    licence = (folder / "cytoscape.LICENSE.txt").read_text()
    html = page_html(page).decode()
    assert "Permission is hereby granted, free of charge" in licence
    assert licence.split("\n")[0] in html
    assert "Permission is hereby granted, free of charge" in html


def test_of_too_many_symbols_the_nearest_are_drawn_and_that_is_said(around, card_of, monkeypatch):
    monkeypatch.setattr(page_module, "PAGE_NODES", 3)
    card = card_of("tax")
    page = neighborhood_page(around, [card], around.rows(card.symbol, 2))
    assert len(page.nodes) == 3
    assert page.nodes[0].name == "tax"
    assert re.fullmatch(r"The picture has 3 of \d+ symbols, .*", page.notes[0])
    assert all(0 <= end < 3 for edge in page.edges for end in (edge.start, edge.end))


def test_impact_and_ways_are_drawn_with_the_calls_on_the_way(around, card_of):
    card, other = card_of("tax"), card_of("total")
    page = impact_page(around, [card], impact_of(around, card.symbol))
    assert {("Item.price", "calls", "tax"), ("total", "calls", "Book.price")} <= edges_of(page)
    way = ways_page(around, [card, other], ways(around, other.symbol, card.symbol))
    assert {("total", "calls", "Book.price"), ("Book.price", "calls", "tax")} <= edges_of(way)
    assert [way.nodes[number].name for number in way.targets] == ["tax"]
    assert way.asked == "the shortest ways of calls from total"


def test_modules_stand_in_their_folders_and_cycles_are_kept(around):
    rows = [
        ImportRow(path="shelf.py", line=2, imported="shop.py"),
        ImportRow(path="shop.py", line=1, imported="shelf.py", later=True),
        ImportRow(path="tests/test_shelf.py", line=1, imported="shelf.py"),
        ImportRow(path="shop.py", line=1, imported="os", outside=True),
    ]
    cycle = ImportCycle(paths=("shelf.py", "shop.py"), lines=(2, 1), size=2)
    page = imports_page(around.sources, rows, [cycle])
    assert [(node.group, node.name) for node in page.nodes] == [
        ("", "shelf.py"),
        ("", "shop.py"),
        ("tests/", "test_shelf.py"),
        ("", "os"),
    ]
    assert edges_of(page) >= {("shop.py", "imports later", "shelf.py"), ("shop.py", "imports", "os")}
    assert page.cycles == ((0, 1),)
    assert "def tax(amount):" in page.files["shelf.py"][0].text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa\r\nb\r\n", "a\nb\n"),
        (b"a\xff\x00\nb", "a\ufffd\0\nb"),
        (b"", ""),
        (b"x" * 1_000_000 + b"\ny", "x" * 400 + "\ny"),
        (WIDE.encode() * 1000, WIDE * 400),
    ],
)
def test_source_of_any_kind_is_shown(around, monkeypatch, data, expected):
    monkeypatch.setattr(around.sources.project, "read", lambda path: data)
    source = PageSource(around.sources)
    source.add_node(PageNode(id="a", name="a", qualified_name="a", path="a.py", start_line=1, end_line=3))
    assert "\n".join(piece.text for piece in source.pieces()[0]["a.py"]) == expected


def test_lines_that_are_asked_for_twice_are_there_once(around):
    source = PageSource(around.sources)
    for start in (5, 6, 12):
        site = PageSite(path="shelf.py", line=start, column=1, end_column=2)
        source.add_site(site)
    source.add_site(PageSite(path="gone.py", line=1, column=1, end_column=2))
    pieces, left_out = source.pieces()
    assert [(piece.line, piece.text.count("\n") + 1) for piece in pieces["shelf.py"]] == [(3, 6), (10, 5)]
    assert left_out == 1


def test_a_page_is_refused_where_it_cannot_be(monkeypatch):
    for values, reason in (({"signature": "f()"}, "--signature has no"), ({"tests": True}, "--tests has no")):
        with pytest.raises(CqError, match=reason):
            check(NEIGHBORHOOD, values | {"format": "html"})
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stdout", terminal)
    with pytest.raises(CqError, match="not for a terminal"):
        check(NEIGHBORHOOD, {"format": "html"})


@pytest.mark.parametrize(
    ("command", "values", "words"),
    [
        (neighborhood, {}, ("tax",)),
        (neighborhood, {"impact": True}, ("tax",)),
        (neighborhood, {"path_to": "total"}, ("tax",)),
        (imports, {}, ()),
        (imports, {"cycles": True}, ()),
    ],
)
def test_each_command_writes_a_page(project, capfdbinary, command, values, words):
    assert command(values | {"format": "html", "root": str(project)}, words) == 0
    said = capfdbinary.readouterr()
    assert said.out.startswith(b"<!doctype html>")
    assert msgspec.json.decode(data_of(said.out), type=Page).edges
    assert said.err == b""


def test_a_file_whose_name_is_no_text_is_shown_with_its_source(tmp_path, capfdbinary):
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.py"), "w") as file:
        file.write("import os\n\n\ndef cup():\n    return os.sep\n\n\ndef full():\n    return cup()\n")
    for command, words in ((neighborhood, ("cup",)), (imports, ())):
        assert command({"format": "html", "root": str(tmp_path), "outside": True}, words) == 0
        page = msgspec.json.decode(data_of(capfdbinary.readouterr().out), type=Page)
        assert {node.path for node in page.nodes} - {""} == {"caf\ufffd.py"}
        assert "def cup():" in page.files["caf\ufffd.py"][0].text


def test_nothing_found_is_no_page(project, capfdbinary):
    assert neighborhood({"format": "html", "root": str(project)}, ("nowhere",)) == 1
    assert capfdbinary.readouterr().out == b""


class Seen:
    """What a user sees of a page, and does with it."""

    def __init__(self, browser):
        self.browser = browser
        self.run = browser.run

    def nodes(self):
        """The names of the nodes in the picture."""
        return set(self.run("[...view.places.keys()].map((n) => nodes[n].name)"))

    def at(self, name):
        """Where a node is drawn."""
        script = """(() => {
            const box = document.getElementById("picture").getBoundingClientRect();
            const at = cy.getElementById("n" + nodes.findIndex((n) => n.name === %s)).renderedPosition();
            return [at.x + box.x, at.y + box.y];
        })()"""
        return self.run(script % json.dumps(name))

    def go(self, address):
        """Follow a link within the page."""
        script = (
            "new Promise((done) => {{ addEventListener('hashchange', done, {{once: true}}); location.hash = {}; }})"
        )
        self.run(script.format(json.dumps(address)))

    def panel(self):
        """The text beside the picture."""
        return self.run("document.getElementById('panel').innerText")

    def set(self, field, value, event="change"):
        """Set a field as a user does."""
        member = "checked" if isinstance(value, bool) else "value"
        self.run(f"document.querySelector({json.dumps(field)}).{member} = {json.dumps(value)}")
        self.run(f"document.querySelector({json.dumps(field)}).dispatchEvent(new Event('{event}'))")


def walk_through(browser, page, tmp_path):
    """Use the page as a reader does."""
    path = tmp_path / "page.html"
    path.write_bytes(page_html(page))
    seen = Seen(browser)
    browser.open(path)

    # The target in the middle, callers left, callees right, tests below; nothing of the sources has run.
    assert browser.run("document.title").startswith("tax · ")
    assert browser.run("document.getElementById('title').textContent") == "tax"
    assert browser.run("typeof harmed") == "undefined"
    middle = seen.at("tax")
    assert seen.at("Item.price")[0] < middle[0] < seen.at("rate")[0]
    assert seen.at("total")[0] < seen.at("Book.price")[0]
    assert seen.at("test_tax")[1] > max(seen.at(name)[1] for name in ("total", "Item.price", "rate", "tax"))
    everything = seen.nodes()
    assert {"tax", "Item.price", "Book.price", "total", "rate", "test_tax"} <= everything
    assert "Item" not in everything  # beside it: only when asked for
    assert HOSTILE.replace("\u2028", "") in seen.panel().replace("\u2028", "")

    # A node that is clicked shows its place and its source; the column of a mark counts code points.
    assert re.fullmatch(r"\d+ of \d+ symbols, \d+ edges", browser.run("document.getElementById('counts').textContent"))
    browser.click(*seen.at("Item.price"))
    assert f"shelf.py:{line_of('def price')}" in seen.panel()
    assert f'return "{WIDE}", tax(1)' in seen.panel()
    assert browser.run("[...document.querySelectorAll('mark')].map((m) => m.textContent)") == ["tax"]
    assert browser.run("cy.$('node.selected').map((n) => n.data('label'))") == ["Item.price"]

    # A mark leads to the edge, which tells its places and why.
    browser.run("document.querySelector('mark').click()")
    assert "certain" in seen.panel()
    assert f"shelf.py:{line_of('tax(1)')}:" in seen.panel()
    address = browser.run("location.hash")
    assert "edge=" in address

    # Keys: along the edges, then back.
    browser.key("Escape")
    browser.key("ArrowRight")
    browser.key("ArrowRight")
    assert "def rate()" in seen.panel()
    browser.key("ArrowLeft")
    browser.key("ArrowLeft")
    assert browser.run("nodes[state.node].name") in {"Item.price", "Book.price"}
    browser.key("Enter")
    assert browser.run("state.middle.map((n) => nodes[n].name)") == [browser.run("nodes[state.node].name")]
    browser.key("Escape")
    assert seen.nodes() == everything

    # A text leaves what has it, and the way there.
    browser.key("/")
    for letter in "total":
        browser.key(letter)
    browser.run("new Promise((done) => setTimeout(done, 50))")
    assert seen.nodes() >= {"total", "tax"}
    assert "rate" not in seen.nodes()
    browser.key("Escape")
    assert seen.nodes() == everything

    # Each filter takes something away, and gives it back.
    gone = {}
    gone["tests"] = ("#tests", False, True)
    gone["depth"] = ("#depth", "1", "2")
    gone["sure"] = ("#confidence", "certain", "possible")
    gone["relation"] = ("#relations input[value=calls]", False, True)
    for what, (field, less, more) in gone.items():
        event = "input" if what == "depth" else "change"
        seen.set(field, less, event)
        gone[what] = everything - seen.nodes()
        seen.set(field, more, event)
        assert seen.nodes() == everything, what
    assert gone["tests"] == {"test_tax"}
    assert "total" in gone["depth"]
    assert "Item.price" not in gone["depth"]
    assert gone["relation"] >= {"Item.price", "rate"}
    assert gone["sure"] and "Item.price" not in gone["sure"]
    seen.set("#relations input[value='is beside']", True)
    assert "Item" in seen.nodes()

    # The picture moves, a node moves alone, the wheel brings it closer.
    seen.go("")
    x, y = seen.at("rate")
    other = seen.at("tax")
    browser.drag(x, y, x + 40, y + 60)
    assert seen.at("rate") == pytest.approx([x + 40, y + 60], abs=3)
    assert seen.at("tax") == pytest.approx(other, abs=0.1)
    corner = browser.run("(({x, y}) => [x + 6, y + 6])(document.getElementById('picture').getBoundingClientRect())")
    browser.drag(*corner, corner[0] + 30, corner[1] + 10)
    assert seen.at("tax") == pytest.approx([other[0] + 30, other[1] + 10], abs=3)
    zoom = browser.run("cy.zoom()")
    browser.key("+")
    assert browser.run("cy.zoom()") == pytest.approx(zoom * 1.25)
    browser.call("Input.dispatchMouseEvent", type="mouseWheel", x=x, y=y, deltaX=0, deltaY=-200)
    assert browser.run("new Promise((done) => setTimeout(() => done(cy.zoom()), 80))") > zoom * 1.25

    # An address leads to the same again; the dark is dark.
    browser.dark()
    seen.go(address + "&tests=0")
    assert f"shelf.py:{line_of('tax(1)')}:" in seen.panel()
    assert "test_tax" not in seen.nodes()
    assert sum(map(int, re.findall(r"\d+", browser.run("getComputedStyle(document.body).backgroundColor")))) < 150
    fill = browser.run("cy.$('node.target').style('background-color')")
    browser.dark(False)
    browser.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert browser.run("cy.$('node.target').style('background-color')") != fill

    # Nothing was asked for but the file, nothing went wrong, and nothing else can be asked for.
    asked_for = {re.split(r"[?#]", each)[0] for each in browser.requests}
    assert asked_for <= {f"file://{path}", "about:blank", "data:,"}
    assert browser.errors == []
    assert browser.run("fetch('data:,').then(() => 'went', () => 'refused')") == "refused"


def open_each_size(browser, tmp_path):
    """Pages of no node, and of up to 1,500."""
    pages = {}
    for count in (0, 2, 1500):
        nodes = [
            {"id": f"m{n}", "name": f"f{n}", "qualified_name": f"f{n}", "kind": "function", "path": f"p{n % 90}.py"}
            for n in range(count)
        ]
        edges = [{"start": n, "end": (n - 1) // 4, "relation": "calls"} for n in range(1, count)]
        shape = {"title": "f0", "asked": "all", "project": "p", "version": "0", "targets": [0][:count]}
        pages[count] = msgspec.convert(shape | {"nodes": nodes, "edges": edges}, Page)
    for count, page in pages.items():
        path = tmp_path / f"page{count}.html"
        path.write_bytes(page_html(page))
        browser.errors.clear()
        browser.open(path)
        assert browser.run("cy.nodes().not('.heading').not('.off').length") == count
        assert browser.errors == []
        assert browser.run("document.getElementById('empty').hidden") == (count > 0)
        if not count:
            continue
        # No node upon another, and the target in sight.
        apart = """(() => {
            const seen = new Set();
            const place = (n) => `${Math.round(n.position('x'))} ${Math.round(n.position('y'))}`;
            cy.nodes().not('.heading').forEach((n) => seen.add(place(n)));
            return seen.size;
        })()"""
        assert browser.run(apart) == count
        at = browser.run("(({x, y}) => [x / cy.width(), y / cy.height()])(cy.getElementById('n0').renderedPosition())")
        assert all(0 < share < 1 for share in at)


def test_pages_in_a_browser(page, tmp_path):
    """One test, since a start of the browser costs more than most of it."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on the PATH (Debian: apt-get install chromium)")
    browser = Browser(program, 900, 600)
    try:
        walk_through(browser, page, tmp_path)
        open_each_size(browser, tmp_path)
    finally:
        browser.close()
