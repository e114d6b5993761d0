"""What a command may load: start-up time is part of every answer."""

import subprocess
import sys
from pathlib import Path

LIBRARY = Path(__file__).parent / "corpus" / "library"

# Each of these costs more than parsing a file of usual size.
HEAVY = {
    "argparse", "ast", "asyncio", "attrs", "concurrent.futures.process", "ctypes", "cyclopts", "dataclasses", "difflib",
    "diskcache", "hashlib", "importlib.metadata", "importlib.resources", "inspect", "logging", "multiprocessing",
    "pathlib", "pathspec", "pygit2", "rich", "shutil", "socket", "subprocess", "tempfile", "typing_extensions",
    "urllib.parse",
}  # fmt: skip

RUN = """
import os, sys
sys.argv = ["cq", *{arguments!r}]
before = set(sys.modules)
os._exit = sys.exit
try:
    from cq.__main__ import main
    main()
except SystemExit:
    pass
print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""


def modules(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(arguments=list(arguments))],
        capture_output=True,
        text=True,
        cwd=LIBRARY,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


def test_version_loads_nothing():
    loaded = modules("--version")
    assert {name for name in loaded if not name.startswith("cq")} == set()
    assert loaded == {"cq", "cq.__main__", "cq.version"}


def test_a_search_loads_what_it_uses():
    loaded = modules("search", "Shelf", "--root", "src")
    assert loaded & HEAVY == set()
    packages = {name.partition(".")[0] for name in loaded if not name.startswith("_")} - sys.stdlib_module_names
    assert packages <= {"cq", "msgspec", "tree_sitter", "tree_sitter_python"}
    # Rust is not asked for, JSON is not written, nothing is explained.
    assert not {"cq.render.json", "cq.search.why_not", "cq.index.explain", "cq.cli.app", "cq.scan.pool"} & loaded
    # A text without headings has no place for what names refer to.
    assert "cq.symbols" not in loaded
    assert "cq.symbols" in modules("search", "Shelf", "--root", "src", "--heading")


def test_files_loads_no_grammar():
    assert not {name for name in modules("files") if name.startswith("tree_sitter_")}
