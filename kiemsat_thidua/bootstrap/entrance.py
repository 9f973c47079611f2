"""The first step of every command: the right environment, then the libraries it needs."""

import os

from kiemsat_thidua.bootstrap import environment, systemlibs

# Commands that use the tools of tests and checks as well.
WITH_TEST_TOOLS = {"test", "lint", "bench"}
# Commands that make papers.
WITH_PAPERS = {"serve", "test", "bench", "drill_restore"}


def prepare(command: str) -> None:
    """Bring the machine to where `command` can run; may replace this process.

    APP_BOOTSTRAP=0 skips it: the interpreter at hand is used as it is (container image, shared checkouts).
    """
    if os.environ.get("APP_BOOTSTRAP", "1") == "0":
        return
    environment.ensure(environment.TEST_LOCK if command in WITH_TEST_TOOLS else environment.RUNTIME_LOCK)
    environment.enter()
    if command in WITH_PAPERS and not systemlibs.ensure() and command == "test":
        raise SystemExit(1)
