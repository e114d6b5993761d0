//! The engine under the `Shelf`.
use std::collections::HashMap;

/// A shelf of books.
///
/// ```
/// let shelf = Shelf::new(3);
/// ```
#[derive(Debug, Clone)]
pub struct Shelf {
    pub size: usize,
    books: HashMap<String, usize>,
}

impl Shelf {
    pub fn new(size: usize) -> Self {
        Shelf { size, books: HashMap::new() }
    }

    pub fn add(&mut self, title: &str) -> usize {
        self.books.insert(title.to_owned(), self.size);
        self.books.len()
    }
}

macro_rules! cfg_loans {
    ($($item:item)*) => { $($item)* };
}

cfg_loans! {
    /// Lend a book of this shelf.
    pub fn lend(shelf: &mut Shelf, title: &str) -> bool {
        shelf.books.remove(title).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Shelf;

    #[test]
    fn adds() {
        let mut shelf = Shelf::new(2);
        assert_eq!(shelf.add("Emma"), 1);
    }
}
