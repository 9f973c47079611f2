"""The pages of council."""
