"""Is a Word template of an office usable? Asked in a child process: parsers can be led astray.

The report says what is wrong and where; a template with errors is not stored.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from documents.services.word_fields import LABELS, REQUIRED, sample, shape
from documents.states import WordKind

CHILD = Path(__file__).with_name("word_engine.py")
SECONDS = 30
#: A template is a few pages; more is not one.
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Mistake:
    """One thing to put right: in which part, near which words, what."""

    where: str
    near: str
    what: str

    def __str__(self) -> str:
        near = f" gần “{self.near}”" if self.near else ""
        return f"{self.where.capitalize()}{near}: {self.what}" if self.where else self.what


@dataclass(frozen=True)
class Report:
    """What the check found; `used` are the fields that the template prints."""

    mistakes: tuple[Mistake, ...] = ()
    used: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """May it be stored?"""
        return not self.mistakes


def check(kind: str, data: bytes) -> Report:
    """The report on a DOCX that `uploads.accept` has let in."""
    if len(data) > MOST_BYTES:
        return _refused(f"Mẫu lớn hơn {MOST_BYTES // 1024 // 1024} MB. Đồng chí bỏ bớt ảnh trong mẫu.")
    fields = sample(WordKind(kind))
    asked = json.dumps({"shape": shape(fields), "sample": fields}).encode()
    command = [sys.executable, "-I", str(CHILD)]
    try:
        done = subprocess.run(command, input=asked + b"\n" + data, capture_output=True, timeout=SECONDS, check=False)
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        answer = None
    if answer is None:
        return _refused("Không đọc được mẫu này, hoặc mẫu quá phức tạp. Đồng chí mở bằng Word, lưu lại rồi tải lên.")
    mistakes = [Mistake(row["where"], row["near"], row["what"]) for row in answer["errors"]]
    return Report((*mistakes, *_missing(kind, answer["used"])), tuple(answer["used"]))


def _missing(kind: str, used: list[str]) -> list[Mistake]:
    return [
        Mistake("", "", f"Thiếu trường bắt buộc “{name}” ({LABELS[name].lower()}).")
        for name in REQUIRED[WordKind(kind)]
        if name not in used
    ]


def _refused(what: str) -> Report:
    return Report((Mistake("", "", what),))
