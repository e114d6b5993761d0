"""The way in: `cq`, and `python -m cq`. Imports nothing before it knows what for."""

import os
import sys


def main() -> None:
    """Run the command line and exit with grep's statuses: 0 found, 1 nothing, 2 error, 130 interrupted."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    message = ""
    try:
        status = _run(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        status = 0  # the reader has seen enough
        _drop_output()
    except KeyboardInterrupt:
        status, message = 130, "cq: interrupted\n"
    except OSError as error:
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        status, message = 2, f"cq: {where}{error.strerror or error}\n"
    if message:
        for write in (sys.stdout.flush, lambda: sys.stderr.write(message), sys.stderr.flush):
            try:  # noqa: SIM105 - contextlib is slow to import
                write()
            except OSError:
                pass  # a full disk, or nobody who reads
        _drop_output()
    if status == 130 or "multiprocessing" not in sys.modules:
        # All is written. Taking the interpreter down object by object would cost more than many a search, and
        # after a second Ctrl-C it could wait for ever for a pool that is half shut down. Workers end by themselves.
        os._exit(status)
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        from cq.version import __version__

        print(f"cq {__version__}")  # noqa: T201
        return 0
    from cq.cli.main import run

    return run(arguments)


def _drop_output() -> None:
    """What could not be written is not wanted: Python would try once more at exit, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)


if __name__ == "__main__":
    main()
