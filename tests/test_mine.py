"""`cq mine`: what is found, how it is shown, and that its rules find it again."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from array import array
from importlib.util import find_spec

import duckdb
import pytest
import yaml

from browser import Browser, find_chromium
from cq.cli import mined as mined_module
from cq.cli.mine import mine
from cq.errors import CqError
from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.lanes.table import lane_table
from cq.mining import results as results_module
from cq.mining.analysis import FileFacts, MineAnalysis, MinePlan
from cq.mining.counting import count
from cq.mining.form import FormMaker, is_instance
from cq.mining.fuzzy import Signed, leaders
from cq.mining.normalize import ROW, Normalizer, Trace
from cq.mining.prefilter import prefilter
from cq.mining.rule import rule_of, rule_yaml
from cq.mining.segments import Segments
from cq.mining.table import tables_of
from cq.render.mining_text import left_out_text
from cq.resources import data_folder
from cq.rules.astgrep import matches, tree
from cq.rules.rule import Rule

FOLDERS = (data_folder("queries"),)


def anchors(language, text, level="semantic"):
    """The keys of the anchors of a text, the outermost last."""
    grammar = load_language(lane_table(FOLDERS).languages[language].grammar)
    data = text.encode()
    found = Normalizer(tables_of(FOLDERS, language, grammar), level).anchors(parse(grammar, data), data)
    return list(array("q", found.rows)[::ROW])


def last(language, text, level="semantic"):
    return anchors(language, text, level)[-1]


@pytest.mark.parametrize(
    ("language", "level", "one", "other", "same"),
    [
        ("python", "semantic", "a.append(b)", "xs.append(y)", True),
        ("python", "semantic", "a.append(b)", "a.extend(b)", False),
        ("python", "semantic", "a.append(a)", "a.append(b)", False),  # which holes hold the same word
        ("python", "abstract", "a.append(a)", "a.append(b)", True),
        ("python", "semantic", "len(a) == 0", "len(b) == 0", True),
        ("python", "semantic", "len(a) == 0", "size(b) == 0", False),
        ("python", "abstract", "len(a) == 0", "size(b) == 5", True),
        ("python", "semantic", "len(a) == 0", "len(a) == 5", False),
        ("python", "semantic", "len(a) == 7", "len(a) == 5", True),
        ("python", "concrete", "len(a) == 7", "len(a) == 5", False),
        ("python", "concrete", "f(a, 'x')", 'f(a, "x")', True),
        ("python", "semantic", "import os\nos.path.join(a, b)", "import sys\nsys.path.join(a, b)", False),
        ("python", "semantic", "os.path.join(a, b)", "sys.path.join(a, b)", True),  # neither is known
        ("python", "semantic", "def f(str):\n    return g(str, 1)", "def f(a):\n    return g(a, 1)", True),
        ("python", "semantic", "a = f(b, c)  # why", "a = f(\n    b,\n    c,\n)", True),
        ("python", "semantic", "x[1:]", "x[:1]", False),
        ("rust", "semantic", "fn f() { x.len() == 0; }", "fn f() { y.len() == 0; }", True),
        ("rust", "semantic", "fn f() { vec![a, b]; }", "fn f() { vec![a; b]; }", False),
        ("rust", "semantic", "fn f() { let a: u8 = b.c; }", "fn f() { let a: u16 = b.c; }", False),
        ("javascript", "semantic", "f(x, y, z)", "f?.(x, y, z)", False),
        ("javascript", "semantic", "if (a) { b.c(d) }", "if (a) { b.c(d); }", True),
        ("javascript", "semantic", "var a = b.c(1)", "const a = b.c(1)", False),
        ("javascript", "semantic", "for (;a < b;) { c() }", "for (a < b;;) { c() }", False),
        ("javascript", "semantic", "document.write(a)", "function f(document) { document.write(a) }", False),
    ],
)
def test_code_is_the_same_or_not_by_level(language, level, one, other, same):
    assert (last(language, one, level) == last(language, other, level)) is same


@pytest.mark.parametrize(
    "text",
    [
        "const a = b.map((c) => c.d + 1);",
        "function f(a, b) { return a[b.c] || 0; }",
        "x.y = async () => { await z.w(1); }",
    ],
)
def test_plain_code_has_the_same_keys_in_all_languages_of_a_family(text):
    keys = anchors("javascript", text)
    assert keys == anchors("typescript", text) == anchors("tsx", text)
    assert len(keys) >= 2


def test_nothing_counts_that_holds_an_error():
    sound = anchors("python", "a.append(b)\nc.append(d)\n")
    assert anchors("python", "a.append(b)\nc.append(d\n") == sound[:1]


def test_a_deep_tree_is_walked():
    assert len(anchors("python", "(" * 100_000 + "a.append(b)" + ")" * 100_000)) <= 1
    assert len(anchors("python", "-" * 5_000 + "a.append(b)")) >= 1


def test_instances():
    general = ("(call", "$A", "$$$(block)", "(/)")
    assert is_instance(general, ("(call", "x", "(block", "(call", "y", "(/)", "(/)", "(/)"))
    assert is_instance(general, ("(call", "x", "$$$(block)", "(/)"))
    assert not is_instance(general, ("(call", "x", "(block", "(/)", "z", "(/)"))
    assert not is_instance(general, ("(call", "(attribute", "(/)", "$$$(block)", "(/)"))


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("a/vendor/b.py", b"", "vendored"),
        ("a/b.min.js", b"", "minified"),
        ("a/b.js", b"var a;" * 900, "minified"),
        ("a/b.js", b"// @generated\nf()", "generated"),
        ("a/b.js", b'Object.defineProperty(exports, "__esModule", {})', "compiled"),
        ("a/b.js", b"f()\n//# sourceMappingURL=b.js.map", "compiled"),
        ("a/migrations/0001_initial.py", b"", "generated"),
        ("a/b.py", b" \n", "empty"),
        ("a/b.py", b"f(x)\n", ""),
    ],
)
def test_why_a_file_is_left_out(path, data, reason):
    filter_ = prefilter(FOLDERS)
    assert (filter_.by_path(path, len(data)) or (filter_.by_content(data) if data else "")) == reason


def test_builds_of_the_same_source_are_left_out():
    paths = ["p/src/a.ts", "p/dist/a.js", "p/es/b.js", "p/lib/b.js", "p/c.js", "p/c.cjs", "p/c.d.ts", "p/lib/own.js"]
    assert prefilter(FOLDERS).twins(paths) == {"p/dist/a.js", "p/lib/b.js", "p/c.cjs", "p/c.d.ts"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('drop = ["coment"]', "no kind 'coment'"),
        ("[leaves]\nidentifier = 'word'", "no class 'word'"),
        ("drops = []", "unknown field `drops`"),
        ('extends = "nothing"', "extends 'nothing'"),
        ("[", "normalize.toml"),
    ],
)
def test_a_wrong_table_is_named(tmp_path, text, message):
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "normalize.toml").write_text(text)
    with pytest.raises(CqError, match=message):
        tables_of((*FOLDERS, str(tmp_path)), "python", load_language("tree_sitter_python"))


SHELF = """
def first_{0}(items):
    if not isinstance(items, (list, tuple)):
        raise TypeError("no list")
    for {1} in range(len(items)):
        items[{1}] = items[{1}].strip()
    return items


def second_{0}(path):
    with open(path) as {1}:
        return {1}.read()  # a comment


def third_{0}(a, b):
    b.append(isinstance(a, (list, tuple)))
    return {0} if isinstance(a, (list, tuple)) else len(b) == {0}
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Five files that repeat themselves, and some that are no source."""
    root = tmp_path_factory.mktemp("shelf")
    for number in range(5):
        (root / f"m{number}.py").write_text(SHELF.format(number, "xyzuv"[number]))
    (root / "zcopy.py").write_text(SHELF.format(0, "x"))
    (root / "made.py").write_text("# @generated\n" + SHELF.format(9, "g"))
    (root / "broken.py").write_text("def f(:\n")
    (root / "binary.py").write_bytes(b"\0\1\2")
    return root


@pytest.fixture
def mined(cq, shelf, tmp_path):
    """Run `cq mine` with facts of its own."""
    return lambda *arguments, **rest: cq("mine", *arguments, "--cache-dir", tmp_path / "cache", cwd=shelf, **rest)


def test_idioms_are_listed_with_a_real_place(mined):
    done = mined("--top", 20)
    assert done.status == 0
    assert "isinstance($A, (list, tuple))" in done.stdout
    assert "for $A in range(len($B)):" in done.stdout
    assert "\n  m0.py:" in done.stdout
    assert "5 places in 5 files" in done.stdout
    assert "left out: binary 1, duplicate 1, generated 1" in done.stderr


def test_json_and_a_second_run(mined):
    first = json.loads(mined("--json").stdout)
    assert first["summary"]["left_out"] == {"binary": 1, "duplicate": 1, "generated": 1}
    assert first["summary"]["files"] == 6
    again = json.loads(mined("--json").stdout)
    assert again["idioms"] == first["idioms"]
    assert again["report"].get("files_parsed", 0) == 0


def test_nothing_is_found(cq, tmp_path):
    (tmp_path / "a.py").write_text("a = 1\n")
    assert cq("mine", tmp_path, "--no-cache").status == 1


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="needs /proc")
def test_a_file_that_cannot_be_read_and_one_of_100_mb(tmp_path, capsysbinary):
    for number in range(3):
        (tmp_path / f"m{number}.py").write_text(SHELF.format(number, "xyz"[number]))
    (tmp_path / "memory.py").symlink_to("/proc/self/mem")
    for number in range(50):
        (tmp_path / f"v{number}.py").symlink_to("/nowhere")
    with (tmp_path / "large.py").open("wb") as file:
        file.truncate(100_000_000)
    assert mine({"json": True, "no_cache": True}, [str(tmp_path)]) == 2
    out, err = capsysbinary.readouterr()
    answer = json.loads(out)
    assert "isinstance($A, (list, tuple))" in " ".join(each["pattern"] for each in answer["idioms"])
    assert (answer["summary"]["files"], answer["summary"]["left_out"]) == (3, {"large": 1, "unreadable": 1})
    assert err == b"cq: memory.py: Input/output error\n"
    assert mine({"no_cache": True}, [str(tmp_path / "large.py")]) == 1
    assert b"left out: large 1" in capsysbinary.readouterr().err


def test_rules_find_their_places_again(mined, shelf):
    idioms = json.loads(mined("--json", "--top", 100, "--by", "count").stdout)["idioms"]
    assert len(idioms) >= 4
    for idiom in idioms:
        rule = yaml.safe_load(idiom["rule"])
        config = {key: rule[key] for key in ("rule", "constraints") if key in rule}
        source = (shelf / idiom["examples"][0]["path"]).read_text()
        found = matches(tree(source, "python").root(), Rule(id="x", language="python", route="config", config=config))
        assert any(node.text() == idiom["examples"][0]["text"] for node in found), idiom["pattern"]
    done = mined("verify")
    assert done.status == 0
    assert done.stdout.count("recall 100.0%") == len(idioms)


def test_an_idiom_by_its_key(mined):
    idiom = json.loads(mined("--json").stdout)["idioms"][0]
    key = idiom["key"][:8]
    assert idiom["pattern"].split("\n")[0] in mined("show", key).stdout
    assert mined("rule", key).stdout == idiom["rule"]
    refs = mined("refs", key).stdout.splitlines()
    assert len(refs) == idiom["occurrences"]
    assert refs[0].startswith("m0.py:")
    assert mined("show", "ffffffffffff").status == 2
    assert "takes one key" in mined("rule").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "html"), "a form of reports"),
        (("--level", "deep"), "deep"),
        (("--min-files", "0"), "out of range"),
        (("report", "--format", "rules"), "needs a name"),
    ],
)
def test_wrong_arguments(mined, arguments, message):
    done = mined(*arguments)
    assert done.status == 2
    assert message in done.stderr


def test_a_damaged_segment_is_made_anew(mined, tmp_path):
    mined("-q")
    segments = list((tmp_path / "cache" / "mine").glob("semantic-*/*.seg"))
    assert len(segments) == 1
    data = segments[0].read_bytes()
    segments[0].write_bytes(data[:-3] + bytes([data[-3] ^ 1]) + data[-2:])
    (tmp_path / "cache" / "mine" / "other.seg.tmp").write_bytes(b"half")
    done = mined("--top", 7, "--json")
    assert "made anew" in done.stderr
    assert json.loads(done.stdout)["summary"]["files"] == 6


def test_an_edit_counts_like_a_fresh_run(cq, tmp_path):
    root = tmp_path / "src"
    root.mkdir()
    for number in range(5):
        (root / f"m{number}.py").write_text(SHELF.format(number, "xyzuv"[number]))

    def run(cache):
        answer = json.loads(cq("mine", root, "--json", "--cache-dir", tmp_path / cache).stdout)
        return answer["summary"] | {"known": 0}, answer["idioms"]

    run("kept")
    (root / "m0.py").unlink()
    (root / "m1.py").rename(root / "renamed.py")
    (root / "m2.py").write_text("def f(items):\n    return isinstance(items, (list, tuple))\n")
    assert run("kept") == run("fresh")


def test_a_page_holds_what_it_shows_as_data(cq, tmp_path):
    evil = "def f_{0}(a):\n    return a.append('</script><img src=x onerror=alert(1)>') or len(a) == 0\n"
    for number in range(4):
        (tmp_path / f"m{number}.py").write_text(evil.format(number))
    done = cq("mine", "report", tmp_path, "--level", "concrete", "--no-cache")
    assert done.status == 0
    assert "<img" not in done.stdout
    assert done.stdout.count("</script>") == 2
    assert "http" not in done.stdout.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    text = done.stdout.split('id="data">')[1].split("</script>")[0]
    assert any("onerror" in idiom["pattern"] for idiom in json.loads(text)["idioms"])


def test_reports_in_other_forms(mined, tmp_path):
    assert "```python\nisinstance($A, (list, tuple))\n```" in mined("report", "--format", "markdown").stdout
    sarif = json.loads(mined("report", "--format", "sarif").stdout)
    assert sarif["runs"][0]["results"]
    folder = tmp_path / "rules"
    done = mined("report", "--format", "rules", "-o", folder)
    assert done.status == 0 and re.fullmatch(rf"{re.escape(str(folder))}: \d+ idioms?\n", done.stderr)
    rules = sorted((folder / "rules").glob("*.yml"))
    assert len(rules) >= 4
    assert yaml.safe_load(rules[0].read_text())["id"] == rules[0].stem
    assert yaml.safe_load((folder / "sgconfig.yml").read_text()) == {"ruleDirs": ["rules"]}


def test_keys_do_not_depend_on_the_hash_seed():
    script = "from test_mine import anchors; print(anchors('python', 'a.append(len(b) == 0)'))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.path.dirname(__file__)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_rare_variant_and_idioms_that_go_together(cq, tmp_path):
    for number in range(14):
        lines = (f"a, b = c.d{number}()", "a.name = str(a.name)", "b.append(a)")
        (tmp_path / f"m{number:02}.py").write_text("\n".join(lines) + "\n")
    (tmp_path / "slip.py").write_text("a.name = str(b.name)\n")
    for number in range(20):
        (tmp_path / f"n{number}.py").write_text(f"print({number})\n")
    odd = cq("mine", "odd", tmp_path, "--no-cache", cwd=tmp_path)
    assert odd.stdout.startswith("slip.py:1:1: 1 of 15 places look like this\n  | a.name = str(b.name)\n")
    pairs = json.loads(cq("mine", "pairs", tmp_path, "--no-cache", "--json", cwd=tmp_path).stdout)["rows"]
    assert "$A.append($B)" in {pair["second_pattern"] for pair in pairs} | {pair["first_pattern"] for pair in pairs}
    assert all(pair["together"] == 14 for pair in pairs)


LOOK = """(() => {
  const shown = () => document.getElementById("shown").value;
  const set = (id, value) => {
    const field = document.getElementById(id);
    field.value = value;
    field.dispatchEvent(new Event("input"));
    return shown();
  };
  const all = shown();
  const call = set("kind", "call");
  const none = set("text", "nothing is like this");
  set("kind", "");
  const found = set("text", "script");
  const pattern = document.querySelector("#detail pre").textContent;
  set("text", "");
  for (let time = 0; time < 9; time++) document.dispatchEvent(new KeyboardEvent("keydown", {key: "k"}));
  const first = document.querySelector("#detail dd").textContent;
  document.dispatchEvent(new KeyboardEvent("keydown", {key: "j"}));
  const second = document.querySelector("#detail dd").textContent;
  return {all, call, none, found, pattern, moved: first !== second, images: document.images.length};
})()"""


def test_the_page_in_a_browser(cq, tmp_path):
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on the PATH (Debian: apt-get install chromium)")
    evil = "def f_{0}(a):\n    a.append('</script><img src=x onerror=alert(1)>')\n    return len(a) == 0\n"
    for number in range(4):
        (tmp_path / f"m{number}.py").write_text(evil.format(number))
    page = tmp_path / "page.html"
    assert cq("mine", "report", tmp_path, "--level", "concrete", "--no-cache", "-o", page).status == 0
    browser = Browser(program, 900, 600)
    try:
        browser.open(page)
        seen = browser.run(LOOK)
        requests, errors = browser.requests, browser.errors
    finally:
        browser.close()
    total = int(seen["all"].split()[0])
    assert total >= 2
    assert 0 < int(seen["call"].split()[0]) < total
    assert seen["none"].startswith("0 of ")
    assert int(seen["found"].split()[0]) >= 1
    assert "</script><img" in seen["pattern"]
    assert seen["moved"]
    assert seen["images"] == 0
    assert [each for each in requests if not each.startswith("file://")] == []
    assert errors == []


def test_what_is_kept_is_counted_cleared_and_bounded(mined, shelf, cq, tmp_path):
    def stats():
        return json.loads(cq("cache", "stats", "--json", "--cache-dir", tmp_path / "cache").stdout)

    assert mined(".").status == 0
    kept = stats()
    assert kept["blob_bytes"] == kept["bytes"] > 0
    old = tmp_path / "cache" / "mine" / "semantic-0" / "old.seg"
    old.parent.mkdir()
    old.write_bytes(b"x" * 1000)
    os.utime(old, (1, 1))
    for size, stays in (("100M", True), ("4K", False)):  # too little for what this run needs: that stays
        (shelf / "more.py").write_text(f"def more():\n    return {size!r}\n")
        assert mined(".", env={"CQ_CACHE_SIZE": size}).status == 0
        assert old.exists() == stays
    assert stats()["blob_bytes"] > kept["blob_bytes"]
    assert "deleted" in cq("cache", "clear", "--cache-dir", tmp_path / "cache").stdout
    assert stats()["bytes"] == 0


@pytest.mark.parametrize("name", ["idioms.parquet", "idioms.sqlite"])
def test_idioms_as_a_table(mined, tmp_path, name):
    path = tmp_path / name
    path.write_text("of an earlier run")
    done = mined("--json", "--export", path)
    idioms = json.loads(done.stdout)["idioms"]
    database = duckdb.connect() if name.endswith("parquet") else sqlite3.connect(path)
    if name.endswith("parquet"):
        database.execute(f"create view idioms as select * from '{path}'")
        database.execute("create view places as select key, unnest(places, recursive := true) from idioms")
    rows = database.execute("select key, pattern, occurrences from idioms order by score desc, key").fetchall()
    assert sorted(rows) == sorted((each["key"], each["pattern"], each["occurrences"]) for each in idioms)
    places = dict(database.execute("select key, count(*) from places group by key").fetchall())
    assert places == {each["key"]: each["occurrences"] for each in idioms}
    first = database.execute("select path from places order by path limit 1").fetchall()
    database.close()
    assert first == [("m0.py",)]


def test_a_table_that_cannot_be_written(mined, tmp_path):
    for path, message in (("a.txt", "what is it to be?"), (tmp_path / "no" / "a.db", "not written")):
        done = mined("--export", path)
        assert (done.status, message in done.stderr) == (2, True)
    assert "is for idioms" in mined("odd", "--export", "a.db").stderr


def test_a_run_that_knows_its_files_reads_none(tmp_path, monkeypatch, capsysbinary):
    root = tmp_path / "src"
    root.mkdir()
    for number in range(5):
        (root / f"m{number}.py").write_text(SHELF.format(number, "xyzuv"[number]))
    monkeypatch.setattr("cq.mining.listing._SETTLED_NS", -(10**15))
    read = mined_module._read
    reads = []
    monkeypatch.setattr(mined_module, "_read", lambda *given: reads.append(1) or read(*given))

    def run(**more):
        mine({"json": True, "cache_dir": str(tmp_path / "cache"), **more}, [str(root)])
        answer = json.loads(capsysbinary.readouterr().out)
        return {name: answer[name] for name in ("query", "summary", "idioms")}

    first = run()
    assert run() == first
    assert len(reads) == 1
    (known,) = (tmp_path / "cache" / "mine" / "results").glob("*.known")
    known.write_bytes(b"damaged")
    assert run()["idioms"] == first["idioms"]
    assert len(reads) == 2
    (root / "m1.py").write_text("def f(items):\n    return isinstance(items, (list, tuple))\n")
    assert run()["summary"]["anchors"] < first["summary"]["anchors"]
    (root / "m1.py").unlink()
    assert run()["summary"]["files"] == 4
    assert len(run(top=1)["idioms"]) == 1
    (root / "setup.py").write_text("f()\n")
    run()
    assert len(reads) == 6


def facts_of(number):
    rows = array("q", [number, number, 1 | 5 << 16, number | (number + 9) << 32]).tobytes()
    return bytes([number]) * 16, FileFacts(f"{number}.py", "python", rows, array("i", [1]).tobytes(), 1)


def test_two_miners_on_one_folder(tmp_path):
    one, other = Segments(str(tmp_path)), Segments(str(tmp_path))
    for segments, numbers in ((one, (1, 2)), (other, (2, 3))):
        for number in numbers:
            segments.add(*facts_of(number))
    one.flush()
    other.flush()
    both = Segments(str(tmp_path))
    assert sorted(both.blobs) == [bytes([number]) * 16 for number in (1, 2, 3)]
    counted = count(both, {digest: [0] for digest in both.blobs}, False, 1, 1)
    assert (counted.rows, counted.counts.occurrences.tolist()) == (3, [1, 1, 1])


def test_what_was_found_is_shown_where_there_is_no_room_to_keep_it(shelf, tmp_path, monkeypatch, capsysbinary):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(results_module, "write_whole", full)
    assert mine({"top": 20, "cache_dir": str(tmp_path)}, [str(shelf)]) == 0
    out, err = capsysbinary.readouterr()
    assert b"isinstance($A, (list, tuple))" in out
    assert f"{tmp_path}: what was found is not kept: No space left on device\n".encode() in err


def test_a_full_disk(tmp_path, monkeypatch):
    segments = Segments(str(tmp_path))
    segments.add(*facts_of(1))
    segments.flush()
    segments.add(*facts_of(2))
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(CqError, match="facts are not kept: No space left on device"):
            segments.flush()
    assert [name[-4:] for name in os.listdir(tmp_path)] == [".seg"]
    assert list(Segments(str(tmp_path)).blobs) == [bytes([1]) * 16]


@pytest.mark.parametrize(
    ("text", "kind", "pattern", "places"),
    [
        ("const a = Object.create(null);", "lexical_declaration", "const $A = Object.create(null)", 2),
        (
            "for (let i = 0; i < a.length; i++) { a.b(i); a.c(i) }",
            "for_statement",
            "for (let $A = 0; $A < $B.length; $A++) { $B.b($A)\n$B.c($A) }",
            2,
        ),
        ("if (a) {\n  b.c(1);\n  return;\n}", "if_statement", "if ($A) {\n  $B.c(1)\n  return\n}", 2),
    ],
)
def test_a_rule_does_not_ask_for_what_a_line_end_does_for(text, kind, pattern, places):
    grammar = load_language(lane_table(FOLDERS).languages["javascript"].grammar)
    table, data = tables_of(FOLDERS, "javascript", grammar), text.encode()
    whole, trace = parse(grammar, data), Trace(set(), set())
    root = whole.root_node
    Normalizer(table, "semantic").anchors(whole, data, trace)
    form = FormMaker(table, data, trace, "semantic").form(root.children[0])
    assert (form.kind, form.text) == (kind, pattern)
    rule = rule_of(form, table, "tree_sitter_javascript", "javascript")
    config = {key: rule[key] for key in ("rule", "constraints") if key in rule}
    both = (
        f"{text}\n{text.replace(';', chr(10)) if kind != 'for_statement' else text.replace('; a.c', chr(10) + 'a.c')}\n"
    )
    found = matches(tree(both, "javascript").root(), Rule(id="x", language="javascript", route="config", config=config))
    assert len(found) == places


def test_a_rule_finds_members_of_a_type_with_semicolons_between_them_and_without():
    package = lane_table(FOLDERS).languages["typescript"].grammar
    grammar = load_language(package)
    table, data = tables_of(FOLDERS, "typescript", grammar), b"var A: {\n    prototype: A;\n    new(): A;\n};"
    whole, trace = parse(grammar, data), Trace(set(), set())
    Normalizer(table, "semantic").anchors(whole, data, trace)
    form = FormMaker(table, data, trace, "semantic").form(whole.root_node.children[0])
    assert form.text == "var $A: {\n    prototype: $T\n    new(): $T\n}"
    rule = rule_of(form, table, package, "typescript")
    config = {key: rule[key] for key in ("rule", "constraints")}
    both = data.decode() + "\nvar B: {\n    prototype: B\n    new(): B\n}\n"
    found = matches(tree(both, "typescript").root(), Rule(id="x", language="typescript", route="config", config=config))
    assert len(found) == 2


@pytest.mark.parametrize(
    ("language", "text", "pattern"),
    [
        ("typescript", "const a = {\n  b: c,\n  d: e,\n}", "const $A = {\n  b: $B,\n  d: $C\n}"),
        ("typescript", "type A = B<\n  C,\n  D,\n>", "type $T = $U<\n  $V,\n  $W\n>"),
        ("typescript", "const a = f(b, c,)", "const $A = $B($C, $D)"),
        ("typescript", "const a = f(b,)", "const $A = $B($C)"),
        ("python", "x.y((a,))", "$A.y(($B,))"),
        ("python", "x.y((a, b,))", "$A.y(($B, $C))"),
    ],
)
def test_a_comma_behind_the_last_of_a_list_is_no_part_of_a_pattern(language, text, pattern):
    package = lane_table(FOLDERS).languages[language].grammar
    grammar = load_language(package)
    table, data = tables_of(FOLDERS, language, grammar), text.encode()
    whole, trace = parse(grammar, data), Trace(set(), set())
    Normalizer(table, "semantic").anchors(whole, data, trace)
    form = FormMaker(table, data, trace, "semantic").form(whole.root_node.children[0])
    assert form.text == pattern


def test_a_string_where_no_name_may_stand_is_found_in_any_quotes():
    text = "const a = <A b='x' c={d('y')} />;"
    package = lane_table(FOLDERS).languages["tsx"].grammar
    grammar = load_language(package)
    table, data = tables_of(FOLDERS, "tsx", grammar), text.encode()
    whole, trace = parse(grammar, data), Trace(set(), set())
    root = whole.root_node
    Normalizer(table, "semantic").anchors(whole, data, trace)
    element = root.descendant_for_byte_range(text.index("<"), text.index(">"))
    rule = rule_of(FormMaker(table, data, trace, "semantic").form(element), table, package, "tsx")
    printed = yaml.safe_load(rule_yaml("x", rule, "m"))
    assert {key: printed[key] for key in rule} == rule
    assert [each["pattern"] for each in rule["rule"]["any"]] == [
        f"<$A b={quote}$$$S{quote} c={{$B($S1)}} />" for quote in "\"'"
    ]
    config = {key: rule[key] for key in ("rule", "constraints")}
    places = '<A b="x y" c={e("z")} />;\n<A b="" c={e("z")} />;\n<A b=\'x\' c={e("z")} />;\n<A b={x} c={e("z")} />;\n'
    found = matches(tree(places, "tsx").root(), Rule(id="x", language="tsx", route="config", config=config))
    assert [node.range().start.line for node in found] == [0, 1, 2]


def test_an_empty_string_is_found_in_any_quotes():
    grammar = load_language("tree_sitter_javascript")
    table, data = tables_of(FOLDERS, "javascript", grammar), b"f(a.replace(/x/, ''))"
    whole, trace = parse(grammar, data), Trace(set(), set())
    root = whole.root_node
    Normalizer(table, "semantic").anchors(whole, data, trace)
    call = root.children[0].children[0].children[1].children[1]
    rule = rule_of(FormMaker(table, data, trace, "semantic").form(call), table, "tree_sitter_javascript", "javascript")
    assert [each["pattern"] for each in rule["rule"]["any"]] == ['$A.replace($O, "")', "$A.replace($O, '')"]


def test_a_misspelt_command_is_no_path(cq, tmp_path):
    done = cq("mine", "explian", "0717a94bc63c", cwd=tmp_path)
    assert done.status == 2
    assert done.stderr.endswith("/explian\nhint: did you mean cq mine explain?\n")
    assert "check the spelling of the path" in cq("mine", "source", cwd=tmp_path).stderr
    (tmp_path / "od").mkdir()
    assert "did you mean" not in cq("mine", "od", "--no-cache", cwd=tmp_path).stderr


def test_nothing_odd_is_said(cq, tmp_path):
    (tmp_path / "a.py").write_text("a = 1\n")
    for word, what in (("odd", "odd place"), ("pairs", "pair")):
        done = cq("mine", word, "--no-cache", cwd=tmp_path)
        assert (done.status, done.stdout, done.stderr) == (1, "", f"cq: no {what} in 1 file\n")


def test_languages_without_a_table_are_named():
    assert left_out_text([("no-table", 9), ("empty", 1)]) == "left out: in languages without a table 9, empty 1"


def test_a_rule_finds_places_with_comments_that_tell_a_tool_something(cq, tmp_path):
    for number in range(4):
        comment = "/*#__PURE__*/ " if number % 2 else ""
        (tmp_path / f"m{number}.js").write_text(
            f"const a{number} = {comment}Symbol('x');\nf(/* b */ c, d.e(f{number}));\n"
        )
    idioms = json.loads(cq("mine", tmp_path, "--no-cache", "--json").stdout)["idioms"]
    patterns = [yaml.safe_load(idiom["rule"])["rule"] for idiom in idioms]
    assert {
        "any": [{"pattern": "const $A = Symbol($S)"}, {"pattern": "const $A = /*#__PURE__*/ Symbol($S)"}]
    } in patterns
    assert {"pattern": "$A($B, $C.e($D))"} in patterns


def test_counts_by_ranges_of_the_key_are_those_of_one_range(shelf, tmp_path):
    facts = MineAnalysis(MinePlan(folders=FOLDERS, level="semantic"))
    segments = Segments(str(tmp_path))
    for number in range(5):
        data = (shelf / f"m{number}.py").read_bytes()
        segments.add(bytes([9 - number]) * 16, facts.run("a.py", data))
        if number == 2:
            segments.flush()
    segments.flush()
    projects = {digest: [digest[0] % 2] if digest[0] % 3 else [0, 1] for digest in segments.blobs}
    for skeletons in (False, True):
        one, many = (count(segments, projects, skeletons, 2, 2, rows_at_once=size) for size in (10**6, 7))
        assert (one.rows, one.distinct, one.digests) == (many.rows, many.distinct, many.digests)
        assert len(one.counts.keys) > 3 and max(one.counts.parents) >= 0
        for here, there in zip((*one.counts, *one.places), (*many.counts, *many.places), strict=True):
            assert here.tolist() == there.tolist()


@pytest.mark.skipif(find_spec("rapidfuzz") is None, reason="needs cq[fuzzy]")
def test_idioms_that_are_nearly_the_same_are_variations_of_the_best(cq, tmp_path):
    lines = (
        "import logging, warnings, RemovedIn50Warning",
        "warnings.warn('a', RemovedIn50Warning, stacklevel=2)",
        "warnings.warn_all('a', RemovedIn50Warning, stacklevel=2)",
        "logging.getLogger(__name__).info('b')",
    )
    for number in range(4):
        (tmp_path / f"m{number}.py").write_text("\n".join((*lines, f"f({number})")))

    def mined(*more):
        return json.loads(cq("mine", tmp_path, "--no-cache", "--json", *more).stdout)["idioms"]

    assert [len(idiom.get("variations", ())) for idiom in mined()] == [0, 0, 0]
    assert sorted(len(idiom.get("variations", ())) for idiom in mined("--fuzzy", 85)) == [0, 1]
    found = leaders(
        [Signed(("x", "call"), tuple(text)) for text in ("abcdefgh", "abcdefgx", "abcdefyx", "abzzzzzz")], 85
    )
    assert found == [0, 0, 2, 3]  # like the leader, not like one that is like it
    assert leaders([Signed(("x", kind), ("a",)) for kind in ("call", "list")], 85) == [0, 1]
    done = cq("mine", "pairs", tmp_path, "--fuzzy", 85)
    assert (done.status, "--fuzzy is for idioms" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("copies", "apart"),
    [("one/{0}.js", "many/{0}/index.js"), ("s{0}/a.stories.js", "s{0}/b.js"), ("s{0}/a.test.js", "s{0}/b.js")],
)
def test_copies_in_one_folder_and_what_only_tries_things_out_rank_behind(cq, tmp_path, copies, apart):
    for number in range(6):
        for path, text in (
            (copies, "show(title.padStart(4).toUpperCase(), subtitle.trim().normalize());\n"),
            (apart, "paint(canvas.resize(4).inverse(), palette.copy());\n"),
        ):
            file = tmp_path / path.format(number)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text + f"// {number}\n")
    done = cq("mine", tmp_path, "--json", "--no-cache", "--top", 1)
    assert [each["pattern"] for each in json.loads(done.stdout)["idioms"]] == ["$A($B.resize($N).inverse(), $C.copy())"]


def test_an_empty_string_of_python_is_found_in_any_quotes(cq, tmp_path):
    for number, text in enumerate(("''", '""', "''")):
        (tmp_path / f"m{number}.py").write_text(f"x{number} = {text}.join(y)\nf({number})\n")
    (idiom,) = json.loads(cq("mine", tmp_path, "--no-cache", "--json").stdout)["idioms"]
    patterns = [each["pattern"] for each in yaml.safe_load(idiom["rule"])["rule"]["any"]]
    assert patterns == ['$A = "".join($B)', "$A = ''.join($B)"]
