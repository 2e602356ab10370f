"""What is true: the invented content of the sample site and the items that crawls should find.

Imports nothing of `samplesite.faults` and `samplesite.web`.
"""
