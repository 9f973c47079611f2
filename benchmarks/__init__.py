"""Heavy proofs and measurements, run by `manage.py bench NAME`; outside the tests."""
