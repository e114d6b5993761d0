"""Install the corpus of JavaScript and TypeScript that `cq mine` is measured on: pinned packages, by `npm pack`.

    benchmarks/mine_corpus.py [FOLDER] [--only NAME...]

npm is the one on the PATH, with the registry that it is set to. A package that is there already is left alone, and one
whose tarball is not what was asked for is refused. FOLDER is .corpus/npm beside this script, which git ignores.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile

# Libraries that people read to learn: written by hand, of many styles, with their sources in the package.
PACKAGES = (
    "@angular/core@21.2.26",
    "@blueprintjs/core@6.20.0",
    "@types/node@26.6.6",
    "antd@6.6.8",
    "date-fns@4.4.0",
    "lodash@4.18.1",
    "mobx@7.1.3",
    "preact@11.2.0",
    "ra-ui-materialui@5.15.4",
    "react@19.3.1",
    "rxjs@7.8.2",
    "three@0.187.0",
    "typescript@5.8.3",
    "vue@3.5.45",
    "zod@4.6.7",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".corpus", "npm")
    parser.add_argument("folder", nargs="?", default=default)
    parser.add_argument("--only", nargs="*", default=(), help="names without versions")
    given = parser.parse_args()
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not on the PATH: it comes with Node.js", file=sys.stderr)
        return 2
    os.makedirs(given.folder, exist_ok=True)
    failed = 0
    for package in PACKAGES:
        name = package.rpartition("@")[0]
        if given.only and name not in given.only:
            continue
        target = os.path.join(given.folder, package.removeprefix("@").replace("/", "-").replace("@", "-"))
        if os.path.exists(os.path.join(target, "package.json")):
            continue
        reason = install(npm, package, target)
        print(f"{package}: {reason or 'installed'}", file=sys.stderr)
        failed += bool(reason)
    print(given.folder)
    return 2 if failed else 0


def install(npm: str, package: str, target: str) -> str:
    """Fetch and unpack one package; why it could not be done."""
    with tempfile.TemporaryDirectory(dir=os.path.dirname(target)) as work:
        done = subprocess.run(
            [npm, "pack", package, "--json", "--ignore-scripts", "--pack-destination", work],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            return lines[-1] if lines else f"npm pack ended with {done.returncode}"
        (told,) = json.loads(done.stdout)
        if f"{told['name']}@{told['version']}" != package:
            return f"npm gave {told['name']}@{told['version']}"
        (tarball,) = [each for each in os.listdir(work) if each.endswith(".tgz")]
        with tarfile.open(os.path.join(work, tarball)) as archive:
            # No link or device, and nothing outside of the folder.
            archive.extractall(os.path.join(work, "out"), filter="data")
        (top,) = os.listdir(os.path.join(work, "out"))
        os.replace(os.path.join(work, "out", top), target)
    return ""


if __name__ == "__main__":
    sys.exit(main())
