"""Trees that several readers of a project share: each file is parsed once as long as there is room."""

from cq.grammar.language import load_language
from cq.symbols.python.summarize import GRAMMAR
from cq.symbols.trees import Trees


def test_a_file_is_parsed_once_and_the_one_asked_for_longest_ago_is_let_go():
    read = []
    files = {"a.py": b"a = 1\n", "b.py": b"# " + b"b" * (8 << 20), "c.py": b"c = 3\n", "gone.py": None}

    def content(path):
        read.append(path)
        return files[path]

    trees = Trees(content)
    language = load_language(GRAMMAR)
    assert trees.of("a.py", language) is trees.of("a.py", language)
    assert trees.of("gone.py", language) is None and trees.of("gone.py", language) is None
    assert read == ["a.py", "gone.py"]
    trees.of("b.py", language)  # larger than all the room
    trees.of("c.py", language)
    assert trees.of("c.py", language)[1] == b"c = 3\n"
    trees.of("a.py", language)
    assert read == ["a.py", "gone.py", "b.py", "c.py", "a.py"]
