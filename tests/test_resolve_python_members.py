"""Members of enumerations, of metaclasses, and what `super()` finds."""

import pytest

from cq.symbols.python.resolver import PythonResolver
from resolved import check, project_of

CASES = {
    "a member of an enumeration is an instance of it": {
        "m.py": """
            import enum
            class E(enum.Enum):
                A = 1
                B = enum.auto()
                def show(self):
                    return self.value
                    #           ^ enum.Enum.value certain
                def next(self):
                    return self.B.show()
                    #             ^ m.E.show likely enum
                def _plain(self): ...
                other = _plain
            class Text(str, enum.Enum):
                X = "x"
                def shout(self): ...
            class Other:
                A = 1
                name = value = 1
                def show(self): ...
                def shout(self): ...
            E.A.show()
            #   ^ m.E.show likely enum
            E.A.name
            #   ^ enum.Enum.name likely
            Text.X.shout()
            #      ^ m.Text.shout likely enum
            Text.X.upper()
            #      ^ builtins.str.upper likely
            Other.A.bit_length()
            #       ^ builtins.int.bit_length likely
            """,
    },
    "the methods of a metaclass have the class as their receiver": {
        "m.py": """
            class Manager:
                def filter(self): ...
            class Meta(type):
                @property
                def manager(cls): return cls.make()
                #                            ^ m.Model.make possible
                @property
                def unknown(cls): return cls._meta.default
                #                            ^ none
                def given(cls): return cls.made
                #                          ^ m.Model.made possible
            class Model(metaclass=Meta):
                made = Manager()
                @classmethod
                def make(cls): return Manager()
                def go(self):
                    self.__class__.manager.filter()
                    #                      ^ m.Manager.filter likely
                    self.__class__.unknown.filter()
                    #                      ^ m.Manager.filter possible unique-name
            Model.manager.filter()
            #             ^ m.Manager.filter likely
            Model.given().filter()
            #             ^ m.Manager.filter likely
            """,
    },
    "what a built-in class does not have is not its attribute": {
        "m.py": """
            class Kept(dict):
                def go(self):
                    self.update(a=1)
                    #    ^ builtins.dict.update certain
                    self.flush()
                    #    ^ none
                    type.nothing.filter()
                    #    ^ none
                    str.upper.nothing
                    #   ^ builtins.str.upper certain
                    object.other.nothing
                    #            ^ none
            """,
    },
}


@pytest.mark.parametrize("name", CASES)
def test_members(name, tmp_path):
    assert check(tmp_path, CASES[name])


def test_super_in_a_mixin_never_means_the_mixin_itself(tmp_path):
    text = """
        class Mixin:
            def step(self): return super().step()
        class Below(Mixin):
            def step(self): ...
        class Real:
            def step(self): ...
        class Both(Mixin, Real): ...
        """
    project = project_of(tmp_path, {"m.py": text})
    (row,) = PythonResolver(project).definitions_at("m.py", project.read("m.py").index(b"step()"))
    assert row.target.qualified_name == "m.Real.step"
    assert row.confidence == "possible"
