"""Parts of pages that several page types share."""
