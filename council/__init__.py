"""Councils, sessions and secret ballots."""
