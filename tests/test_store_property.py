"""Random edits to a small tree: after each, a search with an index says what it says without."""

import os
import shutil
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec
import pygit2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cq.search.candidates
import cq.search.counted
import cq.store.frequent
import cq.store.fresh
import cq.store.indexing
import cq.symbols.project
from cq.errors import CqError
from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.search.names import NameQuery
from cq.search.request import SearchRequest
from cq.search.run import SearchRun
from cq.store.blobs import Blobs
from cq.store.indexing import IndexRun
from cq.store.keeper import Keeper, without_store
from cq.store.listing import listed
from cq.store.vocabulary import WORDS
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers


class Asked(NamedTuple):
    """A question: the name, below which path, which files, and how."""

    query: NameQuery
    below: str = ""
    selected: Mapping[str, object] = MappingProxyType({})
    request: Mapping[str, object] = MappingProxyType({})


MOMENT = 0.02  # seconds after which a file that changed is settled
FOLDERS = (data_folder("queries"),)
NAMES = ("a.py", "b.py", "sub/a.py", "sub/deep/c.py", "sub/__init__.py", "notes.md", "run", "über.rs", "sub", ".c.py")
IGNORES = (".gitignore", ".ignore", "sub/.gitignore", ".git/info/exclude")
RULES = ("*.py\n", "!a.py\n", "deep\n", "sub/\n", "/a.py\n", "")
TEXTS = (
    "alpha = beta\n",
    "beta = alpha\n",
    "def alpha(): pass\n",
    "class alpha:\n    def beta(self, alpha): return self.beta(alpha)\n",
    "from b import alpha\nalpha(beta)\n",
    "from sub.a import *\nimport sub.a as alpha\nprint(alpha.beta, beta)\n",
    '# alpha beta\n""">>> alpha(beta)"""\n',
    "#!/usr/bin/python\nalpha()\n",
    "#!" + 140 * " " + "/usr/bin/python\nalpha()\n",
    "fn alpha() { beta!(alpha) }\n",
    "alpha\0",
    "αlpha = 'alpha'\n",
    "def alpha(:\n  alpha(\n",
    "alpha " * 30 + "\n" + "beta\n" * 20,
    "",
)
LARGE = "alpha = 1\n" + 420_000 * "         \n"  # more than is parsed
EDIT = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("replace"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("write"), st.sampled_from(IGNORES), st.sampled_from(RULES)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES + IGNORES), st.just("")),
    st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("move"), st.just("sub"), st.sampled_from(("other", "sub2", ".sub"))),
    st.tuples(st.just("move"), st.sampled_from(("other", "sub2", ".sub")), st.just("sub")),
    st.tuples(st.just("swap"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("link"), st.sampled_from(NAMES), st.sampled_from((*NAMES, "nothing", "."))),
    st.tuples(st.just("mode"), st.sampled_from(NAMES), st.sampled_from(("0", "644", "755"))),
    st.tuples(st.just("touch"), st.sampled_from(NAMES), st.sampled_from(("0", "1", "-1"))),
    st.tuples(st.just("unseen"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("track"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("index"), st.just(""), st.just("")),
    st.tuples(st.just("wait"), st.just(""), st.just("")),
)
QUERIES = (
    NameQuery(names=("alpha",)),
    NameQuery(names=("alpha", "beta")),
    NameQuery(names=("a*", "b?ta")),
    NameQuery(names=("ALPHA",), ignore_case=True),
    NameQuery(names=("alpha = beta",), mode="text"),
    NameQuery(names=("lph",), mode="regex"),
    NameQuery(names=("alpha|c",), mode="regex", whole_word=True),
    NameQuery(names=("alpha.beta",)),
    NameQuery(names=("a.alpha",)),
)
# Most of what can be asked is asked seldom, so that questions come again.
ASKED = st.builds(
    Asked,
    query=st.sampled_from(QUERIES),
    below=st.sampled_from(("", "", "", "sub", "a.py")),
    selected=st.sampled_from(
        (
            *({}, {}, {}, {}),
            {"globs": ("!sub/**",)},
            {"hidden": True},
            {"no_ignore": True},
            {"binary": True},
            {"follow": True},
            {"max_filesize": 40},
        )
    ),
    request=st.one_of(
        st.just({}),
        st.sampled_from(
            (
                {"text": True},
                {"languages": ("python",)},
                {"languages": ("rust",)},
                {"not_languages": ("python",)},
                {"roles": ("definition",)},
                {"roles": ("call", "comment", "doc-example")},
                {"kinds": ("function",)},
                {"facts": False},
                {"detail": "all"},
                {"detail": "head"},
                {"before": 1, "after": 2},
                {"max_count": 1},
                {"injected": True},
                {"injected": False},
                {"resolve": True},
                {"resolve": False},
                {"certain": True},
                {"resolve": True, "possible": True, "max_count": 1},
                {"rows_of": "references", "resolve": True},
                {"rows_of": "definitions", "resolve": True},
                {"rows_of": "references", "resolve": True, "possible": True},
            )
        ),
    ),
)


def edit(root, kind, name, text):
    path = os.path.join(root, name)
    other = os.path.join(root, text) if kind in ("move", "swap", "link") else ""
    if kind in ("write", "replace", "link"):
        make_way(root, path)
    elif kind == "move":
        make_way(root, other)
    if kind in ("write", "replace", "unseen") and os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)  # a file where there was a folder
    if kind == "write":
        with open(path, "w") as file:
            file.write(text)
    elif kind == "replace":
        with open(path + "~", "w") as file:
            file.write(text)
        os.replace(path + "~", path)
    elif kind == "delete" and os.path.lexists(path):
        remove(path)
    elif kind == "move" and os.path.lexists(path) and not (other + "/").startswith(path + "/"):
        if not (path + "/").startswith(other + "/"):
            remove(other)
            os.rename(path, other)
    elif kind == "swap" and os.path.isfile(path) and os.path.isfile(other) and path != other:
        os.rename(path, path + "~")
        os.rename(other, path)
        os.rename(path + "~", other)
    elif kind == "link" and path != other:
        remove(path)
        os.symlink(other, path)
    elif kind == "mode" and os.path.exists(path):
        os.chmod(path, int(text, 8))
    elif kind == "touch" and os.path.exists(path):
        now = time.time_ns() + int(text) * 10**9
        os.utime(path, ns=(now, now))
    elif kind == "unseen" and os.path.isfile(path):
        # As many bytes at the same time: only the time of the inode's change tells.
        before = os.stat(path)
        with open(path, "r+") as file:
            file.write(text[: before.st_size])
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif kind == "track":
        track(root, name)
    elif kind == "wait":
        time.sleep(MOMENT)


def make_way(root, path):
    folder = os.path.dirname(path)
    while folder != root:
        if os.path.lexists(folder) and (os.path.islink(folder) or not os.path.isdir(folder)):
            os.unlink(folder)  # a folder where there was a file
        folder = os.path.dirname(folder)
    os.makedirs(os.path.dirname(path), exist_ok=True)


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)


def track(root, name):
    if os.path.lexists(os.path.join(root, ".git")) and not os.path.exists(os.path.join(root, ".git/HEAD")):
        shutil.rmtree(os.path.join(root, ".git"))
    repository = pygit2.init_repository(root)
    path = os.path.join(root, name)
    if os.path.isfile(path) and not os.path.islink(path):
        repository.index.read()
        repository.index.add(name)
        repository.index.write()


def keeper(root, folder, notes):
    return Keeper(root, folder, WORDS, notes.append)


def answer(root, asked, kept, folder=""):
    """All that a search says. With a keeper and a folder of the cache: what it says when it may ask these."""
    paths = (
        (os.path.join(root, asked.below),) if asked.below and os.path.lexists(os.path.join(root, asked.below)) else ()
    )
    request = SearchRequest(
        query=asked.query,
        selection=Selection(root=root, paths=paths, **asked.selected),
        folders=FOLDERS,
        workers=1,
        **asked.request,
    )
    resolvers = None
    blobs = Blobs(folder)
    if asked.request.get("rows_of"):
        whole = Selection(root=root, hidden=request.selection.hidden, no_ignore=request.selection.no_ignore)
        other = without_store() if kept is None else keeper(root, folder, [])
        known = listed(whole, other)
        resolvers = Resolvers(Project(FileTree(root), known.paths, lane_table(FOLDERS), known.holders, blobs))
        targets = tuple(each.target for name in asked.query.names for each in resolvers.named(name))
        request = msgspec.structs.replace(request, targets=targets)
    run = SearchRun(request, kept, resolvers, lambda: blobs)
    try:
        found = [(each.path, each.rows, each.roles, each.withheld, each.is_test, each.groups) for each in run.files()]
    except CqError as error:
        return str(error)
    rest = (run.summary(), run.ledger(), list(run.searched), run.unread, run.diagnostics, run.resolutions)
    run.keep()
    blobs.flush()
    return found, rest, request.targets


def index(root, folder, notes):
    run = IndexRun(root, keeper(root, folder, notes), 1, FOLDERS)
    list(run.files())
    run.close()
    assert run.is_complete


def same(root, asked, folder, notes):
    """A search says the same without an index, with it, and once more with what the one before left."""
    plain = answer(root, asked, None)
    assert answer(root, asked, keeper(root, folder, notes), folder) == plain
    assert answer(root, asked, keeper(root, folder, notes), folder) == plain
    return plain


def test_a_file_with_the_words_of_a_text_apart_is_no_answer(tmp_path):
    root, folder = str(tmp_path / "tree"), str(tmp_path / "cache")
    edit(root, "write", "a.py", "beta = alpha\n")
    index(root, folder, [])
    asked = Asked(NameQuery(names=("alpha = beta",), mode="text"))
    assert same(root, asked, folder, [])[0] == []


def test_an_answer_in_one_language_is_not_the_answer_in_all(tmp_path):
    root, folder = str(tmp_path / "tree"), str(tmp_path / "cache")
    edit(root, "write", "a.py", "alpha = beta\n")
    edit(root, "write", "über.rs", "fn alpha() {}\n")
    time.sleep(0.11)
    index(root, folder, [])
    for language in ("python", "", "rust", ""):
        same(
            root, Asked(NameQuery(names=("alpha",)), request={"languages": (language,) if language else ()}), folder, []
        )


def test_what_older_resolvers_say_is_not_kept(tmp_path):
    root, folder = str(tmp_path / "tree"), str(tmp_path / "cache")
    edit(root, "write", "a.py", "from b import alpha\nalpha()\n")
    edit(root, "write", "b.py", "def alpha(): pass\n")
    time.sleep(0.11)
    index(root, folder, [])
    request = SearchRequest(
        query=NameQuery(names=("alpha",)), selection=Selection(root=root), folders=FOLDERS, resolve=True, workers=1
    )
    known = listed(request.selection, keeper(root, folder, []))
    resolvers = Resolvers(Project(FileTree(root), known.paths, lane_table(FOLDERS), known.holders))
    assert resolvers.named("alpha")
    edit(root, "write", "b.py", "class alpha: pass\n\n\ndef beta(): pass\n")
    time.sleep(0.11)  # as if the search that these resolvers are for had had to wait
    run = SearchRun(request, keeper(root, folder, []), resolvers)
    list(run.files())
    run.keep()
    same(root, Asked(NameQuery(names=("alpha",)), request={"resolve": True}), folder, [])


@settings(
    max_examples=int(os.environ.get("CQ_STORE_EXAMPLES", "60")), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(st.tuples(EDIT, ASKED), min_size=1, max_size=12), st.booleans())
def test_a_search_with_an_index_says_the_same(tmp_path_factory, monkeypatch, steps, few_answers):
    # The clock of the system ticks every few milliseconds at most: with less to wait for there is more to try.
    monkeypatch.setattr(cq.store.fresh, "_TICK_NS", int(MOMENT * 0.9 * 10**9))
    monkeypatch.setattr(cq.store.indexing, "_MOMENT_SECONDS", MOMENT)
    # Of a tree this small nothing would be counted or kept by content.
    monkeypatch.setattr(cq.store.frequent, "CENSUS_FILES", 1)
    monkeypatch.setattr(cq.store.frequent, "CENSUS_MOST_FILES", 1.0)
    monkeypatch.setattr(cq.symbols.project, "SUMMARIES_AT_ONCE_BYTES", 0)
    if few_answers:
        monkeypatch.setattr(cq.search.candidates, "ANSWERS_PER_SEARCH_BYTES", 400)
        monkeypatch.setattr(cq.search.counted, "ANSWERS_PER_SEARCH_BYTES", 400)
    root = str(tmp_path_factory.mktemp("tree"))
    folder = str(tmp_path_factory.mktemp("cache"))
    notes = []
    try:
        for (kind, name, text), asked in steps:
            if kind == "index":
                index(root, folder, notes)
            else:
                edit(root, kind, name, text)
            same(root, asked, folder, notes)
        assert notes == []
    finally:
        shutil.rmtree(root)
        shutil.rmtree(folder)
        monkeypatch.undo()
