"""Plans as text: a line for each language, pack and pattern."""

from collections.abc import Iterator

from cq.render.color import Palette, printable
from cq.rows.plan import LanguagePlan, PatternPlan


def plan_text(plan: LanguagePlan, colours: Palette, patterns: bool) -> Iterator[str]:
    """The plan of one language, with its patterns when they are wanted."""
    kind = "limits tuned by earlier runs" if plan.tuned else "static limits: these have not run together yet"
    yield f"{colours.head}{plan.language}{colours.reset} (grammar {plan.grammar_version}), {kind}"
    windows = f"{plan.windows} window{'s' * (plan.windows > 1)}"
    yield f"  limits per file: {plan.budget_ms:,.0f} ms, {plan.match_limit:,} matches in progress, {windows}"
    if len(plan.packs) > 1:
        cost = f", {plan.cost_us_per_kb:,.1f} us/KB" if plan.cost_us_per_kb else ""
        yield f"  merged into one query: {plan.together}{cost}"
    columns = f"{'order':<6}{'pack':<28}{'emitting':>9}{'score':>8}{'us/KB':>8}{'priority':>9}  hash"
    yield f"  {colours.dim}{columns}{colours.reset}"
    for number, pack in enumerate(plan.packs, 1):
        cost = f"{pack.cost_us_per_kb:,.1f}" if pack.cost_us_per_kb else "-"
        yield (
            f"  {number:<6}{printable(pack.pack):<28}{pack.patterns:>9}{pack.score:>8.2f}{cost:>8}"
            f"{pack.priority:>9.2f}  {pack.hash}"
        )
        if patterns:
            yield from (f"        {line}" for line in _patterns(pack.scores))


def _patterns(scores: tuple[PatternPlan, ...]) -> Iterator[str]:
    for each in scores:
        flags = [
            name
            for name, on in (
                ("rooted", each.rooted),
                ("guaranteed", each.guaranteed),
                ("NON-LOCAL", each.non_local),
                (f"{each.assertions} assertions", bool(each.assertions)),
            )
            if on
        ]
        captures = " ".join(f"@{name}{quantifier}" for name, quantifier in each.captures.items())
        run = f"{each.matches:>9,} matches {each.ms:>9,.1f} ms  " if each.matches is not None else ""
        place = f"{printable(each.path)}:{each.line}"
        yield f"{each.pattern:>3} {each.score:>6.1f}  {run}{place}  {', '.join(flags) or 'not rooted'}  {captures}"
