"""`cq mine trend`: what became of idioms over the commits of a repository."""

import json
import shutil

import pygit2
import pytest

OLD = "import os\nos.path.join(a, 'x')\n"
NEW = "import pathlib\npathlib.Path(a).joinpath('x')\n"
COMMITS = 9


def commit(repository, files, number):
    """One more commit, whose whole tree is these files."""
    folders = {}
    for path, text in files.items():
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder, []).append((name, repository.create_blob(text.encode())))
    top = repository.TreeBuilder()
    for folder, entries in folders.items():
        builder = repository.TreeBuilder() if folder else top
        for name, blob in entries:
            builder.insert(name, blob, pygit2.enums.FileMode.BLOB)
        if folder:
            top.insert(folder, builder.write(), pygit2.enums.FileMode.TREE)
    who = pygit2.Signature("A. Writer", "a@b.c", 1_000_000_000 + number * 86_400, 0)
    parents = [] if repository.head_is_unborn else [repository.head.target]
    return str(repository.create_commit("refs/heads/main", who, who, f"Step {number}", top.write(), parents))


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A bare repository in which files go over from one idiom to another: from the fourth commit on to the eighth."""
    folder = tmp_path_factory.mktemp("history") / "shelf.git"
    repository = pygit2.init_repository(folder, bare=True, initial_head="main")
    ids = []
    for step in range(COMMITS):
        new = max(0, (step - 2) * 2) if step < 7 else 10
        files = {f"src/m{number}.py": (NEW if number < new else OLD) + f"x = {number}\n" for number in range(10)}
        files |= {f"docs/n{number}.txt": str(step) for number in range(3)}
        ids.append(commit(repository, files, step))
    return folder, ids


@pytest.fixture
def trend(cq, bare, tmp_path):
    """Run `cq mine trend` on it."""
    return lambda *arguments: cq("mine", "trend", *arguments, "--cache-dir", tmp_path / "cache", cwd=tmp_path)


@pytest.mark.parametrize("samples", [2, 3, COMMITS])
def test_what_came_and_went_with_which_commit(trend, bare, samples):
    folder, ids = bare
    done = trend(folder, "--json", "--samples", samples)
    assert done.status == 0
    answer = json.loads(done.stdout)
    found = {each["pattern"]: each for each in answer["trends"]}
    came, went = found["pathlib.Path($A).joinpath($S)"], found["os.path.join($A, $S)"]
    assert came["status"] == "adopted"
    assert (came["places"][0], came["places"][-1]) == (0, 10)
    assert ids[3].startswith(came["first"]["id"])
    assert came["first"] | {"id": ""} == {
        "id": "",
        "date": "2001-09-12",
        "author": "A. Writer",
        "summary": "Step 3",
    }
    assert "gone" not in came
    assert came["example"]["path"] == "src/m0.py"
    assert went["status"] == "abandoned"
    assert ids[0].startswith(went["first"]["id"])
    assert ids[6].startswith(went["last"]["id"])
    assert ids[7].startswith(went["gone"]["id"])
    # Ten files that are each there in two forms, and each parsed once.
    summary = answer["summary"]
    assert summary["contents"] <= 20
    assert summary["parsed"] == summary["contents"]
    assert summary["parses_per_content"] == 1.0
    again = json.loads(trend(folder, "--json", "--samples", samples).stdout)
    assert again["trends"] == answer["trends"]
    assert again["summary"]["parsed"] == 0


def test_as_text(trend, bare):
    done = trend(bare[0], "--samples", COMMITS)
    assert "Adopted: came after the beginning, and stayed" in done.stdout
    assert "│   ▂▃▅▆██│ 10 places in 10 files  python call · io\n    pathlib.Path($A).joinpath($S)\n" in done.stdout
    assert "2001-09-12 A. Writer: Step 3\n" in done.stdout
    assert "9 commits looked at, of 9 · 117 files, 20 distinct contents, 20 parsed now (1.0 times each)" in done.stderr


def test_a_revision_and_a_part_of_the_tree(trend, bare):
    folder, ids = bare
    early = json.loads(trend(folder, "--json", "--rev", ids[2]).stdout)
    assert early["summary"]["commits"] == 3
    assert early["trends"] == []
    elsewhere = trend(folder / "docs", "--json")
    assert elsewhere.status == 1
    assert json.loads(elsewhere.stdout)["summary"]["contents"] == 0


def test_what_is_no_history(trend, cq, bare, tmp_path):
    plain = tmp_path / "plain"
    plain.mkdir()
    done = trend(plain)
    assert done.status == 2
    assert "is not in a git repository" in done.stderr
    done = trend(bare[0], "--rev", "mian")
    assert done.status == 2
    assert "no such revision" in done.stderr
    assert "did you mean main?" in done.stderr
    pygit2.init_repository(plain)
    assert "has no commit yet" in trend(plain).stderr
    assert "is for the history" in cq("mine", plain, "--rev", "main").stderr


def test_a_shallow_clone_says_so(trend, bare, tmp_path):
    folder = tmp_path / "shallow.git"
    shutil.copytree(bare[0], folder)
    ids = bare[1]
    (folder / "shallow").write_text(f"{ids[-2]}\n")
    (folder / "objects" / ids[-3][:2] / ids[-3][2:]).unlink()
    done = trend(folder)
    assert done.status == 1
    assert "of 2 " in done.stderr
    assert "the clone is shallow" in done.stderr


def test_a_content_that_is_not_there_is_counted(trend, tmp_path):
    folder = tmp_path / "partial.git"
    repository = pygit2.init_repository(folder, bare=True, initial_head="main")
    for step in range(2):
        commit(repository, {f"m{number}.py": f"{OLD}y = {number + step}\n" for number in range(4)}, step)
    blob = str(repository.revparse_single("main:m0.py").id)
    (folder / "objects" / blob[:2] / blob[2:]).unlink()
    answer = json.loads(trend(folder, "--json").stdout)
    assert answer["summary"]["left_out"] == {"missing-object": 1}
    assert answer["summary"]["contents"] == 4


def test_the_report_has_a_line_of_the_history(cq, bare, tmp_path):
    pygit2.clone_repository(str(bare[0]), tmp_path / "clone")
    done = cq("mine", "report", tmp_path / "clone", "--samples", 4, "--no-cache", "--min-files", 3)
    assert done.status == 0
    page = json.loads(done.stdout.split('id="data">')[1].split("</script>")[0])
    histories = {idiom["pattern"]: idiom["history"] for idiom in page["idioms"]}
    assert histories["pathlib.Path($A).joinpath($S)"] == [0, 0, 6, 10]
    assert [each["summary"] for each in page["commits"]] == ["Step 0", "Step 2", "Step 5", "Step 8"]


def test_the_root_is_the_repository(trend, bare, tmp_path):
    at_root, by_path = trend("--root", bare[0], "--samples", 3), trend(bare[0], "--samples", 3)
    assert at_root.status == by_path.status == 0
    assert at_root.stdout == by_path.stdout
    plain = tmp_path / "plain"
    plain.mkdir()
    assert f"cq: {plain} is not in a git repository\n" in trend("--root", plain).stderr
    assert "no such folder: gone" in trend("--root", "gone").stderr
    assert "is in another repository" in trend("--root", bare[0], plain).stderr
