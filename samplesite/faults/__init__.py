"""What can be broken on the sample site."""
