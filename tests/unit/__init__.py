"""finnews piece by piece, laid out as it is; nothing here starts a crawl."""
