"""What can be broken: pages, connections, shares, the layout.

Imports `samplesite.content`, nothing of `samplesite.web`.
"""
