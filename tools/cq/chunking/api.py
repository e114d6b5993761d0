"""Chunks from Python: of bytes, of a file, of many files as they are done; and as documents of other libraries.

for chunk in cq.chunk_paths(["src"], most=600):
    store(chunk.id, cq.whole_text(chunk))
"""

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from cq.chunking.analysis import ChunkAnalysis
from cq.chunking.file_chunks import ChunkPlan, rows_of
from cq.chunking.languages import chunk_table
from cq.chunking.options import ChunkOptions, chunk_options
from cq.chunking.rows import whole_text
from cq.chunking.run import ChunkRequest, ChunkRun
from cq.errors import CqError
from cq.index.file_tree import FileTree
from cq.index.repository import find_root
from cq.index.selection import Selection
from cq.resources import data_folder
from cq.rows.chunk import ChunkRow
from cq.scan.read import read_file
from cq.scan.results import Unread
from cq.store.blobs import Blobs


def chunk_source(
    data: bytes, language: str = "", *, path: str = "", queries: Sequence[str] = (), **options: Any
) -> list[ChunkRow]:
    """The chunks of some bytes in a language; without one that of the path, and without that by lines.

    The options are those of `cq.chunking.options.chunk_options`: `unit`, `target`, `most`, `least`, `overlap`, `view`,
    `header`, `tokenizer`, `query`, `kinds`. Raises CqError for an option that cannot be, or a language nobody knows.
    """
    return _analysis(language, queries, options).rows(path or "-", data)


def chunk_file(path: str, language: str = "", *, queries: Sequence[str] = (), **options: Any) -> list[ChunkRow]:
    """The chunks of one file. Raises CqError when it cannot be read."""
    folder, name = os.path.split(os.path.abspath(path))
    data = read_file(FileTree(folder), name, True)
    if isinstance(data, Unread):
        raise CqError(f"{path}: {data.detail}", "a file that can be read")
    return _analysis(language, queries, options).rows(path, data)


def chunk_paths(
    paths: Iterable[str] = (),
    *,
    root: str = "",
    globs: Sequence[str] = (),
    queries: Sequence[str] = (),
    workers: int | None = None,
    cache_folder: str = "",
    **options: Any,
) -> Iterator[ChunkRow]:
    """The chunks of files and folders, in the order of the paths, as files are done. Ids differ over all of them.

    With a `cache_folder` files that are as they were in an earlier run are not cut again.
    """
    named = tuple(os.path.abspath(path) for path in paths)
    home = os.path.abspath(root) if root else _root_of(named)
    request = ChunkRequest(
        selection=Selection(root=home, paths=named, globs=tuple(globs)),
        folders=_folders(queries),
        options=chunk_options(**options),
        workers=workers,
    )
    blobs = Blobs(os.path.abspath(cache_folder) if cache_folder else "")
    for file in ChunkRun(request, None, blobs).files():
        yield from rows_of(file)
    blobs.flush()


def langchain_documents(chunks: Iterable[ChunkRow]) -> Iterator[Any]:
    """The chunks as documents of LangChain. Raises CqError when that is not installed."""
    try:
        from langchain_core.documents import Document
    except ImportError as error:
        raise CqError("LangChain is not installed", "pip install langchain-core") from error
    for chunk in chunks:
        yield Document(page_content=whole_text(chunk), metadata=_metadata(chunk), id=chunk.id)


def llama_index_nodes(chunks: Iterable[ChunkRow]) -> Iterator[Any]:
    """The chunks as text nodes of LlamaIndex. Raises CqError when that is not installed."""
    try:
        from llama_index.core.schema import TextNode
    except ImportError as error:
        raise CqError("LlamaIndex is not installed", "pip install llama-index-core") from error
    for chunk in chunks:
        # What is said of a chunk is for whoever filters: its header tells the model.
        metadata = _metadata(chunk)
        hidden = list(metadata)
        yield TextNode(
            id_=chunk.id,
            text=whole_text(chunk),
            metadata=metadata,
            excluded_embed_metadata_keys=hidden,
            excluded_llm_metadata_keys=hidden,
        )


_made: dict[tuple[tuple[str, ...], ChunkOptions, str], ChunkAnalysis] = {}


def _analysis(language: str, queries: Sequence[str], options: dict[str, Any]) -> ChunkAnalysis:
    """The analysis with these options, made once: whoever cuts one file after the other calls with the same."""
    key = (_folders(queries), _options(**options), language)
    found = _made.get(key)
    if found is None:
        folders, made, _ = key
        name = chunk_table(folders).named(language) if language else ""
        found = _made[key] = ChunkAnalysis(ChunkPlan(folders=folders, options=made, language=name))
    return found


def _options(**options: Any) -> ChunkOptions:
    plain = {name: tuple(value) if isinstance(value, list | set) else value for name, value in options.items()}
    return _known_options(**plain)


_known_options = functools.lru_cache(maxsize=64)(chunk_options)


def _folders(queries: Sequence[str]) -> tuple[str, ...]:
    return (_shipped_folder(), *map(os.path.abspath, queries))


@functools.cache
def _shipped_folder() -> str:
    return data_folder("queries")


def _root_of(paths: Sequence[str]) -> str:
    here = os.getcwd()
    home = find_root(here) or here
    if all(path == home or path.startswith(os.path.join(home, "")) for path in paths):
        return home
    common = os.path.commonpath([path if os.path.isdir(path) else os.path.dirname(path) for path in paths])
    return find_root(common) or common


def _metadata(chunk: ChunkRow) -> dict[str, Any]:
    """All that is said of a chunk but its text, in plain values."""
    said: dict[str, Any] = msgspec.to_builtins(chunk)
    return {key: value for key, value in said.items() if key not in ("text", "base64", "header", "overlap")}
