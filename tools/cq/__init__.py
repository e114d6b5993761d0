"""cq, a code-query toolkit: every definition, call, import and reference of a name, classified.

    from cq import NameQuery, SearchRequest, SearchRun, Selection

    run = SearchRun(SearchRequest(query=NameQuery(names=("Flask",)), selection=Selection(root="/src/flask")))
    for found in run.files():
        for role, row in found.rows:  # the row is JSON of a cq.Row
            ...
    run.summary()

The map: `index` says which files, `grammar` gives the tree, `packs` what to ask, `engine` asks it, `lanes` puts
these together for one language, `scan` runs over many files, `search` and `query` answer, `render` writes, `cli` is the
command. A package imports only from those named before it (and from `rows`, `settings`, `resources`, `errors`).
"""

from cq.version import __version__

# As typing has it, without importing typing: `cq --version` needs none of it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cq.chunking.api import chunk_file, chunk_paths, chunk_source, langchain_documents, llama_index_nodes
    from cq.chunking.rows import whole_text
    from cq.errors import CqError
    from cq.index.selection import Selection
    from cq.query.ask import QueryRequest
    from cq.query.run import QueryRun
    from cq.rows.chunk import ChunkRow
    from cq.rows.facts import Facts
    from cq.rows.listing import OutlineRow
    from cq.rows.query import EvidenceRow
    from cq.rows.search import Row, SearchAnswer, Summary
    from cq.rows.shared import Diagnostic
    from cq.search.names import NameQuery
    from cq.search.request import SearchRequest
    from cq.search.run import SearchRun

_HOMES = {
    "ChunkRow": "cq.rows.chunk",
    "CqError": "cq.errors",
    "Diagnostic": "cq.rows.shared",
    "EvidenceRow": "cq.rows.query",
    "Facts": "cq.rows.facts",
    "NameQuery": "cq.search.names",
    "OutlineRow": "cq.rows.listing",
    "QueryRequest": "cq.query.ask",
    "QueryRun": "cq.query.run",
    "Row": "cq.rows.search",
    "SearchAnswer": "cq.rows.search",
    "SearchRequest": "cq.search.request",
    "SearchRun": "cq.search.run",
    "Selection": "cq.index.selection",
    "Summary": "cq.rows.search",
    "chunk_file": "cq.chunking.api",
    "chunk_paths": "cq.chunking.api",
    "chunk_source": "cq.chunking.api",
    "langchain_documents": "cq.chunking.api",
    "llama_index_nodes": "cq.chunking.api",
    "whole_text": "cq.chunking.rows",
}

__all__ = [
    "ChunkRow",
    "CqError",
    "Diagnostic",
    "EvidenceRow",
    "Facts",
    "NameQuery",
    "OutlineRow",
    "QueryRequest",
    "QueryRun",
    "Row",
    "SearchAnswer",
    "SearchRequest",
    "SearchRun",
    "Selection",
    "Summary",
    "__version__",
    "chunk_file",
    "chunk_paths",
    "chunk_source",
    "langchain_documents",
    "llama_index_nodes",
    "whole_text",
]


def __getattr__(name: str) -> "Any":
    # Names are looked up when they are used: `cq --version` must not load a parser.
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'cq' has no attribute {name!r}")
