"""Forms of history: values of the sector's own, facts to try the rule book with."""
