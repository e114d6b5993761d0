"""Git repositories for tests: made of texts, commit after commit, without git."""

import os

import pygit2

WHO = pygit2.Signature("a", "a@example.org", 0, 0)
SUBMODULE = pygit2.enums.FileMode.COMMIT


def repository_of(folder, *commits):
    """A repository with these commits, each all of its files by path; the last is checked out."""
    repository = pygit2.init_repository(folder, initial_head="main")
    for files in commits:
        commit(repository, files)
    repository.checkout_head(strategy=pygit2.enums.CheckoutStrategy.FORCE)
    return repository


def commit(repository, files, parents=None):
    """Make a commit of these files and put HEAD on it."""
    index = pygit2.Index()
    for path, data in files.items():
        data = data.encode() if isinstance(data, str) else data
        index.add(pygit2.IndexEntry(path, repository.create_blob(data), pygit2.enums.FileMode.BLOB))
    tree = index.write_tree(repository)
    parents = ([] if repository.head_is_unborn else [repository.head.target]) if parents is None else parents
    return repository.create_commit("HEAD", WHO, WHO, "one", tree, parents)


def written(folder, files):
    """Write files below a folder."""
    for path, data in files.items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
