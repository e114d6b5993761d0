"""What is around a definition: who calls it, what it calls, and what a change of it would touch."""
