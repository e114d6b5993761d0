"""What is looked for: a definition whose uses are uses of a symbol."""

from typing import NamedTuple

from cq.rows.resolution import Confidence, Target


class Sought(NamedTuple):
    """One definition whose uses are uses of a symbol, and how."""

    target: Target
    reason: str = ""  # "" when it is the symbol itself; "instantiation", "dispatch"
    at_most: Confidence = "certain"
