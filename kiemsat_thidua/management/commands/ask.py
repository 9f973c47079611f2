"""``manage.py ask FILE.json``: answers questions of law from the book, without touching the database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand

from rulebook.errors import QuestionError
from rulebook.questions import answer_text


class Command(BaseCommand):
    """Prints one JSON list; a question that cannot be read gives one line on standard error and exit 2."""

    help = "Trả lời câu hỏi về luật từ sổ luật (tệp JSON, hoặc - để đọc đầu vào chuẩn)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file of questions."""
        parser.add_argument("file", metavar="FILE.json", help="tệp câu hỏi, hoặc - để đọc đầu vào chuẩn")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Answer, or say in one line what cannot be read."""
        try:
            answers = answer_text(_read(options["file"]))
        except QuestionError as error:
            _write(sys.stderr, " ".join(str(error).split()))
            sys.exit(2)
        _write(sys.stdout, answers)


def _write(stream: TextIO, text: str) -> None:
    """UTF-8 whatever the terminal is set to; half a surrogate pair from the question must not stop the answer."""
    stream.buffer.write((text + "\n").encode("utf-8", "backslashreplace"))
    stream.buffer.flush()


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError("?", "(tệp)", f"không đọc được {name}: {error}") from None
