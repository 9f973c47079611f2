"""Who does which kind of job, and who listens to what. Names, so that lower apps import nothing above.

A test resolves every name; every kind that code queues must stand in JOBS.
"""

#: Kind of job -> function(job: Job) -> result dict. Every function may run twice.
JOBS: dict[str, str] = {
    "awards.tell_discovered": "awards.services.discoveries.tell_heads",
    "council.minutes": "council.services.minutes.make",
    "decisions.render_part": "decisions.services.rendering.render_part",
    "decisions.merge": "decisions.services.rendering.merge",
    "decisions.sign_paper": "decisions.services.signing.run",
    "decisions.tell_units": "decisions.services.issuing.tell_units",
    "history.discover": "history.services.discovering.conclude",
    "history.discover_part": "history.services.discovering.run_part",
    "decisions.recheck": "decisions.services.rechecking.find",
}

#: Announcement -> kinds of jobs to queue with its facts as payload.
LISTENERS: dict[str, tuple[str, ...]] = {
    "decision.issued": ("decisions.tell_units",),
    "discovery.found": ("awards.tell_discovered",),
    "decision.revoked": ("decisions.tell_units", "decisions.recheck"),
    "decision.corrected": ("decisions.tell_units",),
}
