from shelf.store import Shelf, open_shelf

__all__ = ["Shelf", "open_shelf"]
