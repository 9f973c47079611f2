"""The pages of units: people, the tree, roles."""
