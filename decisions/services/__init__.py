"""The writes of decisions."""
