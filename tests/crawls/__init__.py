"""Whole crawls, as a person runs them: in processes, over sockets."""
