"""Reads only: home, search, calendar, statistics."""
