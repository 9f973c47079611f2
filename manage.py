#!/usr/bin/env python3
"""The one entrance: prepares its own environment with the standard library, then hands over to Django.

`python3 manage.py serve` runs everything, `python3 manage.py test` tests everything; neither needs a step before.
"""

import os
import sys


def main() -> None:
    """Run the command named on the command line."""
    if sys.version_info < (3, 11):
        sys.exit("Cần Python 3.11 trở lên; máy này đang dùng Python %d.%d." % sys.version_info[:2])
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    # Imports stand where the environment they need exists.
    from kiemsat_thidua.bootstrap import entrance

    entrance.prepare(command)
    if command == "test":
        from kiemsat_thidua.testing import run

        sys.exit(run.main(sys.argv[2:]))
    if command == "lint":
        from kiemsat_thidua.testing import lint

        sys.exit(lint.main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiemsat_thidua.settings")
    from django.core.management import execute_from_command_line

    from rulebook.errors import BookError

    try:
        execute_from_command_line(sys.argv)
    except BookError as fault:  # a wrong value of the law: one line that names file, line and key
        sys.exit(f"Sổ quy tắc có lỗi: rulebook/data/{fault}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
