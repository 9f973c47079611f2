"""The words on decisions and certificates."""
