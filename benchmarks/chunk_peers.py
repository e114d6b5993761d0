"""Other chunkers on the files that a list names: CPU of cutting each with a limit of 2,000 characters, one process.

    python -m venv PEERS && PEERS/bin/pip install 'chonkie[code]==1.6.5' semantic-text-splitter astchunk \
        llama-index-core
    python -m venv MORE && MORE/bin/pip install treesitter-chunker langchain-text-splitters
    .venv/bin/python benchmarks/chunk_peers.py FOLDER .py python --peers PEERS/bin/python,MORE/bin/python [--files 200]

Parsing alone and `cq chunk` run in cq's environment, the others in theirs, one after the other, three rounds; a tool
that is not installed, or cannot cut this language, has no row. `lost` counts files whose chunks, joined, are not the
file; `over` counts chunks over the limit (astchunk counts no blanks, treesitter-chunker has no limit).
"""

import argparse
import gc
import importlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time

LIMIT = 2000
ROUNDS = 3


def cq_chunk(language):
    import cq

    def cut(path, text):
        return cq.chunk_source(text.encode(), language, path=path, unit="chars", most=LIMIT, target=1500)

    return cut, lambda found: [(row.text, cq.whole_text(row)) for row in found]


def parse_alone(language):
    from tree_sitter import Parser

    from cq.grammar.language import load_language

    parser = Parser(load_language(f"tree_sitter_{language}"))
    return (lambda path, text: parser.parse(text.encode())), None


def chonkie(language):
    from chonkie import CodeChunker

    chunker = CodeChunker(tokenizer="character", chunk_size=LIMIT, language=language)
    return (lambda path, text: chunker.chunk(text)), lambda found: [(each.text, each.text) for each in found]


def splitter(language):
    import tree_sitter_python
    import tree_sitter_rust
    from semantic_text_splitter import CodeSplitter

    grammar = {"python": tree_sitter_python, "rust": tree_sitter_rust}[language]
    made = CodeSplitter(grammar.language(), LIMIT, trim=False)
    return (lambda path, text: made.chunks(text)), lambda found: [(each, each) for each in found]


def astchunk(language):
    from astchunk import ASTChunkBuilder

    builder = ASTChunkBuilder(max_chunk_size=LIMIT, language=language, metadata_template="none")
    return (lambda path, text: builder.chunkify(text)), lambda found: [(each["content"],) * 2 for each in found]


def llama_index(language):
    from llama_index.core.node_parser import CodeSplitter
    from tree_sitter import Language, Parser

    grammar = importlib.import_module(f"tree_sitter_{language}")
    made = CodeSplitter(language=language, max_chars=LIMIT, chunk_lines=80, parser=Parser(Language(grammar.language())))
    return (lambda path, text: made.split_text(text)), lambda found: [(each, each) for each in found]


def treesitter_chunker(language):
    from chunker import chunk_text

    # It has no limit, and is several times slower with metadata.
    return (
        lambda path, text: chunk_text(text, language, path, extract_metadata=False),
        lambda found: [(each.content, each.content) for each in found],
    )


def langchain(language):
    from langchain_text_splitters import Language, RecursiveCharacterTextSplitter

    made = RecursiveCharacterTextSplitter.from_language(Language(language), chunk_size=LIMIT, chunk_overlap=0)
    return (lambda path, text: made.split_text(text)), lambda found: [(each, each) for each in found]


OURS = {"parse alone": parse_alone, "cq chunk": cq_chunk}
PEERS = {
    "chonkie": chonkie,
    "semantic-text-splitter": splitter,
    "astchunk": astchunk,
    "llama-index": llama_index,
    "treesitter-chunker": treesitter_chunker,
    "langchain (no parser)": langchain,
}


def measured(name, make, language, paths):
    """One line of the table, or why there is none."""
    try:
        cut, texts_of = make(language)
        files = []
        for path in paths:
            with open(path, encoding="utf-8", newline="") as file:
                files.append((path, file.read()))
        cut(*files[0])
    except Exception as error:  # noqa: BLE001  # whatever another tool does not want is the answer
        return {"name": name, "why": f"{type(error).__name__}: {error}"[:100]}
    gc.disable()
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        failed = 0
        for path, text in files:
            try:
                cut(path, text)
            except Exception:  # noqa: BLE001
                failed += 1
        times.append(time.process_time() - began)
    lost = over = chunks = 0
    if texts_of is not None:
        for path, text in files:
            try:
                pieces = texts_of(cut(path, text))
            except Exception:  # noqa: BLE001
                lost += 1
                continue
            chunks += len(pieces)
            lost += "".join(piece for piece, _ in pieces) != text
            over += sum(len(whole) > LIMIT for _, whole in pieces)
    return {"name": name, "cpu": times, "failed": failed, "chunks": chunks, "lost": lost, "over": over}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("extension")
    parser.add_argument("language")
    parser.add_argument("--peers", default="")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--within", default="")  # a list of files: print JSON of one tool
    parser.add_argument("--tool", default="")
    given = parser.parse_args()
    if given.within:
        with open(given.within) as file:
            paths = json.load(file)
        print(json.dumps(measured(given.tool, {**OURS, **PEERS}[given.tool], given.language, paths)))
        return
    found = []
    for top, _, names in os.walk(given.folder):
        found += [os.path.join(top, name) for name in names if name.endswith(given.extension)]
    random.seed(5)
    paths = []
    for path in random.sample(sorted(found), len(found)):
        with open(path, "rb") as file:
            data = file.read()
        if data and len(data) < 400_000 and is_text(data):
            paths.append(path)
        if len(paths) == given.files:
            break
    size = sum(map(os.path.getsize, paths))
    print(f"{len(paths)} files, {size / 1e6:.1f} MB, limit {LIMIT} characters, CPU over that of parsing alone")
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump(paths, file)
    listed = file.name
    parse = 0.0
    for name in (*OURS, *PEERS):
        said = {"why": "not asked for"}
        rest = [given.folder, given.extension, given.language, "--within", listed, "--tool", name]
        for python in [sys.executable] if name in OURS else filter(None, given.peers.split(",")):
            done = subprocess.run([python, __file__, *rest], capture_output=True, text=True, check=False)
            lines = done.stdout.strip().splitlines()
            said = json.loads(lines[-1]) if lines else {"why": (done.stderr.strip().splitlines() or ["?"])[-1][:100]}
            if "ModuleNotFoundError" not in said.get("why", ""):
                break
        if "why" in said:
            print(f"  {name:<24} {said['why']}")
            continue
        parse = parse or min(said["cpu"])
        low, high = min(said["cpu"]) / parse, max(said["cpu"]) / parse
        rest = f"{said['chunks']:>7} chunks  {said['lost']:>4} lost  {said['over']:>5} over" if said["chunks"] else ""
        print(f"  {name:<24} {low:>5.2f} to {high:>5.2f}  {rest}  {said['failed'] or ''}")
    os.unlink(listed)


def is_text(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


if __name__ == "__main__":
    main()
