"""How well chunks are found: what part of the right bytes is at hand within a number of tokens.

    .venv/bin/python benchmarks/chunk_retrieval.py commits REPO.git src/flask,flask .py python --peers PEERS/bin/python
    .venv/bin/python benchmarks/chunk_retrieval.py docs FOLDER .rs rust --peers PEERS/bin/python,MORE/bin/python

`commits`: the question is the first line of a commit's message, the answer the lines that it changed, searched in the
files as they were before it (the folders are those of the source, the repository has its history). `docs`: the question
is the first paragraph of a function's documentation, the answer the function, searched in files without documentation.

Chunks are ranked by BM25 over their words (with the header, if there is one) and taken in that order up to a number of
tokens (cl100k, of `cq[tokens]`), whole chunks only. What counts is the share of the answer's bytes in them: it does not
depend on how large chunks are, nor on how many. Every tool has the same files and a limit of 2,000 characters; cq has
its default limits, too. Bytes that are not ASCII are replaced before, so that a character is a byte for all.

`+-` is the standard error. The last column compares with the variant of cq that stands above it, question by question:
the difference in the mean over all budgets, and its standard error; `worse` and `better` are beyond two of them.
"""

import argparse
import json
import math
import os
import random
import re
import subprocess
import tempfile
from collections import Counter
from typing import NamedTuple

from chunk_peers import LIMIT, PEERS

BUDGETS = (500, 1000, 2000, 4000)
_K, _B = 1.2, 0.75
_WORDS = re.compile(r"[A-Za-z][a-z]+|[A-Z]+(?![a-z])|[a-z]+|\d+")
_MOST_FILES, _MOST_LINES, _LEAST_WORDS = 3, 80, 4
_LEAST_DOC_WORDS, _LEAST_GOLD = 6, 80
_ROUTINE = re.compile(
    r"release|version|bump|changelog|typo|lint|flake|black|format|pyupgrade|pre-commit|merge|revert|copyright|"
    r"spelling|whitespace|rustfmt|clippy|docs?:",
    re.IGNORECASE,
)
_ELIDED = re.compile(r" \{ … \}| …|…\n")


class Question(NamedTuple):
    """What is asked of which files, and where the answer stands: spans by the name of a file's text."""

    text: str
    files: tuple[str, ...]
    gold: dict[str, list[tuple[int, int]]]


class Corpus(NamedTuple):
    """Texts by a name each, the path that each had, and what is asked of them."""

    texts: dict[str, str]
    paths: dict[str, str]
    questions: list[Question]


def plain(data):
    return data.decode("utf-8", "replace").encode("ascii", "replace").decode()


def words_of(text):
    return [word.lower() for word in _WORDS.findall(text)]


# Corpora


def commits(repository, folders, extension, most):
    """The newest commits that change a few lines of source for a reason that their first line tells."""
    import pygit2

    repo = pygit2.Repository(repository)
    texts, paths, questions = {}, {}, []
    listed = {}

    def wanted(path):
        inside = any(path.startswith(f"{folder}/") or folder == "." for folder in folders)
        return inside and path.endswith(extension) and not re.search(r"(^|/)(tests?|packages)(/|\.)", path)

    def leads_to(path):
        return any(f"{path}/".startswith(f"{each}/") or each.startswith(f"{path}/") or each == "." for each in folders)

    def files_of(tree, folder=""):
        if (tree.id, folder) not in listed:
            found = {}
            for entry in tree:
                path = folder + entry.name
                if entry.type_str == "tree" and leads_to(path):
                    found.update(files_of(entry, f"{path}/"))
                elif entry.type_str == "blob" and wanted(path) and entry.filemode != 0o120000:
                    found[path] = str(entry.id)
            listed[tree.id, folder] = found
        return listed[tree.id, folder]

    for commit in repo.walk(repo.head.target, pygit2.enums.SortMode.TIME):
        if len(questions) == most:
            break
        subject = commit.message.strip().split("\n")[0]
        if len(commit.parents) != 1 or len(words_of(subject)) < _LEAST_WORDS or _ROUTINE.search(subject):
            continue
        try:
            before = commit.parents[0].tree
            diff = before.diff_to_tree(commit.tree, context_lines=0)
            changed = [patch for patch in diff if wanted(patch.delta.old_file.path)]
        except KeyError:
            continue  # a snapshot may lack its largest files
        lines = sum(patch.line_stats[1] + patch.line_stats[2] for patch in changed)
        if not 0 < len(changed) <= _MOST_FILES or lines > _MOST_LINES:
            continue
        files = files_of(before)
        gold = {}
        for patch in changed:
            blob = files.get(patch.delta.old_file.path)
            if blob is None:
                continue
            text = plain(repo[blob].read_raw())
            starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
            for hunk in patch.hunks:
                # Where lines are only added, the line before them.
                first = max(1, hunk.old_start)
                last = first + max(1, hunk.old_lines) - 1
                span = (starts[min(first - 1, len(starts) - 1)], starts[min(last, len(starts) - 1)])
                if span[0] < span[1]:
                    gold.setdefault(f"{blob} {patch.delta.old_file.path}", []).append(span)
        if not gold:
            continue
        names = tuple(f"{blob} {path}" for path, blob in files.items())
        for name in names:
            if name not in texts:
                blob, _, path = name.partition(" ")
                texts[name], paths[name] = plain(repo[blob].read_raw()), path
        questions.append(Question(subject, names, gold))
    return Corpus(texts, paths, questions)


def docs(folder, extension, language, most, megabytes):
    """Functions with documentation: files without it, and a sample of the first paragraphs."""
    from tree_sitter import Parser

    from cq.grammar.language import load_language

    parser = Parser(load_language(f"tree_sitter_{language}"))
    found = []
    for top, _, names in os.walk(folder):
        found += [os.path.join(top, name) for name in names if name.endswith(extension)]
    texts, paths, asked = {}, {}, []
    room = megabytes * 1e6
    for path in random.Random(3).sample(sorted(found), len(found)):
        with open(path, "rb") as file:
            data = plain(file.read()).encode()
        if not data or len(data) > 400_000 or room < len(data):
            continue
        room -= len(data)
        name = os.path.relpath(path, folder)
        text, functions = undocumented(parser, data)
        texts[name] = paths[name] = ""
        texts[name], paths[name] = text, name
        asked += [(question, name, span) for question, span in functions]
    names = tuple(sorted(texts))
    if len(asked) > most:
        asked = random.Random(1).sample(asked, most)
    return Corpus(texts, paths, [Question(text, names, {name: [span]}) for text, name, span in asked])


def undocumented(parser, data):
    """The text without documentation, and of each function that had some the first paragraph and where it is now."""
    root = parser.parse(data).root_node
    removed, functions = [], []
    stack = [root]
    while stack:
        node = stack.pop()
        stack.extend(node.named_children)
        if node.type in ("function_definition", "class_definition", "module"):
            body = node.child_by_field_name("body") if node.type != "module" else node
            first = next((child for child in body.named_children if child.type != "comment"), None) if body else None
            if first is None or first.type != "expression_statement" or first.named_child_count != 1:
                continue
            if first.named_children[0].type != "string":
                continue
            start, end = first.start_byte, first.end_byte
            line = data.rfind(b"\n", 0, start) + 1
            whole = not data[line:start].strip() and data[end : end + 1] in (b"\n", b"")
            only = node.type != "module" and body.named_child_count == 1
            removed.append((start, end, b"pass") if only else (line, end + 1, b"") if whole else (start, end, b"''"))
            said = first.text.decode().strip("rRbBuU").strip("\"'")
            if node.type == "function_definition":
                functions.append((said, node))
        elif node.type == "line_comment" and node.text.startswith((b"///", b"//!")):
            removed.append((node.start_byte, node.end_byte, b"" if node.text.endswith(b"\n") else b"//"))
        elif node.type == "function_item":
            lines, before = [], node.prev_sibling
            while before is not None and before.type in ("line_comment", "attribute_item"):
                if before.text.startswith(b"///"):
                    lines.append(before.text.decode()[3:])
                before = before.prev_sibling
            functions.append(("\n".join(line.rstrip("\n") for line in reversed(lines)), node))
    removed.sort()
    pieces, starts, shifts, at, shift = [], [], [], 0, 0
    for start, end, put in removed:
        if start < at:
            continue
        pieces += [data[at:start], put]
        shift += len(put) - (min(end, len(data)) - start)
        at = min(end, len(data))
        starts.append(at)
        shifts.append(shift)
    pieces.append(data[at:])

    def now(byte):
        passed = sum(start <= byte for start in starts)
        return byte + (shifts[passed - 1] if passed else 0)

    asked = []
    for said, node in functions:
        lines = []
        for line in said.strip().splitlines():
            if not line.strip() and lines:
                break
            lines.append(line.strip())
        question = " ".join(lines)
        span = (now(node.start_byte), now(node.end_byte))
        if len(words_of(question)) >= _LEAST_DOC_WORDS and span[1] - span[0] >= _LEAST_GOLD:
            asked.append((question, span))
    return b"".join(pieces).decode(), asked


# Passages: what a tool makes of a text, as pairs of a header and spans


def cq_passages(given, **options):
    from cq.chunking.analysis import ChunkAnalysis
    from cq.chunking.file_chunks import ChunkPlan, rows_of
    from cq.chunking.options import chunk_options
    from cq.resources import data_folder

    plan = ChunkPlan(folders=(data_folder("queries"),), options=chunk_options(**options), language=given.language)
    analysis = ChunkAnalysis(plan)

    def cut(path, text):
        rows = rows_of(analysis.run(path, text.encode()))
        return [(row.header, shown(row, text)) for row in rows]

    return cut


def shown(row, text):
    """Where in the file the text of a row stands; that of a definition may leave bodies out."""
    if not row.elided:
        return [(row.start_byte, row.end_byte)]
    spans, at = [], row.start_byte
    for piece in _ELIDED.split(row.text):
        start = text.find(piece, at, row.end_byte) if piece else -1
        if start >= 0:
            at = start + len(piece)
            spans.append((start, at))
    return spans


def windows(lines):
    def cut(path, text):
        found, start = [], 0
        ends = [match.end() for match in re.finditer("\n", text)]
        for end in [*ends[lines - 1 :: lines], len(text)]:
            if end > start:
                found.append(("", [(start, end)]))
                start = end
        return found

    return cut


def located(pieces, text):
    """Where the pieces of a tool stand: one that is not in the text, as it has been rewritten, by its first line."""
    found, at = [], 0
    for piece in pieces:
        start = text.find(piece, max(0, at - len(piece)))
        if start < 0 and (start := text.find(piece)) < 0:
            start = text.find(piece.strip().split("\n")[0], max(0, at - len(piece)))
            if start < 0:
                continue
        end = min(len(text), start + len(piece))
        found.append(("", [(start, end)]))
        at = end
    return found


OURS = {
    "cq partition": {},
    "cq partition, no header": {"header": False},
    "cq defs": {"view": "defs"},
    "cq defs, no header": {"view": "defs", "header": False},
    "cq partition 150/300": {"target": 150, "most": 300},
    "cq partition 400/800": {"target": 400, "most": 800},
    "cq partition 2000": {"unit": "chars", "most": LIMIT},
    "cq defs 2000": {"unit": "chars", "most": LIMIT, "view": "defs"},
}
WINDOWS = {"windows of 40 lines": 40}


def passages(given, name, corpus):
    """What a tool makes of each text; None when it is not there, or cannot cut this language."""
    if name in OURS:
        cut = cq_passages(given, **OURS[name])
    elif name in WINDOWS:
        cut = windows(WINDOWS[name])
    else:
        return of_peer(given, name, corpus)
    return {key: cut(corpus.paths[key], text) for key, text in corpus.texts.items()}


def of_peer(given, name, corpus):
    with tempfile.TemporaryDirectory() as folder:
        listed = os.path.join(folder, "texts.json")
        with open(listed, "w") as file:
            json.dump([(key, corpus.paths[key], text) for key, text in corpus.texts.items()], file)
        why = ""
        for python in given.peers.split(","):
            command = [python, __file__, given.what, "-", "-", given.language, "--within", listed, "--tool", name]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if not done.returncode:
                break
            last = (done.stderr.strip().splitlines() or ["?"])[-1][:90]
            why = last if not why or "ModuleNotFound" in why else why
        else:
            print(f"  {name:<26} {why}")
            return None
        with open(listed) as file:
            pieces = json.load(file)
    return {key: located(pieces[key], text) for key, text in corpus.texts.items()}


def within(given):
    """In the environment of a peer: the list of texts becomes the pieces of each."""
    cut, texts_of = PEERS[given.tool](given.language)
    with open(given.within) as file:
        texts = json.load(file)
    made = {}
    failed = []
    for key, path, text in texts:
        try:
            made[key] = [piece for piece, _ in texts_of(cut(path, text))] if text else []
        except Exception as error:  # noqa: BLE001  # a file that a tool cannot cut has no chunks
            made[key] = []
            failed.append(error)
    if failed and len(failed) == sum(bool(text) for _, _, text in texts):
        raise failed[0]  # it does not know the language at all
    with open(given.within, "w") as file:
        json.dump(made, file)


# The measurement


class Passage(NamedTuple):
    key: str
    spans: list
    words: Counter
    length: int
    tokens: int


def shares(corpus, cut, count):
    """Of each question the share of the answer within each budget."""
    made = {}
    for key, found in cut.items():
        text = corpus.texts[key]
        made[key] = []
        for header, spans in found:
            body = "".join(text[start:end] for start, end in spans)
            words = words_of(header) + words_of(body)
            tokens = count(f"{header}\n{body}" if header else body)
            made[key].append(Passage(key, spans, Counter(words), len(words), tokens))
    return [share_of(question, [each for key in question.files for each in made[key]]) for question in corpus.questions]


def share_of(question, passages):
    asked = sorted(set(words_of(question.text)))
    mean = sum(each.length for each in passages) / max(1, len(passages))
    having = {word: sum(word in each.words for each in passages) for word in asked}
    weights = {word: math.log(1 + (len(passages) - having[word] + 0.5) / (having[word] + 0.5)) for word in asked}
    scored = []
    for number, each in enumerate(passages):
        norm = _K * (1 - _B + _B * each.length / mean)
        score = sum(
            weights[word] * each.words[word] * (_K + 1) / (each.words[word] + norm)
            for word in asked
            if word in each.words
        )
        if score:
            scored.append((-score, number))
    scored.sort()
    total = sum(end - start for spans in question.gold.values() for start, end in spans)
    covered, used, found = set(), 0, [0.0] * len(BUDGETS)
    for _, number in scored:
        each = passages[number]
        used += each.tokens
        if used > BUDGETS[-1]:
            break
        for start, end in question.gold.get(each.key, ()):
            for first, last in each.spans:
                if first < end and start < last:
                    covered.update((each.key, byte) for byte in range(max(first, start), min(last, end)))
        for at, budget in enumerate(BUDGETS):
            if used <= budget:
                found[at] = len(covered) / total
    return found


def moments(values):
    mean = sum(values) / len(values)
    spread = sum((value - mean) ** 2 for value in values) / max(1, len(values) - 1)
    return mean, math.sqrt(spread / len(values))


def report(given, corpus):
    import splintr

    encode = splintr.Tokenizer.from_pretrained("cl100k_base").encode_ordinary
    known = {}

    def count(text):
        if text not in known:
            known[text] = len(encode(text))
        return known[text]

    size = sum(map(len, corpus.texts.values()))
    print(f"{given.source}: {len(corpus.questions)} questions, {len(corpus.texts)} texts of {size / 1e6:.1f} MB")
    best = "cq partition" if given.what == "commits" else "cq defs"
    print(f"  {'% of the bytes within':<26}" + "".join(f"{budget:>12}" for budget in BUDGETS) + f"   than {best}")
    found = {}
    for name in (*OURS, *WINDOWS, *(PEERS if given.peers else ())):
        if given.only and name not in given.only.split(","):
            continue
        cut = passages(given, name, corpus)
        if cut is None:
            continue
        found[name] = shares(corpus, cut, count)
        print(line_of(name, found[name], found.get(best)))
    return found


def line_of(name, rows, best):
    line = f"  {name:<26}"
    for at in range(len(BUDGETS)):
        mean, error = moments([100 * row[at] for row in rows])
        line += f"  {mean:5.1f} +-{error:3.1f}"
    if best is None or best is rows:
        return line
    pairs = zip(rows, best, strict=True)
    mean, error = moments([100 * (sum(row) - sum(other)) / len(BUDGETS) for row, other in pairs])
    word = "worse" if mean < -2 * error else "better" if mean > 2 * error else ""
    return f"{line}   {mean:+5.1f} +-{error:3.1f} {word}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("commits", "docs"))
    parser.add_argument("source")
    parser.add_argument("rest", nargs="+")  # [FOLDERS] EXTENSION LANGUAGE
    parser.add_argument("--peers", default="")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--megabytes", type=float, default=6.0)
    parser.add_argument("--only", default="")  # names of tools, between commas
    parser.add_argument("--within", default="")
    parser.add_argument("--tool", default="")
    given = parser.parse_args()
    given.language = given.rest[-1]
    if given.within:
        within(given)
        return
    if given.what == "commits":
        folders, extension = given.rest[0].split(","), given.rest[1]
        corpus = commits(given.source, folders, extension, given.questions)
    else:
        corpus = docs(given.source, given.rest[0], given.language, given.questions, given.megabytes)
    report(given, corpus)


if __name__ == "__main__":
    main()
