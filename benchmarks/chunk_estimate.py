"""The estimate of tokens against a vocabulary, on windows of 40 lines: mean of estimate over count, and percentiles.

.venv/bin/python benchmarks/chunk_estimate.py FOLDER... [--tokenizer cl100k_base] [--files 100]
"""

import argparse
import os
import random
from collections import defaultdict

from cq.chunking.size import TokenEstimate
from cq.chunking.vocabulary import exact_tokens

LINES = 40
LEAST_BYTES = 200


def ratios(folder, files, exact):
    """Estimate over count of each window, by the extension of its file."""
    paths = sorted(os.path.join(top, name) for top, _, names in os.walk(folder) for name in names)
    random.seed(1)
    random.shuffle(paths)
    estimate = TokenEstimate()
    found = defaultdict(list)
    taken: defaultdict[str, int] = defaultdict(int)
    for path in paths:
        extension = os.path.splitext(path)[1]
        if taken[extension] == files or extension not in (
            ".py",
            ".rs",
            ".js",
            ".ts",
            ".c",
            ".h",
            ".java",
            ".md",
            ".rst",
        ):
            continue
        with open(path, "rb") as file:
            lines = file.read().splitlines(keepends=True)
        taken[extension] += 1
        for first in range(0, len(lines), LINES):
            text = b"".join(lines[first : first + LINES])
            if len(text) >= LEAST_BYTES:
                found[extension].append(estimate.count(text) / exact.count(text))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--tokenizer", default="cl100k_base")
    parser.add_argument("--files", type=int, default=100)
    given = parser.parse_args()
    exact = exact_tokens(given.tokenizer)
    for folder in given.folders:
        for extension, values in sorted(ratios(folder, given.files, exact).items()):
            values.sort()
            low, high = values[len(values) // 100], values[-1 - len(values) // 100]
            mean = sum(values) / len(values)
            print(f"{folder} {extension:<6} {len(values):>6} windows  mean {mean:.2f}  1 % {low:.2f}  99 % {high:.2f}")


if __name__ == "__main__":
    main()
