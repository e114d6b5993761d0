"""The way in: `cq`, and `python -m cq`. Imports nothing before it knows what for."""

import os
import sys


def main() -> None:
    """Run the command line and exit with grep's statuses: 0 found, 1 nothing, 2 error, 130 interrupted."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from cq.version import __version__

        print(f"cq {__version__}")  # noqa: T201
        return
    try:
        from cq.cli.main import run

        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python would complain once more when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        sys.stderr.write("cq: interrupted\n")
        status = 130
    if "multiprocessing" not in sys.modules:
        # All is written. Taking the interpreter down object by object would cost more than many a search.
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    main()
