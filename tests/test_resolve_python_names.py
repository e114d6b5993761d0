"""Names to their definitions by scope and import alone: every answer is certain."""

import pytest

from resolved import check

CASES = {
    "scopes": {
        "m.py": """
            x = 1
            #< m.x certain local
            def f(x, *args, y=x, **kwargs):
            #                 ^ m.x certain
                print(x, args, kwargs)
                #     ^ m.f.x certain
                #        ^ m.f.args certain
                #              ^ m.f.kwargs certain
                def g():
                    return x
                    #      ^ m.f.x certain
                return g
            class C:
                x = 2
                def m(self):
                    return x
                    #      ^ m.x certain
                y = x
                #   ^ m.C.x certain
                z = [x for i in range(3)]
                #    ^ m.x certain
                w = [i for i in x]
                #               ^ m.C.x certain
                #    ^ m.C.i certain
            """,
    },
    "global and nonlocal": {
        "m.py": """
            count = 0
            def f():
                global count, born
                #             ^ m.born certain
                count += 1
                # ^ none
                born = 2
            def g():
                count = 1
                def h():
                    nonlocal count
                    count = 2
                    #< none
                    return count
                    #      ^ m.g.count certain
                return count, born
                #             ^ m.born certain
            """,
    },
    "lambda and walrus": {
        "m.py": """
            def f(n):
                pick = lambda n, m=n: n + m
                #                  ^ m.f.n certain
                #                     ^ m.f.n certain
                if (size := len([last := k for k in n])) > 1:
                    return size, last
                    #      ^ m.f.size certain
                    #            ^ m.f.last certain
                return len
                #      ^ builtins.len certain builtin
            """,
    },
    "handlers, loops, with and patterns bind": {
        "m.py": """
            def f(items, v):
                for a, (b, *c) in items:
                    print(a, b, c)
                    #     ^ m.f.a certain
                    #           ^ m.f.c certain
                with open("x") as d, open("y") as (e, g):
                    print(d, g)
                    #        ^ m.f.g certain
                try:
                    pass
                except OSError as h:
                    print(h)
                    #     ^ m.f.h certain
                match v:
                    case {"k": i, **j} | [i, j]:
                        print(i, j)
                        #        ^ m.f.j certain
                    case f(attr=k) as o:
                        print(k, o)
                        #     ^ m.f.k certain
                        #        ^ m.f.o certain
            """,
    },
    "imports of every kind": {
        "pkg/__init__.py": """
            from .core import Engine as Motor, start
            #                 ^ pkg.core.Engine certain import
            #                           ^ pkg.core.Engine certain
            from . import core as heart
            #             ^ pkg.core certain
            """,
        "pkg/core.py": """
            class Engine: ...
            def start(): ...
            _hidden = 1
            """,
        "pkg/sub/__init__.py": "",
        "pkg/sub/leaf.py": """
            from .. import Motor
            from ..core import start as go
            from ...pkg import nothing
            #                  ^ none
            Motor, go()
            #      ^ pkg.core.start certain import
            #< pkg.core.Engine certain import
            """,
        "main.py": """
            import pkg
            import pkg.sub.leaf
            #          ^ pkg.sub certain
            #              ^ pkg.sub.leaf certain
            import pkg.core as c, os.path
            #                        ^ os.path certain
            from pkg import Motor, heart
            import numpy as np
            pkg.Motor, c.start, Motor, heart.Engine
            #   ^ pkg.core.Engine certain module-attribute
            #            ^ pkg.core.start certain
            #                   ^ pkg.core.Engine certain import
            #                          ^ pkg.core certain
            #                                ^ pkg.core.Engine certain
            pkg.sub.leaf.go
            #       ^ pkg.sub.leaf certain
            #            ^ pkg.core.start certain
            np.linalg.norm(os.path.join)
            #         ^ numpy.linalg.norm certain
            #                      ^ os.path.join certain
            """,
    },
    "star imports": {
        "a.py": """
            __all__ = ["one"]
            #           ^ a.one certain export
            __all__ += ["_two"]
            __all__.extend(["three"])
            def one(): ...
            def _two(): ...
            def three(): ...
            def four(): ...
            """,
        "b.py": """
            from a import *
            def five(): ...
            def _six(): ...
            """,
        "c.py": """
            from b import *
            one(), _two(), three(), four(), five(), _six()
            #< a.one certain import
            #      ^ none
            #              ^ a.three certain
            #                       ^ none
            #                               ^ b.five certain
            #                                       ^ none
            """,
    },
    "conditional imports": {
        "fast.py": "def work(): ...",
        "slow.py": "def work(): ...",
        "m.py": """
            from typing import TYPE_CHECKING
            try:
                from fast import work
            except ImportError:
                from slow import work
            if TYPE_CHECKING:
                from fast import work as typed
            work()
            #< fast.work|slow.work certain import
            def f(x: "typed"):
            #         ^ fast.work certain
                pass
            """,
    },
    "branches that never run": {
        "real.py": "class Real: ...\n",
        "m.py": """
            import sys
            import sys as system
            from typing import TYPE_CHECKING
            if TYPE_CHECKING:
                from real import Real
            else:
                Real = Other = None
            if not sys.version_info >= (3, 8):
                from past import new
            elif sys.platform.startswith("win") or False:
                new = 1
            else:
                from real import Real as new
            if system.version_info[0] == 2:
                text = unicode
            else:
                text = str
            if sys.version_info >= (3, 12):
                from real import Real as either
            else:
                either = 1
            class C:
                if sys.version_info < (3, 6):
                    def f(self): ...
                else:
                    def f(self): ...
            new, text, either
            #< real.Real certain
            #    ^ m.text certain
            #          ^ real.Real|m.either certain
            def g(x: Real, y=Other):
            #        ^ real.Real certain import
            #                ^ m.Other certain
                pass
            """,
    },
    "source roots": {
        "src/app/__init__.py": "",
        "src/app/models.py": "class User: ...",
        "lib/other/__init__.py": "",
        "lib/other/tools.py": "def helper(): ...",
        "tests/test_app.py": """
            from app.models import User
            #        ^ app.models certain
            #                      ^ app.models.User certain
            from other.tools import helper
            #                       ^ other.tools.helper certain
            import conftest
            #      ^ conftest certain
            from name.space.deep import thing
            #                           ^ deep.thing certain
            """,
        "tests/conftest.py": "",
        "name/space/deep.py": "thing = 1",
    },
    "a project does not hide the standard library": {
        "pkg/__init__.py": "",
        "pkg/json.py": "def loads(): ...",
        "pkg/use.py": """
            import json
            json.loads
            #    ^ json.loads certain
            from . import json as own
            own.loads
            #   ^ pkg.json.loads certain
            """,
    },
    "stubs": {
        "fast.pyi": "def compute() -> int: ...",
        "whole.py": "def seen(): ...",
        "whole.pyi": "def seen(): ...\ndef compiled(): ...",
        "m.py": """
            import fast, whole
            fast.compute, whole.seen, whole.compiled
            #    ^ fast.compute certain
            #                   ^ whole.seen certain
            #                               ^ whole.compiled certain
            """,
    },
    "the last definition counts, overloads give their implementation": {
        "a.py": """
            from typing import overload
            @overload
            def f(x: int) -> int: ...
            @overload
            def f(x: str) -> str: ...
            def f(x): ...
            if x:
                def g(): "one"
            else:
                def g(): "two"
            """,
        "m.py": """
            import a
            from a import g
            a.f, g
            # ^ a.f certain
            #    ^ a.g certain
            """,
    },
    "what is not a name has no answer": {
        "m.py": """
            def f():
                # f in a comment
                "f in a string"
                # ^ none
                return f"{f}"
                #         ^ m.f certain
            """,
    },
    "a star that only brings back what the package has from elsewhere": {
        "pack/__init__.py": "from pack.one import *\nfrom pack.two import *\n",
        "pack/one.py": "def groups(): ...\n",
        "pack/two.py": "from pack import groups\n#                ^ pack.one.groups certain\n",
        "m.py": "import pack\npack.groups\n#    ^ pack.one.groups certain\n",
    },
    "a package that hides its module": {
        "pack/__init__.py": "from .glob import glob\n",
        "pack/glob.py": "def glob(): ...\n",
        "pack/other.py": "def help(): ...\n",
        "pack/user.py": "from . import glob, other\n#             ^ pack.glob.glob certain\n"
        "glob, other.help\n#< pack.glob.glob certain\n#     ^ pack.other certain\n",
    },
}


@pytest.mark.parametrize("name", CASES)
def test_names(name, tmp_path):
    assert check(tmp_path, CASES[name])
