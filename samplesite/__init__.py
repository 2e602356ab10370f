"""A small finanzen.net with invented content, to try finnews on: ``python -m samplesite``."""
