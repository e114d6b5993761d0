"""Definitions by their written names, and all references of one definition."""

import pytest

from cq.rows.resolution import Target
from cq.symbols.python.resolver import PythonResolver
from cq.symbols.references import references_of
from resolved import project_of

FILES = {
    "src/shop/__init__.py": "from .cart import Cart as Basket, total\n",
    "src/shop/cart.py": """
        class Base:
            limit = 3
            def add(self, item): ...
        class Cart(Base):
            def __init__(self):
                self.items = []
            def total(self):
                def inner(): ...
                return total(self)
        def total(cart):
            return cart
        """,
    "src/shop/other.py": """
        class Till:
            def add(self, item): ...
        def total(): ...
        """,
    "tests/test_cart.py": """
        import shop
        from shop import Basket, total as sum_of
        from shop.other import Till, total
        add = Till().add
        def test(unknown):
            basket = Basket()
            basket.add(1)
            shop.Basket().add(2)
            Till().add(3)
            unknown.add(4)
            sum_of(basket)
            shop.total(basket)
            total()
            alias = shop.total
            alias(1)
        # add total Cart
        """,
}

NAMED = {
    "Cart": ["shop.cart.Cart"],
    "shop.cart.Cart": ["shop.cart.Cart"],
    "shop.Basket": ["shop.cart.Cart"],
    "Cart.add": ["shop.cart.Base.add"],
    "shop::cart::Cart::add": ["shop.cart.Base.add"],
    "shop.Basket.limit": ["shop.cart.Base.limit"],
    "Cart.items": ["shop.cart.Cart.items"],
    "items": ["shop.cart.Cart.items"],
    "shop.cart": ["shop.cart"],
    "cart": ["shop.cart"],
    "other.total": ["shop.other.total"],
    "total.inner": ["shop.cart.Cart.total.inner"],
    "Cart.total.inner": ["shop.cart.Cart.total.inner"],
    "Basket": ["shop.cart.Cart"],
    "Basket.add": ["shop.cart.Base.add"],
    "Basket.items": ["shop.cart.Cart.items"],
    "Basket.gone": [],
    "Cart.gone": [],
    "gone": [],
    "": [],
    ".": [],
    "Cart..add": [],
}


@pytest.fixture
def project(tmp_path):
    return project_of(tmp_path, FILES)


@pytest.mark.parametrize("name", NAMED)
def test_named(name, project):
    assert [target.qualified_name for target in PythonResolver(project).named(name)] == NAMED[name]


def test_a_bare_name_means_every_definition_of_it(project):
    found = {target.qualified_name for target in PythonResolver(project).named("total")}
    assert found == {"shop.cart.Cart.total", "shop.cart.total", "shop.other.total"}


def _lines(project, name: str, confidences: str) -> list[str]:
    resolver = PythonResolver(project)
    (target,) = [each for each in resolver.named(name) if each.qualified_name.endswith(name)]
    found = []
    for each in references_of(project, resolver, "python", target):
        if each.resolution.confidence in confidences.split():
            data = project.read(each.path)
            line = data[data.rfind(b"\n", 0, each.start_byte) + 1 : data.find(b"\n", each.start_byte)]
            found.append(line.decode().strip())
    return found


def test_references_of_a_method_leave_its_namesakes_out(project):
    assert _lines(project, "Base.add", "certain likely") == [
        "def add(self, item): ...",
        "basket.add(1)",
        "shop.Basket().add(2)",
    ]
    assert _lines(project, "Till.add", "certain likely") == [
        "def add(self, item): ...",
        "add = Till().add",
        "Till().add(3)",
    ]
    assert _lines(project, "Base.add", "possible") == ["unknown.add(4)"]


def test_references_of_a_function_through_other_names(project):
    assert _lines(project, "cart.total", "certain likely") == [
        "from .cart import Cart as Basket, total",
        "return total(self)",
        "def total(cart):",
        "from shop import Basket, total as sum_of",
        "from shop import Basket, total as sum_of",
        "sum_of(basket)",
        "shop.total(basket)",
        "alias = shop.total",
    ]


def test_references_of_a_class_that_is_known_by_another_name(project):
    assert _lines(project, "cart.Cart", "certain") == [
        "from .cart import Cart as Basket, total",
        "from .cart import Cart as Basket, total",
        "class Cart(Base):",
        "from shop import Basket, total as sum_of",
        "basket = Basket()",
        "shop.Basket().add(2)",
    ]


def test_aliases(project):
    resolver = PythonResolver(project)
    (target,) = resolver.named("shop.cart.total")
    assert set(resolver.aliases("tests/test_cart.py", target)) == {"sum_of", "alias"}
    assert tuple(resolver.aliases("gone.py", target)) == ()


def test_target_says_where(project):
    (target,) = PythonResolver(project).named("Cart.add")
    assert target == Target(
        name="add",
        qualified_name="shop.cart.Base.add",
        kind="method",
        path="src/shop/cart.py",
        line=4,
        column=9,
        start_byte=project.read("src/shop/cart.py").index(b"add"),
        end_byte=project.read("src/shop/cart.py").index(b"add") + 3,
    )


KINDS = {"Cart": "class", "cart.total": "function", "Cart.total": "method", "Base.limit": "field", "cart": "module"}


@pytest.mark.parametrize("name", KINDS)
def test_kinds(name, project):
    assert {target.kind for target in PythonResolver(project).named(name)} == {KINDS[name]}


CHAIN = {
    "a.py": """
        from core import Cart as Basket
        Trolley = Basket
        def local():
            item = Basket
        """,
    "b.py": "from a import Basket\nBasket()\n",
    "c.py": "from b import Basket as Bag\n",
    "d.py": "from c import *\nBag()\nCart = 1\n",
    "e.py": "import a\na.Trolley()\nitem = 1\n",
    "f.py": "class Basket: ...\nBasket()\n",
    "core.py": "class Cart:\n    def add(self): ...\n",
}


def test_references_through_names_given_in_other_files(tmp_path):
    project = project_of(tmp_path, CHAIN)
    resolver = PythonResolver(project)
    (target,) = resolver.named("core.Cart")
    assert set(resolver.renamed(target)) == {"Basket", "Trolley", "Bag"}
    found = [
        (each.path, project.read(each.path)[each.start_byte : each.end_byte].decode())
        for each in references_of(project, resolver, "python", target)
    ]
    assert found == [
        ("a.py", "Cart"),
        ("a.py", "Basket"),
        ("a.py", "Basket"),
        ("a.py", "Basket"),
        ("b.py", "Basket"),
        ("b.py", "Basket"),
        ("c.py", "Basket"),
        ("c.py", "Bag"),
        ("core.py", "Cart"),
        ("d.py", "Bag"),
    ]


def test_names_that_only_go_round_are_found_once(tmp_path):
    files = {"a.py": "from b import one as two\n", "b.py": "from a import two as one\ndef two(): ...\n"}
    project = project_of(tmp_path, files)
    resolver = PythonResolver(project)
    for target in resolver.named("two"):
        assert len(list(resolver.renamed(target))) <= 2
    assert resolver.named("one") == ()
