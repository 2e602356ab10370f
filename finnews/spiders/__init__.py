"""The spiders: where to start, which page types to follow, when to stop."""
