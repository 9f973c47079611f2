"""The writes of history."""
