"""What finnews does, as tests."""
