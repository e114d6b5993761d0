// Draws a Shelf.
class Shelf {
  draw() { return new Shelf("Shelf"); }
}
