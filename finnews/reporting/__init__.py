"""What a run did, for a person, for a program, and as an exit status."""
