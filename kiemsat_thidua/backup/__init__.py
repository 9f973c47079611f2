"""Copies of an installation, and the proof that one can be brought back."""
