"""Running texts: what is text of one, and what agencies and editors print around it."""
