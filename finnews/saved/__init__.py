"""Saved pages: what WARC files, folders and Scrapy's HTTP cache hold."""
