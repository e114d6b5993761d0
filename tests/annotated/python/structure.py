# complete for: string, doc-example
"""The library.
#  ^ string ^ string

Usage:
# ^ string

>>> shelf = Shelf()
#   ^ doc-example
#           ^ doc-example
>>> for book in shelf:
#   ^ doc-example ^ doc-example
#       ^ doc-example
#            ^ doc-example
...     book.read
#       ^ doc-example
#            ^ doc-example
done
# ^ string
"""
import shop

SQL = "select " 'name' f" from {shop.table} "
#      ^ string  ^ string ^ string
#                      ^ string


def shelf(book="Moby"):
#               ^ string
    """A shelf.
    #  ^ string
    #    ^ string

    ```python
    #  ^ string
    shelf(book)
    # ^ doc-example
    #     ^ doc-example
    ```

    ```sql
    #  ^ string
    drop
    # ^ string
    ```
    """
    # shelf
    path = r"a\b" + b"raw".decode()  # book
    #      ^ string ^ string
    #        ^ string ^ string
    #          ^ string
    return {"key": path, book: f"{book!s}{path:>10}"}
    #        ^ string          ^ string         ^ string
    #                                  ^ string


raw = '''tri
#        ^ string
ple'''
# ^ string
