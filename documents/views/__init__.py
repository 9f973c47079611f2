"""Pages of documents: download, preview, public verification."""
