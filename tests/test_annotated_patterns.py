"""Every pattern of every shipped pack has a place in the annotated sources that it matches: none is untested."""

from pathlib import Path

import pytest

from cq.engine.execute import matches_in
from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.lanes.table import lane_table
from cq.packs.query import PackQuery
from cq.resources import data_folder

FOLDER = Path(__file__).parent / "annotated"
TABLE = lane_table((data_folder("queries"),))
PACKS = [(language, pack) for language in sorted(TABLE.languages) for pack in TABLE.packs.names(language)]


def sources(language):
    """The annotated files of a language, and of those that it is based on."""
    entry = TABLE.languages[language]
    paths = (path for path in (FOLDER / language).iterdir() if path.suffix in entry.extensions)
    return [path.read_bytes() for path in sorted(paths)] + (sources(entry.base) if entry.base else [])


def unmatched(language, pack, texts):
    """The places of the patterns that match nothing in these texts."""
    grammar = load_language(TABLE.languages[language].grammar)
    trees = [(parse(grammar, data).root_node, len(data)) for data in texts]
    missing = []
    for pattern in TABLE.packs.patterns(language, pack):
        query = PackQuery(grammar, [pattern])
        if not any(True for root, size in trees for _ in matches_in(query, root, [(0, size)])):
            missing.append(f"{Path(pattern.path).name}:{pattern.line}: {pattern.text}")
    return missing


@pytest.mark.parametrize(("language", "pack"), PACKS, ids=["/".join(each) for each in PACKS])
def test_every_pattern_is_touched(language, pack):
    assert unmatched(language, pack, sources(language)) == []


def test_a_pattern_that_nothing_touches_is_told():
    assert len(unmatched("python", "calls", [b"x = 1\n"])) == len(TABLE.packs.patterns("python", "calls"))
