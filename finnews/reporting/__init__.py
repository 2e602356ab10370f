"""What a run did, told to a person, to a program, and by its exit status."""
