"""`manage.py test`: real services found or started, pytest once per database, one closing line each."""
