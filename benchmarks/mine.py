"""What `cq mine` costs and whether it is right: ratios to a raw parse, a second run, rules run by ast-grep.

    benchmarks/mine.py FOLDER --lang python [--patterns 200] [--ast-grep ast-grep]

Every figure is a ratio of CPU times in one run, or a count. Facts go to a folder that is deleted in the end.
`mine_kills.py` kills runs.
"""

import argparse
import gc
import json
import os
import pickle
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.mining.analysis import MineAnalysis, MinePlan
from cq.mining.corpus import Corpus
from cq.mining.normalize import Normalizer
from cq.mining.prefilter import prefilter
from cq.mining.results import find
from cq.mining.segments import Segments
from cq.mining.table import tables_of
from cq.mining.verify import check_rule
from cq.resources import data_folder
from cq.scan.read import read_file

FOLDERS = (data_folder("queries"),)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--lang", required=True)
    parser.add_argument("--patterns", type=int, default=200)
    parser.add_argument("--files", type=int, default=300, help="for the ratios")
    parser.add_argument("--ast-grep", default="ast-grep")
    given = parser.parse_args()
    work = tempfile.mkdtemp(prefix="cq-bench-mine-")
    try:
        ratios(given.folder, given.lang, given.files)
        runs(given.folder, given.lang, work)
        if given.patterns:
            rules(given.folder, given.lang, given.patterns, given.ast_grep, work)
    finally:
        shutil.rmtree(work)
    return 0


def ratios(given_folder: str, languages: str, most: int) -> None:
    """Normalise over parse, best of five."""
    table = lane_table(FOLDERS)
    lanes = Lanes(table)
    wanted = {table.named(word) for word in languages.split(",")}
    root = os.path.abspath(given_folder)
    paths = [path for path in list_files(Selection(root=root)).files if table.by_path(path) in wanted]
    corpus = Corpus(root, False, prefilter(FOLDERS))
    corpus.take([(path, table.by_path(path)) for path in paths], dict.fromkeys(wanted, b"x"))
    members = random.Random(1).sample(corpus.members, min(most, len(corpus.members)))
    files = []
    for member in members:
        with open(os.path.join(root, member.path), "rb") as file:
            files.append((table.by_path(member.path), file.read()))
    grammars = {language: lanes.lane(language) for language in wanted}
    walks = {}
    for level in ("abstract", "semantic"):
        for language in wanted:
            tables = tables_of(FOLDERS, language, lanes.grammar(table.languages[language].grammar))
            walks[level, language] = Normalizer(tables, level)
    gc.disable()  # as in a worker
    plan = MineAnalysis(MinePlan(folders=FOLDERS, level="semantic"))
    best = dict.fromkeys(("parse", "abstract", "semantic", "map"), float("inf"))
    for _ in range(5):
        began = time.process_time()
        trees = [(language, data, grammars[language].parse(data)) for language, data in files]
        best["parse"] = min(best["parse"], time.process_time() - began)
        for level in ("abstract", "semantic"):
            began = time.process_time()
            for language, data, tree in trees:
                walks[level, language].anchors(tree, data)
            best[level] = min(best[level], time.process_time() - began)
        began = time.process_time()
        folder = tempfile.mkdtemp()
        segments = Segments(folder)
        for member in members:
            data = read_file(FileTree(root), member.path)
            assert isinstance(data, bytes)
            segments.add(member.digest, pickle.loads(pickle.dumps(plan.run(member.path, data))))
        segments.flush()
        best["map"] = min(best["map"], time.process_time() - began)
        shutil.rmtree(folder)
    gc.enable()
    print(f"map (read, parse, normalise, rows, transport, segment) / parse: {best['map'] / best['parse']:.2f}")
    for level in ("abstract", "semantic"):
        print(f"normalise ({level} and skeleton) / parse: {best[level] / best['parse']:.2f}")


def runs(folder: str, languages: str, work: str) -> None:
    """The whole run over its own parse; the second over the first; memory."""
    cache = os.path.join(work, "runs")
    first, report = timed(folder, languages, cache)
    second, _ = timed(folder, languages, cache)
    parse = report["report"]["parse_ms"] / 1000
    print(f"files: {report['summary']['files']}, places: {report['summary']['anchors']}")
    print(f"whole run, counting and forms and all / parse: {first / parse:.2f}")
    print(f"second run / first: {second / first:.3f}")
    print(f"most memory of a process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def timed(folder: str, languages: str, cache: str, *more: str) -> tuple[float, dict]:
    """Processor time of one run with its workers, and its answer."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command(folder, languages, cache, "--json", *more), capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, json.loads(done.stdout)


def command(folder: str, languages: str, cache: str, *more: str) -> list[str]:
    return [sys.executable, "-m", "cq", "mine", folder, "--lang", languages, "--cache-dir", cache, "-j", "1", *more]


def rules(folder: str, languages: str, most: int, ast_grep: str, work: str) -> None:
    """Each printed rule, run by the ast-grep command over the files of its idiom."""
    cache = os.path.join(work, "runs")
    _, answer = timed(folder, languages, cache, "--top", "1500", "--by", "count")
    by_language: dict[str, list[dict]] = {}
    for idiom in answer["idioms"]:
        by_language.setdefault(idiom["language"], []).append(idiom)
    for language, idioms in sorted(by_language.items()):
        chosen = random.Random(2).sample(idioms, min(most, len(idioms)))
        rule_less = itself = expected = found_all = again = 0
        right = 0.0
        for idiom in chosen:
            if not idiom.get("rule"):
                rule_less += 1
                continue
            result, saved = find(cache, idiom["key"])
            truth = {
                (result.paths[number], *span)
                for number, spans in sorted(saved.places.items(), key=lambda each: len(each[1]))[:20]
                for span in spans
            }
            path = os.path.join(work, "rule.yml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(idiom["rule"])
            example = idiom["examples"][0]
            files = sorted({each[0] for each in truth} | {example["path"]})
            absolute = [os.path.join(result.root, each) for each in files]
            done = subprocess.run(
                [ast_grep, "scan", "--rule", path, "--json=compact", "--no-ignore", "hidden", *absolute],
                capture_output=True,
            )
            spans = {
                (
                    os.path.relpath(each["file"], result.root),
                    each["range"]["byteOffset"]["start"],
                    each["range"]["byteOffset"]["end"],
                )
                for each in json.loads(done.stdout or "[]")
            }
            found_itself = (example["path"], example["start_byte"], example["end_byte"]) in spans
            itself += found_itself
            if not found_itself or len(truth & spans) < len(truth):
                missed = f"itself {found_itself}, {len(truth & spans)} of {len(truth)} places"
                print(f"  {language} {idiom['key']}: {missed}", file=sys.stderr)
            in_truth = {each for each in spans if each[0] in {place[0] for place in truth}}
            expected += len(truth)
            again += len(truth & spans)
            found_all += len(in_truth)
            verified = check_rule(result, saved)
            right += verified.precision * len(in_truth)
        ruled = len(chosen) - rule_less
        if ruled:
            print(
                f"{language}: {len(chosen)} patterns, {rule_less} without a rule, re-found by the command "
                f"{itself / len(chosen):.1%}, recall {again / max(expected, 1):.1%}, "
                f"instances among what was found {right / max(found_all, 1):.1%}, "
                f"with the very key {again / max(found_all, 1):.1%}"
            )


if __name__ == "__main__":
    sys.exit(main())
