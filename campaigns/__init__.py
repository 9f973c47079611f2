"""Campaigns, clusters and registrations."""
