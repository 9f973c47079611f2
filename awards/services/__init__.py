"""The writes of awards."""
