"""Labels of scopes in a user's pack: a placeholder that stands for nothing is an error, not a traceback."""

import pytest


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("class {nme}", "{nme} stands for no capture here"),
        ("class {", "not a label: 'class {'"),
        ("class {trait}", "{trait} stands for no capture here"),
    ],
)
def test_a_label_names_captures(cq, tmp_path, label, message):
    folder = tmp_path / "own" / "python"
    folder.mkdir(parents=True)
    text = f'((class_definition name: (identifier) @name) (#set! cq.scope "{label}")) @definition.class\n'
    (folder / "definitions.scm").write_text(text)
    (tmp_path / "a.py").write_text("class A:\n    def f(self): pass\n")
    for command in (["search", "f"], ["outline", "a.py"], ["packs", "lint", "own"]):
        queries = [] if command[0] == "packs" else ["--queries", "own"]
        done = cq(*command, *queries, cwd=tmp_path)
        assert done.status == (1 if command[0] == "packs" else 2), command
        said = done.stderr + done.stdout
        assert "definitions.scm:1:46: " in said, command
        assert message in said, command
