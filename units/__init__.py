"""Units, people, postings and yearly records, all dated; role assignments."""
