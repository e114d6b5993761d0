# complete for: import
from __future__ import annotations, print_function
#    ^ import.module   ^ import.name ^ import.name

import os
#      ^ import.module
import os.path, xml.etree.ElementTree as tree
#      ^ import.module ^ import.module   ^ import.alias
#         ^ import.module ^ import.module
#               ^ import.module
import numpy as np; import pandas
#      ^ import.module     ^ import.module
#               ^ import.alias
from . import sibling
#             ^ import.name
from .. import parent as above
#              ^ import.name ^ import.alias
from .near.by import thing
#     ^ import.module ^ import.name
#          ^ import.module
from collections import (
#    ^ import.module
    OrderedDict,
    # ^ import.name
    abc as collections_abc,  # os
    # ^ import.name ^ import.alias
    defaultdict as _defaultdict,
    # ^ import.name ^ import.alias
)
from typing import *
#    ^ import.module

if os.name == "nt":
    import winreg
    #      ^ import.module
else:
    winreg = None

try:
    from json import loads
    #    ^ import.module ^ import.name
except ImportError:
    from simplejson import loads
    #    ^ import.module   ^ import.name


def lazy():
    import decimal
    #      ^ import.module
    from fractions import Fraction as F
    #    ^ import.module  ^ import.name
    #                                 ^ import.alias
    return decimal, F


__import__("os")
import_ = from_ = os
import \
    sys
    # ^ import.module
