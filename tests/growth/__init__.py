"""Golden pages grown in each of their parts: reading takes time and memory in proportion."""
