"""Who does which kind of job, and who listens to what. Names, so that lower apps import nothing above.

A test resolves every name; every kind that code queues must stand in JOBS.
"""

#: Kind of job -> function(job: Job) -> result dict. Every function may run twice.
JOBS: dict[str, str] = {
    "council.minutes": "council.services.minutes.make",
    "decisions.render_part": "decisions.services.rendering.render_part",
    "decisions.merge": "decisions.services.rendering.merge",
    "decisions.tell_units": "decisions.services.issuing.tell_units",
}

#: Announcement -> kinds of jobs to queue with its facts as payload.
LISTENERS: dict[str, tuple[str, ...]] = {
    "decision.issued": ("decisions.tell_units",),
}
