"""A file that is cut says of every name what the whole file says of it: real files, and those that are hard to cut."""

import json
import random
import re
import sysconfig
import time
from pathlib import Path

import pytest

from cq.grammar.language import is_installed
from cq.grammar.parse import parse_parts
from cq.index.selection import Selection
from cq.lanes.lanes import Lanes
from cq.lanes.parts import PartTaker
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.search.analysis import SearchAnalysis
from cq.search.names import NameQuery
from cq.search.request import SearchRequest
from cq.search.run import SearchRun
from cq.store.indexing import IndexRun
from cq.store.keeper import Keeper
from cq.store.parts import packed, spans_of
from cq.store.vocabulary import WORDS

FOLDERS = (data_folder("queries"),)
HERE = Path(__file__).parent
STDLIB = Path(sysconfig.get_paths()["stdlib"])
WORD = re.compile(rb"[^\W\d]\w*")
FILES = [("python", STDLIB / name) for name in ("enum.py", "json/decoder.py", "asyncio/tasks.py", "ast.py")]
FILES += [("python", path) for path in sorted((HERE / "annotated/python").glob("*.py"))]
FILES += [("rust", HERE / "corpus/library/engine/src/lib.rs")]
FILES += [("rust", path) for path in sorted((HERE / "annotated/rust").glob("*.rs"))]
WEB = [
    (language, path)
    for language, ending in (("javascript", "js"), ("typescript", "ts"), ("tsx", "tsx"))
    if is_installed(lane_table(FOLDERS).languages[language].grammar)
    for path in sorted((HERE / "annotated" / language).glob(f"*.{ending}"))
]
FILES += WEB


@pytest.fixture(scope="module")
def lanes():
    return Lanes(lane_table(FOLDERS))


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Parts are cut wherever that is right, however small they are."""
    monkeypatch.setattr("cq.lanes.parts.PART_BYTES", 1)
    monkeypatch.setattr("cq.lanes.parts.HOLDER_FROM_BYTES", 1)


def marks_of(lanes, language, data):
    lane = lanes.lane(language)
    return PartTaker(lane.language, lane.entry).take(data, lane.parse(data).root_node)


def said(lanes, language, data, root, hits, details):
    """What a file with this root says of these names."""
    lane, facts = lanes.lane(language), lanes.facts(language)
    return [
        (verdict._replace(node=None, regions=()), *(facts.row(data, root, verdict, hit, each) for each in details))
        for hit, verdict in zip(hits, lane.classify(data, root, hits, "all"), strict=True)
    ]


def agrees(lanes, language, data, hits):
    lane = lanes.lane(language)
    marks = packed(marks_of(lanes, language, data))
    root = lane.parse(data).root_node
    for members, details in ((True, ("head",)), (False, ("head", "definitions", "all"))):
        spans = spans_of(marks, [start for start, _ in hits], len(data), members)
        parts = parse_parts(lane.language, data, spans).root_node
        assert not parts.has_error
        assert said(lanes, language, data, parts, hits, details) == said(lanes, language, data, root, hits, details)
    return spans


@pytest.mark.parametrize(("language", "path"), [pytest.param(*each, id=each[1].name) for each in FILES])
def test_parts_say_what_the_whole_says(language, path, lanes):
    data = path.read_bytes()[:40_000]
    data = data[: data.rfind(b"\n\n") + 1]
    if lanes.lane(language).parse(data).root_node.has_error:
        assert not marks_of(lanes, language, data)
        return
    chance = random.Random(path.name)
    words = [found.span() for found in WORD.finditer(data)]
    for count in (1, 1, 1, 2, 2, 3, 8):
        agrees(lanes, language, data, sorted(chance.sample(words, min(count, len(words)))))


PYTHON = b'''\xef\xbb\xbf"""What it is."""
import os
# of first
def first():
    return os
"""No documentation of the module."""
@os.wraps
class Shelf(os.PathLike):
    """What a shelf is."""
    books = ()
    # of add
    @property
    def add(self): return self.books
    def drop(self):
        def inner(): return 1
        return inner
    books = property(add)
    def last(self):
        return self
if os: x = 1; y = 2
else:
    def other(): pass
class Empty: pass
async def last(): return Shelf
'''
RUST = b"""//! What it is.
use std::fmt;
/// A shelf.
#[derive(Debug)]
pub struct Shelf { books: u8 } /// of what comes
impl Shelf {
    const MOST: u8 = 1;
    /// Adds.
    #[inline]
    pub fn add(&self) -> u8 { self.books }
    fn drop(&self) { println!("{}", self.add()) } fn beside(&self) {}
}
#[cfg(test)]
mod tests {
    use super::*;
    // a note

    #[test]
    fn adds() { assert_eq!(Shelf { books: 1 }.add(), 1) }
    fn more() { adds() }
}
fn main() { Shelf { books: 1 }.drop() }
"""
WEBBY = b"""'use strict'
import { shelves } from './shelves'
/** A shelf. */
export class Shelf extends shelves.Base {
  books = 1;
  *all() { yield this.books }
  room = 2;
  ['computed']() { return this }
  /** Adds. */
  get add() { return this.room }
}
const later = function () { return Shelf }
var first = later
(function () { return first })()
function last() {
  const one = 1
  if (one) return
  let two = one
  ;[one, two].map(last)
  return two
}
"""


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize(
    ("language", "data"), [("python", PYTHON), ("rust", RUST), *([("javascript", WEBBY)] if WEB else [])]
)
def test_each_name_alone(language, data, ends, lanes):
    data = data.replace(b"\n", ends)
    parsed = [
        sum(end - start for start, end in agrees(lanes, language, data, [found.span()]))
        for found in WORD.finditer(data)
    ]
    assert min(parsed) < len(data) / 2.5


def test_where_a_file_is_cut(lanes):
    cuts = [
        (PYTHON[mark.start :].split(b"\n")[0].strip(), mark.level, mark.stays)
        for mark in marks_of(lanes, "python", PYTHON)
    ]
    assert cuts == [
        (b"import os", 0, False),
        (b"# of first", 0, False),
        (b"@os.wraps", 0, False),
        (b"# of add", 1, False),
        (b"def drop(self):", 1, False),
        (b"return inner", 2, True),
        (b"def last(self):", 1, True),
        (b"if os: x = 1; y = 2", 0, False),
        (b"class Empty: pass", 0, False),
        (b"async def last(): return Shelf", 0, False),
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"x = 1\n", b"def broken(:\n    pass\n" * 3, b"\0", b"(" * 100_000, b"\xff\n" * 9],
)
def test_a_file_without_parts_is_parsed_as_a_whole(data, lanes):
    assert not marks_of(lanes, "python", data)
    assert spans_of(b"", [0], len(data), True) in ([(0, len(data))], [])


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    root = tmp_path_factory.mktemp("tree")
    for number in range(4):
        body = "\n".join(f"def other{each}():\n    return {each}\n" + "    # so\n" * 9 for each in range(160))
        (root / f"m{number}.py").write_text(f"import os\n{body}\ndef wanted{number}():\n    return os.shelf\n")
    time.sleep(0.12)  # older than a tick of the clock
    return root


def test_a_search_after_indexing_parses_parts(cq, tree, tmp_path):
    kept = ("--cache-dir", tmp_path)
    assert cq("index", "--root", tree, *kept).status == 0
    for asked in ((), ("--facts", "--text")):
        search = ("search", "shelf", "--root", tree, "--json", "--no-resolve", *asked)
        plain = json.loads(cq(*search, "--no-cache").stdout)
        known = json.loads(cq(*search, *kept).stdout)
        assert (known["rows"], known["summary"]) == (plain["rows"], plain["summary"])
        assert len(known["rows"]) == 4 and known["rows"][0]["container"] == "wanted0"
        assert known["report"]["bytes_parsed"] < plain["report"]["bytes_parsed"] / 5
    assert cq("cache", "verify", *kept).status == 0


def test_a_file_that_was_written_to_since_is_parsed_anew(tree, tmp_path, monkeypatch):
    def found(kept):
        request = SearchRequest(
            query=NameQuery(names=("shelf",)), selection=Selection(root=str(tree)), folders=FOLDERS, workers=1
        )
        return [each.rows for each in SearchRun(request, kept).files()]

    def keeper():
        return Keeper(str(tree), str(tmp_path), WORDS, pytest.fail)

    assert list(IndexRun(str(tree), keeper(), 1, FOLDERS).files())
    path = tree / "m1.py"
    before = path.read_text()
    run_known = SearchAnalysis.run_known
    parts = []

    def written_to(self, at, data, known):
        parts.append(known)
        if at == path.name and known:
            path.write_text("shelf = 1\n" + before)
            data = path.read_bytes()
        return run_known(self, at, data, known)

    monkeypatch.setattr(SearchAnalysis, "run_known", written_to)
    known = found(keeper())
    assert [bool(each) for each in parts] == [True, True, False, True, True]
    assert known == found(None) and len(known[1]) == 2
    path.write_text(before)


def test_an_index_of_before_is_completed(tree, tmp_path):
    """As after an update of cq: the words are known, the parts are not."""
    queries = tmp_path / "queries" / "python"
    queries.mkdir(parents=True)
    (queries / "mine.scm").write_text("(identifier) @name\n")
    others = (*FOLDERS, str(queries.parent))

    def parsed(folders):
        request = SearchRequest(
            query=NameQuery(names=("shelf",)), selection=Selection(root=str(tree)), folders=folders, workers=1
        )
        run = SearchRun(request, Keeper(str(tree), str(tmp_path), WORDS, pytest.fail))
        assert len(list(run.files())) == 4
        return run.report().bytes_parsed

    def indexed(folders):
        run = IndexRun(str(tree), Keeper(str(tree), str(tmp_path), WORDS, pytest.fail), 1, folders)
        list(run.files())
        return run.files_indexed, run.is_complete

    assert indexed(()) == (4, True)  # words only
    whole = parsed(FOLDERS)
    assert indexed(FOLDERS) == (4, True) and indexed(FOLDERS) == (0, True)
    assert parsed(FOLDERS) < whole / 5 and parsed(others) == whole
    assert indexed(others) == (4, True)
    assert parsed(others) < whole / 5 and parsed(FOLDERS) == whole
