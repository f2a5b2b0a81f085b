"""The evidence base: what is known about the people whom a decision affects, and what the figures can carry."""
