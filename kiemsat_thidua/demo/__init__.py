"""The demonstration: invented people and a year of their work."""
