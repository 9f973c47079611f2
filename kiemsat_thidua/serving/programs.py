"""The three programs of an installation: web server, worker, clock."""

import os
import sys

from kiemsat_thidua.serving.family import Child

APP = "kiemsat_thidua"
# Root runs the product only where someone tries it out; the container image has a user of its own.
AS_ROOT = ["-W", "ignore:You're running the worker with superuser privileges"]


def programs(*, port: int, beat_schedule: str) -> list[Child]:
    """What `serve` keeps running on this machine."""
    environment = {**os.environ, "PUBLIC_BASE_URL": os.environ.get("PUBLIC_BASE_URL") or f"http://127.0.0.1:{port}"}
    return [
        Child("web", _web(port), environment),
        Child("worker", _celery("worker", "--pool=prefork", "--concurrency=2", *QUIET), environment),
        Child("beat", _celery("beat", f"--schedule={beat_schedule}", "--pidfile="), environment),
    ]


# One worker alone has nobody to gossip with.
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def _web(port: int) -> list[str]:
    options = {
        "bind": f"127.0.0.1:{port}",
        "worker-class": "gthread",
        "workers": os.environ.get("WEB_CONCURRENCY") or "2",
        "threads": "4",
        "graceful-timeout": "10",
        "log-level": "warning",
    }
    command = [sys.executable, "-m", "gunicorn", *(f"--{name}={value}" for name, value in options.items())]
    # Its control socket would be written into the home folder, which may be read-only.
    return [*command, "--no-control-socket", f"{APP}.wsgi"]


def _celery(program: str, *options: str) -> list[str]:
    return [sys.executable, *AS_ROOT, "-m", "celery", "--quiet", "-A", APP, program, "--loglevel=WARNING", *options]
