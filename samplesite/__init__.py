"""A small finanzen.net with invented content, to try finnews on: ``python -m samplesite``.

Imports run one way: ``__main__`` → `web` → `faults` → `content`.
"""
