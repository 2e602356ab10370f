"""``scrapy probe``: what finnews reads on a page, field by field, and by which selector."""
