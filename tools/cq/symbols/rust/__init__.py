"""Names of Rust: the module tree of each crate, paths and imports, and methods by the type of the receiver."""
