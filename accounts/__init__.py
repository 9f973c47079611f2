"""Who may do what: users, permissions, roles, policy."""
