"""Benchmarks: ``make bench`` runs the short ones, ``python -m benchmarks.<name>`` any."""
