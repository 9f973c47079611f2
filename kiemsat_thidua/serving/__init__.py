"""`manage.py serve`: prepare what is missing, then keep web, worker and beat running."""
