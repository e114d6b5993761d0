"""The scores of `cq verify` as text."""

from collections.abc import Iterator

from cq.render.color import printable
from cq.rows.verify import Disagreement, VerifyTail


def disagreement_line(row: Disagreement, path: str) -> str:
    """One disagreement: what the reader says, what cq says, and the line."""
    said = f"{row.found} [{row.confidence}]" if row.confidence else row.found
    return (
        f"{path}:{row.line}:{row.column}: {printable(row.name)}: {row.expected}, cq says {said}: {printable(row.text)}"
    )


def verify_lines(tail: VerifyTail) -> Iterator[str]:
    """The tables of scores, and the account."""
    if tail.roles:
        yield f"{'':24}{'expected':>10}{'found':>10}{'right':>10}  precision  recall"
        for score in tail.roles:
            name = f"{score.language} {score.role}"
            shares = f"{score.precision:>9.4f}{score.recall:>9.4f}"
            yield f"{name:24}{score.expected:>10,}{score.found:>10,}{score.right:>10,}{shares}"
    for named in tail.confidence:
        if not named.confidence:  # what is not answered is neither right nor wrong
            yield f"{f'{named.language} no target':24}{named.names:>10,}  names for which cq gives no target"
            continue
        name = f"{named.language} {named.confidence}"
        shares = f"{named.precision:>9.4f}{named.recall:>9.4f}"
        yield f"{name:24}{named.names:>10,}{named.names:>10,}{named.right:>10,}{shares}"
    for total in tail.totals:
        same = "" if total.outlined == total.defined else f" (the outline has {total.outlined:,})"
        yield (
            f"{total.language}: {total.words:,} words in {total.files:,} files, {total.judged:,} judged, "
            f"{total.defined:,} definitions{same}" + ("" if total.reader else "; no independent reader")
        )
    summary = tail.summary
    words = f"{summary.words_compared:,} words of {summary.files_compared:,} files"
    verdict = "nothing compared"
    if summary.lowest is not None:
        side = "at least" if summary.passed else "below"
        verdict = f"lowest of {', '.join(tail.query.roles)}: {summary.lowest:.4f}, {side} {tail.query.least}"
    yield f"{summary.disagreements:,} disagreements over {words}; {verdict}"
    left = sum(total.words for total in tail.totals if total.reader) - summary.words_compared
    if left > 0:
        yield (
            f"{left:,} of the words not compared: signs beyond ASCII, which are no words for a reader, "
            "or in files that it cannot parse"
        )
    elif left < 0:
        yield f"{-left:,} words more than a plain scan finds: a reader cuts some in two"
    for skipped in tail.ledger:
        shown = ", ".join(skipped.paths[:3]) + (", ..." if skipped.count > 3 else "")
        yield f"not compared: {skipped.count:,} {skipped.reason}: {printable(shown)}"
