"""What people and units have received and made; facts and eligibility."""
