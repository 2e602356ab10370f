"""The archive as tables of DuckDB, with the types of the items' own definition."""
