"""The pages of shares, ETFs and funds: their snapshot and their boxes of prices."""
