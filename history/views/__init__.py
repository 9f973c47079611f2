"""The pages of history: one person, one unit, the rule book."""
