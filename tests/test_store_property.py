"""Random edits to a small tree: after each, a search with an index says what it says without."""

import os
import shutil
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cq.index.selection import Selection
from cq.resources import data_folder
from cq.search.names import NameQuery
from cq.search.request import SearchRequest
from cq.search.run import SearchRun
from cq.store.indexing import IndexRun
from cq.store.keeper import Keeper
from cq.store.vocabulary import WORDS

FOLDERS = (data_folder("queries"),)
NAMES = ("a.py", "b.py", "sub/a.py", "sub/deep/c.py", "sub/.gitignore", ".ignore", "notes.md", "run", "über.rs")
TEXTS = (
    "alpha = beta\n",
    "beta = alpha\n",
    "def alpha(): pass\n",
    "# alpha beta\n",
    "#!/usr/bin/python\nalpha()\n",
    "*.py\n",
    "!a.py\n",
    "deep\n",
    "alpha\0",
    "αlpha = 'alpha'\n",
    "",
)
EDIT = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("replace"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("touch"), st.sampled_from(NAMES), st.sampled_from(("0", "1", "-1"))),
    st.tuples(st.just("index"), st.just(""), st.just("")),
    st.tuples(st.just("wait"), st.just(""), st.just("")),
)
QUERIES = (
    NameQuery(names=("alpha",)),
    NameQuery(names=("a*", "b?ta")),
    NameQuery(names=("ALPHA",), ignore_case=True),
    NameQuery(names=("alpha = beta",), mode="text"),
    NameQuery(names=("lph",), mode="regex"),
)
ASKED = st.tuples(st.sampled_from(QUERIES), st.sampled_from(("", "sub", "a.py")), st.sampled_from(("", "python")))


def edit(root, kind, name, text):
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if kind == "write":
        with open(path, "w") as file:
            file.write(text)
    elif kind == "replace":
        with open(path + "~", "w") as file:
            file.write(text)
        os.replace(path + "~", path)
    elif kind == "delete" and os.path.exists(path):
        os.unlink(path)
    elif kind == "move" and os.path.exists(path):
        os.makedirs(os.path.dirname(os.path.join(root, text)), exist_ok=True)
        os.replace(path, os.path.join(root, text))
    elif kind == "touch" and os.path.exists(path):
        now = time.time_ns() + int(text) * 10**9
        os.utime(path, ns=(now, now))
    elif kind == "wait":
        time.sleep(0.11)


def keeper(root, folder, notes):
    return Keeper(root, folder, WORDS, notes.append)


def answer(root, asked, kept):
    query, below, language = asked
    paths = (os.path.join(root, below),) if below and os.path.exists(os.path.join(root, below)) else ()
    selection = Selection(root=root, paths=paths)
    languages = (language,) if language else ()
    run = SearchRun(
        SearchRequest(query=query, selection=selection, folders=FOLDERS, languages=languages, text=True, workers=1),
        kept,
    )
    found = [(each.path, each.rows, each.roles, each.withheld, each.is_test) for each in run.files()]
    rest = (run.summary(), run.ledger(), run.searched, run.unread, run.diagnostics)
    run.keep()
    return found, rest


def test_a_file_with_the_words_of_a_text_apart_is_no_answer(tmp_path):
    root, folder = str(tmp_path / "tree"), str(tmp_path / "cache")
    edit(root, "write", "a.py", "beta = alpha\n")
    run = IndexRun(root, keeper(root, folder, []), 1)
    list(run.files())
    run.close()
    asked = (NameQuery(names=("alpha = beta",), mode="text"), "", "")
    plain = answer(root, asked, None)
    assert plain[0] == []
    assert answer(root, asked, keeper(root, folder, [])) == plain
    assert answer(root, asked, keeper(root, folder, [])) == plain


def test_an_answer_in_one_language_is_not_the_answer_in_all(tmp_path):
    root, folder = str(tmp_path / "tree"), str(tmp_path / "cache")
    edit(root, "write", "a.py", "alpha = beta\n")
    edit(root, "write", "über.rs", "fn alpha() {}\n")
    time.sleep(0.11)
    run = IndexRun(root, keeper(root, folder, []), 1)
    list(run.files())
    run.close()
    for language in ("python", "", "rust", ""):
        asked = (NameQuery(names=("alpha",)), "", language)
        plain = answer(root, asked, None)
        assert answer(root, asked, keeper(root, folder, [])) == plain
        assert answer(root, asked, keeper(root, folder, [])) == plain


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(EDIT, ASKED), min_size=1, max_size=12))
def test_a_search_with_an_index_says_the_same(tmp_path_factory, steps):
    root = str(tmp_path_factory.mktemp("tree"))
    folder = str(tmp_path_factory.mktemp("cache"))
    notes = []
    try:
        for (kind, name, text), asked in steps:
            if kind == "index":
                run = IndexRun(root, keeper(root, folder, notes), 1)
                for _ in run.files():
                    pass
                run.close()
                assert run.is_complete
            else:
                edit(root, kind, name, text)
            plain = answer(root, asked, None)
            assert answer(root, asked, keeper(root, folder, notes)) == plain
            assert answer(root, asked, keeper(root, folder, notes)) == plain
        assert notes == []
    finally:
        shutil.rmtree(root)
        shutil.rmtree(folder)
