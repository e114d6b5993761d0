"""`cq export --scip`: the index says of every resolved name which symbol it is."""

import pytest

pytest.importorskip("google.protobuf")

from cq.export.scip_schema import scip_messages


@pytest.fixture
def project(tmp_path):
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text("")
    (tmp_path / "pkg" / "store.py").write_text(
        "class Shelf:\n    def add(self, titel):\n        été = titel\n        return été\n"
    )
    (tmp_path / "main.py").write_text("import os\nfrom pkg.store import Shelf\n\nShelf().add(os.sep)\n")
    (tmp_path / "broken.py").write_bytes(b"\xff def (\n")
    return tmp_path


def index_of(cq, project, *arguments):
    target = project / "out.scip"
    done = cq("export", "--scip", "-o", target, *arguments, cwd=project)
    assert done.status == 0, done.stderr
    index = scip_messages().index()
    index.ParseFromString(target.read_bytes())
    return index


def occurrences(index, path):
    (document,) = (each for each in index.documents if each.relative_path == path)
    return {(tuple(each.range), each.symbol, each.symbol_roles) for each in document.occurrences}


def test_names_of_several_files_share_a_symbol(cq, project):
    index = index_of(cq, project)
    shelf = "cq . . . pkg/store/Shelf#"
    assert ((0, 6, 11), shelf, 1) in occurrences(index, "pkg/store.py")
    assert ((1, 22, 27), shelf, 0) in occurrences(index, "main.py")
    assert ((3, 0, 5), shelf, 0) in occurrences(index, "main.py")
    assert ((3, 8, 11), f"{shelf}add().", 0) in occurrences(index, "main.py")


def test_what_a_function_alone_knows_is_local_and_columns_count_characters(cq, project):
    index = index_of(cq, project)
    found = {(place, symbol) for place, symbol, _ in occurrences(index, "pkg/store.py")}
    ((_, parameter),) = ((place, symbol) for place, symbol in found if place == (1, 18, 23))
    assert parameter.startswith("local ")
    assert ((2, 14, 19), parameter) in found
    ((_, variable),) = ((place, symbol) for place, symbol in found if place == (2, 8, 11))
    assert ((3, 15, 18), variable) in found


def test_the_index_says_what_made_it_and_what_comes_from_outside(cq, project):
    index = index_of(cq, project)
    assert index.metadata.tool_info.name == "cq"
    assert index.metadata.project_root == f"file://{project}"
    assert {each.symbol for each in index.external_symbols} >= {"cq . . . os/"}
    kinds = {each.symbol: each.kind for document in index.documents for each in document.symbols}
    assert kinds["cq . . . pkg/store/Shelf#"] == 7  # Class
    assert kinds["cq . . . pkg/store/Shelf#add()."] == 26  # Method


def test_the_same_project_gives_the_same_bytes(cq, project):
    first = index_of(cq, project).SerializeToString(deterministic=True)
    assert index_of(cq, project).SerializeToString(deterministic=True) == first


def test_output_needs_scip(cq, project):
    done = cq("export", "main.py", "-o", "x", cwd=project)
    assert done.status == 2
    assert "--output is for --scip" in done.stderr
    assert "--no-cache is for --scip" in cq("export", "--no-cache", "a.py", cwd=project).stderr


def test_a_folder_cannot_be_written(cq, project):
    done = cq("export", "--scip", "-o", "pkg", cwd=project)
    assert done.status == 2
    assert "pkg" in done.stderr
