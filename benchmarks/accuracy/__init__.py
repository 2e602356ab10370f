"""How much of what pages print is read, and read right: ``python -m benchmarks.accuracy``."""
