"""What is known of lines beside their own rows: their order, their split, their money, their days."""
