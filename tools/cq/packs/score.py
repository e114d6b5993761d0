"""What the query engine knows of each pattern before it runs, and a score made of it: cheap and sure runs first.

A rooted pattern begins at one node, a guaranteed one matches whatever begins like it, an assertion and a capture say
that the author knew what the match is; a non-local pattern makes the engine look at nodes again and again.
"""

import re

import msgspec

from cq.packs.pattern import compiled_text
from cq.packs.query import PackQuery

_FIRST_NODE = re.compile(r"[(\[\s]*[\w./-]+\s*")

ROOTED, GUARANTEED, ASSERTIONS, CAPTURES, NON_LOCAL = 2.0, 1.2, 1.0, 0.5, -2.5


class PatternScore(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pattern of a pack."""

    index: int
    path: str
    line: int
    rooted: bool = False
    non_local: bool = False
    guaranteed: bool = False  # at step 0: once its first node matches, so does the whole
    assertions: int = 0  # `#is?` and `#is-not?`
    captures: dict[str, str] = {}  # name -> quantifier: "", "?", "*", "+"
    score: float = 0.0


def pattern_scores(pack: PackQuery) -> tuple[PatternScore, ...]:
    """The scores of the patterns of a compiled pack, in their order."""
    query = pack.query
    number_of = {query.capture_name(number): number for number in range(query.capture_count)}
    found = []
    for index, pattern in enumerate(pack.patterns):
        rooted, non_local = query.is_pattern_rooted(index), query.is_pattern_non_local(index)
        guaranteed = _is_guaranteed(pack, index)
        assertions = len(pack.parts(index).assertions)
        # Only of captures that the pattern has: of others py-tree-sitter 0.26.1 raises SystemError.
        captures: dict[str, str] = {
            name: query.capture_quantifier(index, number_of[name]) for name in pack.parts(index).captures
        }
        score = ROOTED * rooted + GUARANTEED * guaranteed + ASSERTIONS * bool(assertions) + CAPTURES * bool(captures)
        found.append(
            PatternScore(
                index=index,
                path=pattern.path,
                line=pattern.line,
                rooted=rooted,
                non_local=non_local,
                guaranteed=guaranteed,
                assertions=assertions,
                captures=captures,
                score=round(score + NON_LOCAL * non_local, 2),
            )
        )
    return tuple(found)


def pack_score(scores: tuple[PatternScore, ...]) -> float:
    """The score of a pack: the mean of its patterns, so that a long pack is no better than a short one."""
    return round(sum(each.score for each in scores) / len(scores), 3) if scores else 0.0


def _is_guaranteed(pack: PackQuery, index: int) -> bool:
    # The engine keeps this for the steps below the first: asked at the first it answers for the pattern before.
    first = _FIRST_NODE.match(compiled_text(pack.patterns[index]))
    if first is None:
        return False
    if compiled_text(pack.patterns[index])[first.end() :].startswith(")"):
        return not pack.parts(index).predicates
    return pack.query.is_pattern_guaranteed_at_step(pack.query.start_byte_for_pattern(index) + first.end())
