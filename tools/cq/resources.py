"""Where the data that cq ships is: beside the code in a wheel, at the top of a checkout."""

import os

_HERE = os.path.dirname(os.path.abspath(__file__))


def data_folder(name: str) -> str:
    """The absolute path of `queries` or `contracts`."""
    packaged = os.path.join(_HERE, name)
    if os.path.isdir(packaged):
        return packaged
    return os.path.join(os.path.dirname(os.path.dirname(_HERE)), name)
