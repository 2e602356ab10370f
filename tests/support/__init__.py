"""What tests need, and is none."""
