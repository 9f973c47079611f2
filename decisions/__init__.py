"""The signed act and its effects: numbers, certificates, money."""
