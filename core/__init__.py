"""How things are done here: workflow, journal, jobs, notifications, shared interface pieces."""
