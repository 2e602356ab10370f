"""Between a request and its response: transport, pace, retries, robots.txt, refusals."""
