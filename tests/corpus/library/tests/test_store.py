from shelf import Shelf


def test_add():
    shelf = Shelf(2)
    assert shelf.add("Emma") == 1
    assert shelf.size == 2
