#!/usr/bin/env python3
"""What `cq neighborhood --impact` costs on a function that everything comes to call, as ratios within one run.

    python benchmarks/impact_hub.py [--callers 10000] [--files 400] [--levels 5] [--keep FOLDER]
    python benchmarks/impact_hub.py --root ROOT --target NAME

Without --root a repository is made: a hub, and levels of functions of which each calls some of the level below, spread
over the files. Against the CPU of a process that only imports cyclopts, msgspec and sqlite3, for the first time and
again, with the peak of memory; and against `cq search NAME` of the same name, asked again. Least of --times runs.
"""

import argparse
import os
import random
import sys
import tempfile

from warm_search import BASE, cost_of


def write_repository(folder: str, callers: int, files: int, levels: int) -> None:
    """A hub and `callers` functions that come to call it, over some files."""
    chance = random.Random(7)
    per_level = callers // levels
    names: list[list[str]] = [["hub"]]
    bodies: dict[int, list[str]] = {number: [] for number in range(files)}
    imports: dict[int, set[str]] = {number: set() for number in range(files)}
    home = {"hub": -1}
    for level in range(1, levels + 1):
        made = []
        for number in range(per_level):
            name = f"step_{level}_{number}"
            file = chance.randrange(files)
            home[name] = file
            below = chance.sample(names[-1], min(2, len(names[-1])))
            for each in below:
                if home[each] != file:
                    imports[file].add(
                        "from base import hub" if each == "hub" else f"from part{home[each]} import {each}"
                    )
            calls = "\n".join(f"    total += {each}(value)" for each in below)
            bodies[file].append(f"def {name}(value):\n    total = value * {number}\n{calls}\n    return total\n")
            made.append(name)
        names.append(made)
    with open(os.path.join(folder, "base.py"), "w") as file_:
        file_.write("def hub(value):\n    return value + 1\n")
    for number, body in bodies.items():
        with open(os.path.join(folder, f"part{number}.py"), "w") as file_:
            file_.write("\n".join([*sorted(imports[number]), "\n", *body]))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--callers", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--levels", type=int, default=5)
    parser.add_argument("--root", default="")
    parser.add_argument("--target", default="hub")
    parser.add_argument("--keep", default="")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        root = options.root or options.keep or made
        if not options.root:
            os.makedirs(root, exist_ok=True)
            write_repository(root, options.callers, options.files, options.levels)
        cache = tempfile.mkdtemp()
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["XDG_CACHE_HOME"] = cache
        cq = [sys.executable, "-m", "cq"]
        impact = [*cq, "neighborhood", options.target, "--impact", "--json", "--root", root]
        plain = min(cost_of(BASE, root, env).cpu for _ in range(options.times))
        first = cost_of([*impact, "--no-cache"], root, env)
        indexed = cost_of([*cq, "index", root], root, env)
        kept = cost_of(impact, root, env)
        print(f"{'':30} {'CPU / bare process':>18} {'peak MB':>8}")
        print(f"{'index of names':30} {indexed.cpu / plain:18.1f} {indexed.peak / 1e6:8.0f}")
        print(f"{'impact, nothing kept':30} {first.cpu / plain:18.1f} {first.peak / 1e6:8.0f}")
        print(f"{'impact, with the index':30} {kept.cpu / plain:18.1f} {kept.peak / 1e6:8.0f}")
        for title, command in (
            ("impact, asked again", impact),
            ("neighborhood, asked again", [*cq, "neighborhood", options.target, "--root", root]),
            ("search, asked again", [*cq, "search", options.target, root]),
        ):
            cost_of(command, root, env)
            again = [cost_of(command, root, env) for _ in range(options.times)]
            print(f"{title:30} {min(each.cpu for each in again) / plain:18.1f} {again[0].peak / 1e6:8.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
