"""``scrapy probe``: what is read of one page, field by field, and by which selector."""
