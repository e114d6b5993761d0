"""Small Rust projects with marks: `⟦key name⟧` defines key, `⟦=key name⟧` refers to it, first of the answers.

`⟦~key name⟧` refers to it among others, `⟦@std::vec::Vec name⟧` to something outside of the project, and
`⟦! name⟧` has no answer. A confidence may follow the key: `⟦=key:certain name⟧`.
"""

import re

from cq.index.file_tree import FileTree
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.symbols.project import Project
from cq.symbols.rust.resolver import RustResolver

_MARK = re.compile(r"⟦([=~@!]?)([^\s⟧]*) ?([^⟧]+)⟧")
MANIFEST = '[package]\nname = "app"\nedition = "2021"\n'


def resolver_of(root, files):
    """Write the files (text or bytes) into a folder, and a resolver over them."""
    files = {"Cargo.toml": MANIFEST, **files}
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    paths = sorted(path for path in files if path.endswith(".rs"))
    return RustResolver(Project(FileTree(str(root)), paths, lane_table((data_folder("queries"),))))


def check(root, files):
    """Every mark is as it says."""
    plain, definitions, asked = {}, {}, []
    for path, text in files.items():
        out = b""
        end = 0
        for mark in _MARK.finditer(text):
            out += text[end : mark.start()].encode()
            role, key, name = mark.groups()
            if role:
                asked.append((path, len(out), role, key, name))
            else:
                definitions[key] = (path, len(out))
                asked.append((path, len(out), "=", key, name))
            out += name.encode()
            end = mark.end()
        plain[path] = out + text[end:].encode()
    assert asked, "a project without marks"
    resolver = resolver_of(root, plain)
    wrong = []
    for path, start, role, key, name in asked:
        key, _, confidence = key.partition(":") if role in "=~" else (key, "", "")
        answers = resolver.definitions_at(path, start)
        given = [(each.target.path, each.target.start_byte) for each in answers]
        if role == "!":
            right = not answers
        elif role == "@":
            right = bool(answers) and not answers[0].target.path and answers[0].target.qualified_name == key
        elif role == "=":
            right = bool(given) and given[0] == definitions[key]
        else:
            right = definitions[key] in given
        if confidence and right:
            right = answers[given.index(definitions[key])].confidence == confidence
        if not right:
            said = [(each.target.qualified_name, each.target.line, each.confidence, each.reason) for each in answers]
            wrong.append(f"{path}: {name} ({role}{key} {confidence}) is {said}")
    assert not wrong, "\n".join(wrong)
    return resolver
