"""The writes of units: structure, people, records, roles."""
