class Shelf(
    def broken(self:
        return Shelf
