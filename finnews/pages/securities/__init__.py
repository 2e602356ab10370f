"""The pages of all kinds of securities: their snapshot and their boxes of prices."""
