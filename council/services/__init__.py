"""Writes of councils: members and rules, sessions, agenda, ballots, minutes."""
