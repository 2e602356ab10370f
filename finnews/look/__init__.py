"""The archive as pages in a browser: what came in, what is said of a paper, how the crawls are."""
