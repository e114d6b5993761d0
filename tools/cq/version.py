"""The version, alone in a file so that `cq --version` reads nothing else."""

__version__ = "0.7.0"
