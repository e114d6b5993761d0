"""`cq mine explain KEY`: why something is an idiom."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from cq.cli.mine_key import one
from cq.cli.mine_list import style_of
from cq.cli.settle import form_of
from cq.mining.explain import explained
from cq.render.json import answer_json
from cq.render.mining_text import MiningStyle, idiom_text
from cq.rows.mining import IdiomExplanation


def explain(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """Read the example again, and say why."""
    result, saved = one(arguments, store, "explain")
    explanation = explained(result, saved)
    if form_of(values) == "text":
        sys.stdout.writelines(f"{line}\n" for line in _text(style_of(values, result.root), explanation))
    else:
        sys.stdout.buffer.write(answer_json(explanation))
    return 0


def _text(style: MiningStyle, explanation: IdiomExplanation) -> Iterator[str]:
    clean = style.clean
    yield from idiom_text(style, explanation.idiom)
    yield ""
    yield "Figures"
    yield from (f"  {line}" for line in explanation.counts)
    yield "Keys"
    yield from (f"  {level:9} {key}" for level, key in explanation.keys.items())
    if explanation.words:
        yield "Told"
        yield from (f"  {clean(each.word)}: {clean(each.why)}" for each in explanation.words)
    if explanation.holes:
        yield "Holes"
    for hole in explanation.holes:
        stands = ", ".join(clean(text) for text in hole.stands)
        yield f"  ${hole.name}: {hole.why}; {stands}"
        if hole.kinds:
            yield f"    a node of kind {' or '.join(hole.kinds)}"
    if explanation.categories:
        yield "About"
        yield from (f"  {name}: {clean(why)}" for name, why in sorted(explanation.categories.items()))
    yield "Rule"
    yield from (f"  {clean(line)}" for line in (explanation.idiom.rule or "none: code in no known context").split("\n"))
