"""What is kept between runs changes no answer, whatever happens to the files or to what is kept."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cq.store.folder import stem_of

LIBRARY = Path(__file__).parent / "corpus" / "library"
QUESTIONS = (
    ("Shelf",),
    ("add", "--json"),
    ("add", "--json", "--facts"),
    ("Shelf.add", "--text"),
    ("*o*", "--role", "definition"),
    ("--regex", "^[a-z]{3}$", "-c"),
    ("-F", "self.", "--format", "jsonl"),
    ("-i", "SHELF", "-t", "python"),
    ("nosuchname",),
    ("book", "-C2"),
    ("Shelf", "-l"),
    ("Shelf", "--files-without-match"),
    ("Shelf", "-g", "!*.rs"),
    ("Shelf", "-g", "*.py"),
    ("Shelf", "--hidden", "--no-ignore"),
)


def answer(done):
    """What a user sees, but for what a run cost."""
    out = done.stdout
    if '"report":' in out:
        out = "\n".join(json.dumps(without_report(line)) for line in out.splitlines())
    return done.status, out, "\n".join(line.rpartition(" · ")[0] or line for line in done.stderr.splitlines())


def without_report(line):
    row = json.loads(line)
    row.pop("report", None)
    return row


def database(folder):
    (found,) = Path(folder, "index").glob("*.db")
    return found


def settle():
    """Until what was written is older than a tick of the file system's clock, as it is in life."""
    time.sleep(0.12)


@pytest.fixture
def tree(tmp_path):
    shutil.copytree(LIBRARY, tmp_path / "tree")
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path / "tree", check=True)
    (tmp_path / "tree" / "café.py").write_text("class Shelf:\n    größe = 'Shelf'\n")
    (tmp_path / "tree" / "script").write_text("#!/usr/bin/env python3\nShelf = 1\n")
    (tmp_path / "tree" / "image").write_bytes(b"\0Shelf")
    settle()
    return tmp_path / "tree"


@pytest.fixture
def kept(cq, tmp_path):
    """Run cq with a cache of its own."""

    def run(*arguments, cwd, cache=tmp_path / "cache", **more):
        return cq(*arguments, cwd=cwd, env={"CQ_CACHE_DIR": str(cache)}, **more)

    run.cache = tmp_path / "cache"
    return run


@pytest.fixture
def same(kept):
    """That a search says what it says without an index; and no more on stderr, unless a note is expected."""

    def check(*arguments, cwd, note=""):
        with_index = kept("search", *arguments, cwd=cwd)
        status, out, err = answer(kept("search", *arguments, "--no-cache", cwd=cwd))
        lines = [line for line in answer(with_index)[2].splitlines() if not (note and note in line)]
        assert (*answer(with_index)[:2], "\n".join(lines)) == (status, out, err)
        return with_index

    return check


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_the_same_answer_the_first_and_the_second_time(kept, same, tree, question, indexed):
    if indexed:
        assert kept("index", cwd=tree).status == 0
    for _ in range(3):
        same(*question, cwd=tree)


def test_a_second_search_reads_and_parses_nothing(kept, tree):
    first = json.loads(kept("search", "Shelf", "--json", cwd=tree).stdout)["report"]
    second = json.loads(kept("search", "Shelf", "--json", cwd=tree).stdout)["report"]
    assert first["files_parsed"] > 0
    assert first["bytes_read"] > 0
    assert "files_parsed" not in second
    assert "bytes_read" not in second
    assert second["cache_hits"] >= first["files_parsed"]


def test_after_indexing_a_new_name_reads_only_the_files_that_have_it(kept, tree):
    kept("index", cwd=tree)
    report = json.loads(kept("search", "Shelf", "--json", cwd=tree).stdout)["report"]
    assert "bytes_read" not in report
    report = json.loads(kept("search", "nosuchname", "--json", cwd=tree).stdout)["report"]
    assert "files_parsed" not in report


def test_a_warm_search_loads_no_parser(kept, tree, cq_environment):
    kept("search", "Shelf", cwd=tree)
    code = (
        "import sys, os\nsys.argv = ['cq', 'search', 'Shelf']\nos._exit = sys.exit\n"
        "try:\n    from cq.__main__ import main\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    env = cq_environment | {"CQ_CACHE_DIR": str(kept.cache)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tree, env=env, check=True)
    loaded = set(done.stderr.split())
    assert "cq.store.store" in loaded
    unwanted = {"tree_sitter", "pygit2", "cyclopts", "pathspec", "diskcache", "tomllib", "cq.lanes.table"}
    assert not unwanted & loaded


def test_nothing_is_written_into_the_repository(kept, tree):
    before = sorted(path for path in tree.rglob("*"))
    kept("index", cwd=tree)
    kept("search", "Shelf", cwd=tree)
    assert sorted(path for path in tree.rglob("*")) == before


def test_no_cache_keeps_nothing(kept, tree):
    kept("search", "Shelf", "--no-cache", cwd=tree)
    assert not kept.cache.exists()
    kept("search", "Shelf", "--cache-dir", tree.parent / "other", cwd=tree)
    assert not kept.cache.exists()
    assert database(tree.parent / "other").exists()


EDITS = {
    "changed": lambda tree: (tree / "café.py").write_text("def Shelf(): pass\n"),
    "changed, same size": lambda tree: (tree / "café.py").write_text("class SHELF:\n    größe = 'Shelf'\n"),
    "deleted": lambda tree: (tree / "café.py").unlink(),
    "renamed": lambda tree: (tree / "café.py").rename(tree / "other.py"),
    "replaced": lambda tree: ((tree / "new").write_text("Shelf()\n"), (tree / "new").rename(tree / "café.py")),
    "new": lambda tree: (tree / "new.py").write_text("Shelf = 2\n"),
    "new folder": lambda tree: ((tree / "sub").mkdir(), (tree / "sub" / "new.py").write_text("Shelf = 2\n")),
    "ignored": lambda tree: (tree / ".gitignore").write_text("café.py\n"),
    "ignored below": lambda tree: (tree / "src" / ".ignore").write_text("*.py\n"),
    "excluded": lambda tree: (
        (tree / ".git" / "info").mkdir(exist_ok=True),
        (tree / ".git" / "info" / "exclude").write_text("café.py\n"),
    ),
    "folder renamed": lambda tree: (tree / "src").rename(tree / "lib"),
    "folder gone": lambda tree: shutil.rmtree(tree / "src"),
    "binary now": lambda tree: (tree / "café.py").write_bytes(b"Shelf\0"),
    "text now": lambda tree: (tree / "image").write_bytes(b"Shelf = 1\n"),
    "another language": lambda tree: (tree / "script").write_text("#!/bin/sh\nShelf = 1\n"),
    "a link": lambda tree: (tree / "link.py").symlink_to("/etc/hostname"),
    "unreadable link": lambda tree: (tree / "link.py").symlink_to("link.py"),
    "touched": lambda tree: os.utime(tree / "café.py"),
    "no repository": lambda tree: shutil.rmtree(tree / ".git"),
    "empty": lambda tree: [path.unlink() for path in tree.rglob("*") if path.is_file() and ".git" not in path.parts],
}


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("edit", EDITS)
def test_what_changed_is_seen_in_the_same_search(kept, same, tree, edit, indexed):
    same("Shelf", "--json", cwd=tree)
    if indexed:
        kept("index", cwd=tree)
    EDITS[edit](tree)
    for _ in range(2):
        same("Shelf", "--json", cwd=tree)
        same("SHELF", "--json", cwd=tree)
    settle()
    same("Shelf", "--json", cwd=tree)
    same("--regex", "^Sh", "--json", "--text", cwd=tree)
    same("Shelf", "-t", "python", cwd=tree)


def test_edits_within_one_tick_of_the_clock(kept, same, tree):
    path = tree / "tick.py"
    words = ["Shelf", "Sheaf", "Sherd", "Sheet", "Sheep"]
    for number in range(10):
        path.write_text(f"{words[number % 5]} = 1\n")
        same("Shelf", "-l", cwd=tree)
        same("Sheep", "-l", cwd=tree)


def test_a_time_that_was_set_back_hides_nothing(kept, same, tree):
    path = tree / "café.py"
    same("Shelf", cwd=tree)
    before = path.stat()
    path.write_text(path.read_text().replace("Shelf", "Sheaf"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    same("Shelf", cwd=tree)
    same("Sheaf", cwd=tree)


def test_files_of_the_future(kept, same, tree):
    path = tree / "café.py"
    for ahead in (3600, 7200, 60):
        os.utime(path, (time.time() + ahead,) * 2)
        same("Shelf", cwd=tree)


def test_what_git_tracks_counts(kept, same, tree):
    (tree / ".gitignore").write_text("café.py\n")
    settle()
    same("größe", cwd=tree)
    subprocess.run(["git", "add", "-f", "café.py"], cwd=tree, check=True)
    same("größe", cwd=tree)
    assert kept("search", "größe", "-l", cwd=tree).stdout == "café.py\n"
    subprocess.run(["git", "rm", "-q", "--cached", "café.py"], cwd=tree, check=True)
    same("größe", cwd=tree)
    assert kept("search", "größe", "-l", cwd=tree).stdout == ""


def test_the_users_ignore_file_is_watched(kept, same, tree, cq_environment):
    home = Path(cq_environment["HOME"])
    same("größe", cwd=tree)
    (home / ".config" / "git").mkdir(parents=True)
    (home / ".config" / "git" / "ignore").write_text("café.py\n")
    same("größe", cwd=tree)
    (home / ".gitconfig").write_text(f"[include]\n\tpath = {home}/more\n")
    same("größe", cwd=tree)
    (home / "more").write_text(f"[core]\n\texcludesFile = {home}/mine\n")
    same("größe", cwd=tree)
    (home / "mine").write_text("script\n")
    assert same("Shelf", "-l", cwd=tree).stdout.count("script") == 0


def test_links_are_followed_by_time(kept, same, tree):
    target = tree.parent / "target.py"
    (tree / "link.py").symlink_to(target)
    settle()
    same("Shelf", "--json", cwd=tree)
    target.write_text("Shelf = 3\n")
    same("Shelf", "--json", cwd=tree)
    target.unlink()
    target.mkdir()
    same("Shelf", "--json", cwd=tree)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_asked_each_time(kept, same, tree):
    path = tree / "café.py"
    path.chmod(0)
    same("Shelf", cwd=tree)
    path.chmod(0o600)
    same("Shelf", cwd=tree)


def test_a_repository_that_moves(kept, same, tree):
    same("Shelf", cwd=tree)
    moved = tree.rename(tree.parent / "moved")
    same("Shelf", cwd=moved)
    other = tree.parent / "tree"
    other.mkdir()
    (other / "café.py").write_text("Shelf()\n")
    same("Shelf", cwd=other)


def test_query_folders_count(kept, same, tree, tmp_path):
    queries = tmp_path / "queries"
    queries.mkdir()
    table = '[languages.python]\nextensions = [".py"]\ngrammar = "tree_sitter_python"\n'
    (queries / "lanes.toml").write_text(table)
    same("Shelf", "--queries", queries, cwd=tree)
    (queries / "python").mkdir()
    (queries / "python" / "calls.scm").write_text("")
    same("Shelf", "--queries", queries, cwd=tree)
    (queries / "lanes.toml").write_text(table.replace('".py"', '".pyx"'))
    same("Shelf", "--queries", queries, cwd=tree)


# What happens to the database file.
DAMAGES = {
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut within a page": lambda path: path.write_bytes(path.read_bytes()[:-1000]),
    "no database": lambda path: path.write_bytes(b"once upon a time " * 1000),
    "header only": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "foreign": lambda path: run_sql(path, "PRAGMA application_id = 7"),
    "older": lambda path: run_sql(path, "PRAGMA user_version = 0"),
    "newer": lambda path: run_sql(path, "PRAGMA user_version = 999"),
    "no tables": lambda path: run_sql(path, "DROP TABLE answer; DROP TABLE piece"),
    "no head": lambda path: run_sql(path, "DELETE FROM piece WHERE name = 'head'"),
    "no snapshot": lambda path: run_sql(path, "DELETE FROM piece WHERE name = 'snapshot'"),
    "no answers": lambda path: run_sql(path, "DELETE FROM answer"),
    "no blocks": lambda path: run_sql(path, "DELETE FROM block"),
    "answers of others": lambda path: run_sql(path, "UPDATE answer SET data = (SELECT max(data) FROM answer)"),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
}


def run_sql(path, script):
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_made_anew(kept, same, tree, damage):
    kept("index", cwd=tree)
    same("Shelf", cwd=tree)
    DAMAGES[damage](database(kept.cache))
    for name in ("Shelf", "add", "Shelf"):
        same(name, cwd=tree, note="index of this folder")
    # By now it is sound, and of use again.
    assert same("Shelf", cwd=tree).stderr.count("cq: ") == 0
    assert kept("cache", "verify", cwd=tree).status == 0


def test_flipped_bits_change_no_answer(kept, same, tree):
    kept("index", cwd=tree)
    for name in ("Shelf", "add"):
        same(name, cwd=tree)
    sound = database(kept.cache).read_bytes()
    expected = {name: answer(kept("search", name, "--no-cache", cwd=tree))[:2] for name in ("Shelf", "add", "book")}
    chance = random.Random(7)
    # tests/test_census.py does it more often, within one process.
    for _ in range(8):
        for path in (kept.cache / "index").iterdir():
            path.unlink()
        data = bytearray(sound)
        for _ in range(chance.choice((1, 1, 4, 40))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        database_path(kept, tree).write_bytes(data)
        for name, wanted in expected.items():
            assert answer(kept("search", name, cwd=tree))[:2] == wanted


def database_path(kept, tree):
    return Path(stem_of(str(kept.cache), os.fsencode(os.path.realpath(tree))) + ".db")


def test_a_cache_folder_that_cannot_be_written(kept, same, tree):
    kept.cache.write_text("a file, not a folder")
    done = kept("search", "Shelf", cwd=tree)
    assert done.stderr.count("without an index") == 1
    assert answer(done)[:2] == answer(kept("search", "Shelf", "--no-cache", cwd=tree))[:2]
    assert kept("index", cwd=tree).status == 2


def test_a_full_disk(kept, same, tree):
    """No file may grow: that is what a full disk looks like from within."""
    limit = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    for size in (0, 5_000, 60_000):
        code = f"{limit}resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n" + (
            "sys.argv = ['cq', 'search', 'Shelf']\nfrom cq.__main__ import main\nmain()"
        )
        env = os.environ | {"CQ_CACHE_DIR": str(kept.cache), "HOME": str(tree.parent)}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=tree, env=env, check=False
        )
        wanted = kept("search", "Shelf", "--no-cache", cwd=tree)
        assert (done.returncode, done.stdout) == (wanted.status, wanted.stdout)
        assert done.stderr.count("cq: ") <= 1
        same("Shelf", cwd=tree)


def test_two_that_write_at_once(kept, same, tree, cq_environment):
    for number in range(200):
        (tree / f"m{number}.py").write_text(f"import m{number + 1}\nShelf(m{number})\n")
    env = cq_environment | {"CQ_CACHE_DIR": str(kept.cache)}
    for round in range(3):
        (tree / "m0.py").write_text(f"Shelf({round})\n")
        commands = [["index"], ["search", "Shelf"], ["index"], ["search", "add"], ["search", "m7"]]
        running = [
            subprocess.Popen([sys.executable, "-m", "cq", *command], cwd=tree, env=env, stdout=-1, stderr=-1, text=True)
            for command in commands
        ]
        for command, process in zip(commands, running, strict=True):
            out, err = process.communicate(timeout=100)
            assert "index of this folder" not in err
            assert "without an index" not in err
            if command[0] == "search":
                assert out == kept(*command, "--no-cache", cwd=tree).stdout
    assert kept("index", cwd=tree).status == 0
    assert kept("cache", "verify", cwd=tree).status == 0
    same("Shelf", cwd=tree)


def test_killed_while_another_searches(kept, same, tree, cq_environment):
    for number in range(300):
        (tree / f"m{number}.py").write_text(f"import m{number + 1}\nShelf(m{number})\n" * 20)
    settle()
    env = cq_environment | {"CQ_CACHE_DIR": str(kept.cache)}
    wanted = kept("search", "Shelf", "--no-cache", cwd=tree).stdout
    chance = random.Random(3)
    for round in range(12):
        if round % 4 == 3:
            kept("cache", "clear", cwd=tree)
        process = subprocess.Popen(
            [sys.executable, "-m", "cq", "index", "-j1"], cwd=tree, env=env, stdout=-1, stderr=-1
        )
        time.sleep(chance.uniform(0.05, 0.5))
        searching = subprocess.Popen(
            [sys.executable, "-m", "cq", "search", "Shelf"], cwd=tree, env=env, stdout=-1, stderr=-1, text=True
        )
        time.sleep(chance.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        out, err = searching.communicate(timeout=100)
        assert out == wanted
        assert "index of this folder" not in err
    assert kept("cache", "verify", cwd=tree).status == 0
    assert kept("index", cwd=tree).status == 0
    assert kept("cache", "verify", cwd=tree).status == 0
    for name in ("Shelf", "m7", "add"):
        same(name, cwd=tree)


def test_bounded_in_size(kept, tree, tmp_path):
    for number in range(8):
        shutil.copytree(tree, tmp_path / f"tree{number}")
        kept("search", "Shelf", cwd=tmp_path / f"tree{number}")
        settle()
    stats = json.loads(kept("cache", "stats", "--json", cwd=tree).stdout)
    assert [Path(row["root"]).name for row in stats["rows"]] == [f"tree{number}" for number in range(8)]
    env = {"CQ_CACHE_DIR": str(kept.cache), "CQ_CACHE_SIZE": str(stats["bytes"] * 3 // 4)}
    shutil.copytree(tree, tmp_path / "tree8")
    subprocess.run(
        [sys.executable, "-m", "cq", "search", "Shelf"],
        cwd=tmp_path / "tree8",
        env=os.environ | env | {"HOME": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    left = json.loads(kept("cache", "stats", "--json", cwd=tree).stdout)
    roots = [Path(row["root"]).name for row in left["rows"]]
    assert roots[-1] == "tree8"
    assert "tree0" not in roots
    assert "tree7" in roots


def test_cache_commands(kept, tree):
    assert kept("cache", "path", tree, cwd=tree).status == 1
    kept("index", cwd=tree)
    assert kept("cache", "path", tree, cwd=tree).stdout.strip() == str(database(kept.cache))
    (row,) = json.loads(kept("cache", "stats", "--json", cwd=tree).stdout)["rows"]
    assert row["complete"]
    assert row["root"] == str(tree)
    assert kept("cache", "verify", cwd=tree).status == 0
    data = bytearray(database(kept.cache).read_bytes())
    for at in range(len(data) // 4, len(data), 64):  # so that not all of it is in pages that hold nothing
        data[at] ^= 1
    database(kept.cache).write_bytes(data)
    assert kept("cache", "verify", cwd=tree).status == 1
    assert "1 deleted" in kept("cache", "clear", cwd=tree).stdout
    assert not list((kept.cache / "index").iterdir())
    assert kept("cache", "stats", cwd=tree).status == 0
    assert "cq cache does not know" in kept("cache", "stat", cwd=tree).stderr


def test_an_empty_folder(kept, same, tmp_path):
    (tmp_path / "empty").mkdir()
    for _ in range(2):
        same("Shelf", cwd=tmp_path / "empty")
        assert kept("index", cwd=tmp_path / "empty").status == 0


def test_names_of_files_that_are_no_text(kept, same, tree):
    try:
        (tree / os.fsdecode(b"caf\xe9.py")).write_text("Shelf(\n")
    except OSError:
        pytest.skip("the file system takes only text")
    settle()
    for _ in range(3):
        same("Shelf", "--json", cwd=tree)
    kept("index", cwd=tree)
    same("Shelf", cwd=tree)


def test_names_like_one_that_is_nowhere_are_those_of_the_files_as_they_are(cq, tmp_path):
    tree, cache = tmp_path / "tree", tmp_path / "cache"
    tree.mkdir()
    (tree / "a.py").write_text("def make_shelf(): pass\ndef shelve(): pass\n_shelf = Shelf = 1\n")
    (tree / "b.py").write_text("shelff = 2\n")
    time.sleep(0.12)  # older than a tick of the clock
    assert cq("index", "--root", tree, "--cache-dir", cache).status == 0
    (tree / "b.py").unlink()
    (tree / "c.py").write_text("shelfs = s_helf = 3\n")

    def like(name, *kept):
        return json.loads(cq("search", name, "--root", tree, "--json", *kept).stdout)["why_not"].get("names", [])

    for name, names in (("shelf", ["Shelf", "_shelf", "s_helf", "shelfs", "shelve"]), ("xyzzy", []), ("_", [])):
        assert like(name, "--cache-dir", cache) == like(name, "--no-cache") == names
