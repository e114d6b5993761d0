"""Settings from files and the environment: which counts, where it is from, and what is said of a wrong one."""

import json

import pytest

from cq.cli.app import run_app
from cq.cli.configured import with_settings
from cq.cli.options.chunk import CHUNK
from cq.errors import CqError


@pytest.fixture
def top(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(
        "[project]\nname = 'x'\n\n[tool.cq.chunk]\nmax = 500\nkinds = ['function']\n"
    )
    (tmp_path / ".cq.toml").write_text("# ours\n[chunk]\ntarget = 200\nmax = 300\nheader = false\n")
    (tmp_path / "below").mkdir()
    monkeypatch.setenv("CQ_CHUNK_TARGET", "250")
    return tmp_path


def test_the_later_counts(top):
    values = with_settings("chunk", CHUNK, {"overlap": 9}, str(top / "below"))
    assert values == {"target": 250, "most": 500, "kinds": ["function"], "header": False, "overlap": 9}
    assert with_settings("chunk", CHUNK, {"target": 90, "header": True}, str(top))["target"] == 90


def test_config_says_where(top, capsys):
    assert run_app(["config", str(top / "below"), "--format", "jsonl"]) == 0
    rows = {row["key"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert rows["target"] == {"command": "chunk", "key": "target", "value": 250, "origin": "CQ_CHUNK_TARGET"}
    assert rows["max"]["origin"] == f"{top}/pyproject.toml:5"
    assert rows["header"]["origin"] == f"{top}/.cq.toml:5" and rows["header"]["value"] is False
    assert run_app(["config", str(top), "--all"]) == 0
    assert "chunk.tokenizer = -  (default)" in capsys.readouterr().out


def test_a_repository_ends_the_search(top):
    (top / "below" / ".git").mkdir()
    (top / "below" / ".git" / "HEAD").write_text("ref: x\n")
    assert with_settings("chunk", CHUNK, {}, str(top / "below")) == {"target": 250}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[chunk]\n\ntraget = 3\n", [".cq.toml:3", "did you mean target"]),
        ("[chunk]\nmax = 'many'\n", [".cq.toml:2", "a number"]),
        ("[chunk]\nmax = true\n", [".cq.toml:2", "a number"]),
        ("[chunk]\nview = 'rows'\n", [".cq.toml:2", "partition, defs"]),
        ("[chunk]\nkinds = [1]\n", [".cq.toml:2", "list of texts"]),
        ("[chunks]\nmax = 3\n", [".cq.toml:1", "chunk"]),
        ("chunk = 3\n", [".cq.toml:1", "table"]),
        ("[chunk\n", [".cq.toml"]),
        ("[chunk]\noutput = 'x'\n", [".cq.toml:2", "no setting 'output'"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, words):
    (tmp_path / ".cq.toml").write_text(text)
    with pytest.raises(CqError) as caught:
        run_app(["chunk", str(tmp_path)])
    for word in words:
        assert word in f"{caught.value.message} {caught.value.hint}"


def test_a_variable_that_nobody_knows(tmp_path, monkeypatch):
    monkeypatch.setenv("CQ_CHUNK_TRAGET", "3")
    with pytest.raises(CqError, match="CQ_CHUNK_TRAGET") as caught:
        run_app(["chunk", str(tmp_path)])
    assert "CQ_CHUNK_TARGET" in caught.value.hint
