"""Submissions, nominations, review, public notice."""
