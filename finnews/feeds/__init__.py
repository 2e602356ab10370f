"""Scrapy's feeds (``-O new.jsonl``): right in every format; one that fails is one line."""
