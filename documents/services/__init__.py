"""Writes and heavy work of documents: storing, numbering, uploads, rendering."""
