"""What the index keeps of frequent names is what a search without an index finds: for every word of real files."""

import json
import random
import re
import sysconfig
import time
from pathlib import Path

import pytest

import cq.store.file_words
import cq.store.frequent
from cq.grammar.language import is_installed
from cq.index.selection import Selection
from cq.lanes.census import CensusTaker
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.rows.search import MENTIONS
from cq.search.names import NameQuery
from cq.search.request import SearchRequest
from cq.search.run import SearchRun
from cq.store.indexing import IndexRun
from cq.store.keeper import Keeper
from cq.store.vocabulary import WORDS, starts_of

HERE = Path(__file__).parent
STDLIB = Path(sysconfig.get_paths()["stdlib"])
FOLDERS = (data_folder("queries"),)
WORD = re.compile(rb"[0-9A-Za-z_\x80-\xff]+")
PYTHON = [STDLIB / name for name in ("enum.py", "json/decoder.py", "asyncio/tasks.py")]
PYTHON += sorted((HERE / "annotated/python").glob("*.py"))
RUST = [HERE / "corpus/library/engine/src/lib.rs", *sorted((HERE / "annotated/rust").glob("*.rs"))]
FILES = [("python", path) for path in PYTHON] + [("rust", path) for path in RUST]
FILES += [
    (language, path)
    for language, ending in (("javascript", "js"), ("typescript", "ts"), ("tsx", "tsx"))
    if is_installed(lane_table(FOLDERS).languages[language].grammar)
    for path in sorted((HERE / "annotated" / language).glob(f"*.{ending}"))
]
QUERIES = (
    {"detail": "head"},
    {"detail": "definitions", "before": 1, "after": 1},
    {"facts": False, "max_count": 2},
    {"detail": "head", "roles": ("call", "definition"), "kinds": ("function",)},
    {"detail": "head", "text": True},
    {"detail": "head", "injected": False},
)


@pytest.fixture(scope="module")
def lanes():
    return Lanes(lane_table(FOLDERS))


@pytest.mark.parametrize(("language", "path"), [pytest.param(*each, id=each[1].name) for each in FILES])
def test_it_agrees_with_the_lane(language, path, lanes):
    data = path.read_bytes()[:40_000]
    lane = lanes.lane(language)
    root = lane.parse(data).root_node
    hits = [found.span() for found in WORD.finditer(data)]
    taker = CensusTaker(lane)
    census = taker.take(data, root, starts_of(data, {data[start:end] for start, end in hits} - lane.keywords.all))
    if root.has_error:
        assert census is None
        return
    places = dict(zip(census.starts, census.codes, strict=True))
    known = 0
    for hit, verdict in zip(hits, lane.classify(data, root, hits, "code"), strict=True):
        text = [code for start, end, code in census.texts if start <= hit[0] < end]
        assert len(text) + (hit[0] in places) <= 1
        if text:
            known += 1
            assert taker.codes[text[0]][0] == verdict.role and verdict.role in MENTIONS, hit
        if hit[0] not in places:
            continue
        known += 1
        role, kind = taker.codes[places[hit[0]]]
        assert role == verdict.role, hit
        if role not in MENTIONS:  # of which no row tells more
            around = [
                each
                for each in census.scopes
                if each.start <= hit[0] < each.end and not each.name_start <= hit[0] < each.name_end
            ]
            said = (kind, tuple(each.label for each in around), tuple(each.name for each in around), "", "")
            assert said == (verdict.kind, verdict.scope, verdict.names, verdict.via, verdict.injected), hit
    assert known > len(hits) / 2 or language != "python"


@pytest.mark.parametrize(
    ("language", "source"),
    [
        (
            "rust",
            "impl Shelf {\n    fn room(&self) -> u8 {\n        // what is left\n        self.books.len()\n    }\n}\n",
        ),
        ("typescript", "export function room(shelf) {\n  // what is left\n  return shelf.books()\n}\n"),
        ("typescript", "const make = { room: (shelf) => shelf.books() }\n"),
    ],
)
def test_what_stands_in_a_function_is_known(language, source, lanes):
    """A pattern that is no chain may name a function, or open its scope: that says nothing of the names in it."""
    entry = lanes.table.languages[language]
    if not is_installed(entry.grammar):
        pytest.skip("its grammar is an extra")
    data = source.encode()
    lane = lanes.lane(language)
    taker = CensusTaker(lane)
    census = taker.take(data, lane.parse(data).root_node, starts_of(data, set(WORD.findall(data)) - lane.keywords.all))
    roles = {taker.codes[code][0] for _, code in zip(census.starts, census.codes, strict=True)}
    assert data.rindex(b"books") in census.starts and "call" in roles
    if b"//" in data:
        [(start, end, code)] = census.texts
        assert start <= data.index(b"what") < end and taker.codes[code][0] == "comment"
    [scope] = [each.name for each in census.scopes if each.start <= data.rindex(b"books") < each.end][-1:]
    assert scope == "room"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A tree of real files, its index with what every name is, and the words of the files."""
    root, folder = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("cache")
    words = set()
    for language, path in FILES:
        data = path.read_bytes()[:6_000]
        words.update(WORD.findall(data))
        (root / language).mkdir(exist_ok=True)
        (root / language / path.name).write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cq.store.frequent, "CENSUS_FILES", 1)
        patch.setattr(cq.store.frequent, "CENSUS_MOST_FILES", 1)
        patch.setattr(cq.store.frequent, "CENSUS_BYTES_PER_PLACE", 1)
        patch.setattr(cq.store.file_words, "defined_in", lambda data, openers: set(WORD.findall(data)))
        run = IndexRun(str(root), keeper(root, folder), 1, FOLDERS)
        assert list(run.files()) and run.is_complete
        run.close()
    return root, folder, sorted(word.decode() for word in words if word.isascii() and len(word) > 3)


def keeper(root, folder, tell=pytest.fail):
    return Keeper(str(root), str(folder), WORDS, tell)


def found(root, kept, name, **asked):
    query = NameQuery(names=(name,))
    request = SearchRequest(
        query=query, selection=Selection(root=str(root)), folders=FOLDERS, resolve=False, workers=1, **asked
    )
    run = SearchRun(request, kept)
    files = [
        (each.path, each.language, each.rows, each.roles, each.withheld, each.lines, each.is_test, each.diagnostics)
        for each in run.files()
    ]
    if kept is not None:
        kept.close()
    return files, run.summary(), run.report()


@pytest.mark.parametrize("asked", QUERIES, ids=str)
def test_a_search_says_the_same(indexed, asked):
    root, folder, words = indexed
    parsed = unparsed = 0
    for word in words[:: 31 if asked == QUERIES[0] else 97]:
        plain = found(root, None, word, **asked)
        known = found(root, keeper(root, folder), word, **asked)
        assert known[:2] == plain[:2], word
        parsed += known[2].files_parsed
        unparsed += plain[2].files_parsed - known[2].files_parsed
    if not asked.get("text") and asked.get("injected") is None:
        assert unparsed > parsed / 4
    else:
        assert not unparsed


def test_a_file_that_changed_is_parsed(indexed, tmp_path):
    root, folder, _ = indexed
    name, path = "Shelf", root / "python/added.py"
    path.write_text("Shelf()\n")
    try:
        assert found(root, keeper(root, folder), name)[:2] == found(root, None, name)[:2]
        path.write_text("class Shelf: pass\n")
        assert found(root, keeper(root, folder), name)[:2] == found(root, None, name)[:2]
    finally:
        path.unlink()


def test_other_queries_are_another_matter(indexed, tmp_path):
    root, folder, words = indexed
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "calls.scm").write_text("(call function: (identifier) @name) @reference.macro\n")
    name = next(word for word in words if found(root, keeper(root, folder), word)[1].roles.get("call"))
    request = SearchRequest(
        query=NameQuery(names=(name,)),
        selection=Selection(root=str(root)),
        folders=(*FOLDERS, str(tmp_path)),
        resolve=False,
        workers=1,
    )
    run = SearchRun(request, keeper(root, folder))
    assert list(run.files()) and "macro" in run.roles


def test_flipped_bits_change_no_answer(indexed, tmp_path):
    root, folder, words = indexed
    [kept] = (folder / "index").glob("*.db")
    sound = kept.read_bytes()
    wanted = {word: found(root, None, word, detail="head")[:2] for word in words[5::400]}
    (tmp_path / "index").mkdir()
    chance = random.Random(11)
    noted = []
    for _ in range(40):
        for path in (tmp_path / "index").iterdir():
            path.unlink()
        data = bytearray(sound)
        for _ in range(chance.choice((1, 4, 40, 400))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (tmp_path / "index" / kept.name).write_bytes(data)
        for word, answer in wanted.items():
            assert found(root, keeper(root, tmp_path, noted.append), word, detail="head")[:2] == answer
    assert noted


def test_the_commands(cq, tmp_path):
    tree, cache = tmp_path / "tree", tmp_path / "cache"
    tree.mkdir()
    (tree / "shelf.py").write_text("class Shelf:\n    pass\n")
    for number in range(50):
        use = f"def use{number}():\n    return Shelf({number})\n" if number < 15 else "pass\n"
        (tree / f"m{number}.py").write_text(use)
    kept = ("--root", tree, "--cache-dir", cache)
    time.sleep(0.12)  # older than a tick of the clock
    assert cq("index", *kept).status == 0
    again = cq("index", *kept)
    assert again.stdout == "tree: nothing has changed; 51 files in the index\n"
    search = ("search", "Shelf", "--role", "call", "--no-resolve", "--json", "--root", tree)
    known, plain = (json.loads(cq(*search, *more).stdout) for more in (("--cache-dir", cache), ("--no-cache",)))
    assert plain["report"]["files_parsed"] == 16 and not known["report"].get("files_parsed")
    assert known["rows"] == plain["rows"] and len(known["rows"]) == 15
    assert known["rows"][0]["container"] == "use0"
    assert cq("cache", "verify", "--cache-dir", cache).status == 0
    (tree / "m7.py").write_text("def use7():\n    Shelf(1), Shelf(2)\n")
    time.sleep(0.12)
    assert "1 files indexed" in cq("index", *kept).stdout
    known, plain = (json.loads(cq(*search, *more).stdout) for more in (("--cache-dir", cache), ("--no-cache",)))
    assert not known["report"].get("files_parsed")
    assert known["rows"] == plain["rows"] and len(known["rows"]) == 16
