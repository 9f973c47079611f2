"""A made-up sector of any size, for measurements: real units, invented people and their years."""
