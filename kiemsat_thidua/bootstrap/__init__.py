"""What `manage.py` does before anything is installed: standard library only, speaks on standard error only."""
