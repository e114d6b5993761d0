# complete for: definition, call
# -*- coding: latin-1 -*-
"""Café müde."""

CAFÉ = "café"
# ^ definition.variable


def open_caf(name="été"): return print(name, "é"), len(name)
#   ^ definition.function        ^ call            ^ call


class Menu:
#     ^ definition.class
    price = "5 £"; dish = price  # été
    # ^ definition.field
    #              ^ definition.field
