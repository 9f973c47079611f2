"""The writes of campaigns."""
