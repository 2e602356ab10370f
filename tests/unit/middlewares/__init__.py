"""What stands between a request and its answer."""
