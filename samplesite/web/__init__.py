"""How the sample site is served."""
