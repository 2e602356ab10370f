"""A site and crawlers against each other, without a network: what is promised is held to.

`site` is the site, `crawl` a crawl of the spider itself, `promise` says what must be archived, and
`machine` lets hypothesis make up what happens.
"""
