"""Benchmarks: ``make bench`` prints the table, ``python -m benchmarks.<name>`` runs any other."""
