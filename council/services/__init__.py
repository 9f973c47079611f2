"""The writes of council."""
