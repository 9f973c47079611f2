"""A database of its own for a measurement: made, filled, and gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test import override_settings

PLAIN_STATIC = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@contextmanager
def database() -> Iterator[None]:
    """An empty, migrated database in the place of the configured one, which is not touched."""
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        # Pages are measured without collecting static files first.
        with override_settings(STORAGES=PLAIN_STATIC):
            yield
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)


def analyse() -> None:
    """Tell the planner what the tables hold, as autovacuum does within minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def resident_mib() -> float:
    """Memory this process holds now, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
