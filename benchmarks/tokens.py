#!/usr/bin/env python3
"""Hold the estimate of tokens against real vocabularies: benchmarks/tokens.py FOLDER... Needs `splintr-rs`.

For each vocabulary: how many windows of 40 lines, the least, the median and the greatest of estimate over count.
"""

import random
import sys
from pathlib import Path

import splintr

from cq.tokens import tokens_at_most

VOCABULARIES = (
    *("cl100k_base", "o200k_base", "llama2", "llama3", "codellama", "deepseek_v3", "phi4", "olmo2"),
    *("modernbert", "mistral_v1", "mistral_v3"),
)
_FILES, _LINES = 60, 40


def windows(folders: list[str]) -> list[str]:
    """Pieces of the files, the same ones in each run."""
    chosen = random.Random(1)
    found = []
    for folder in folders:
        paths = sorted(path for kind in ("py", "rs", "md", "json") for path in Path(folder).rglob(f"*.{kind}"))
        for path in chosen.sample(paths, min(_FILES, len(paths))):
            lines = path.read_text(errors="replace").split("\n")
            for start in range(0, len(lines), max(_LINES, len(lines) // 4)):
                window = "\n".join(lines[start : start + _LINES])
                if len(window) >= 50:
                    found.append(window)
    return found


def main() -> None:
    texts = windows(sys.argv[1:])
    estimates = [tokens_at_most(text) for text in texts]
    for name in VOCABULARIES:
        encode = splintr.Tokenizer.from_pretrained(name).encode_ordinary
        ratios = sorted(estimate / len(encode(text)) for estimate, text in zip(estimates, texts, strict=True))
        middle = ratios[len(ratios) // 2]
        print(f"{name:12} {len(ratios):5} windows  {ratios[0]:.2f} {middle:.2f} {ratios[-1]:.2f}")


if __name__ == "__main__":
    main()
