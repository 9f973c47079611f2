"""The writes of core."""
