"""Ratings and price targets: the tables, lists, titles and summaries of studies."""
