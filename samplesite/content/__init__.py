"""What is true of the sample site: its invented content."""
