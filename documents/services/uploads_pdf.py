"""PDF: opened in a child process with limits of memory and time, since parsers can be led astray."""

import json
import subprocess
import sys
from pathlib import Path

from documents.services.uploads_verdict import UploadRefused

CHILD = Path(__file__).with_name("uploads_pdf_child.py")
SECONDS = 15
MOST_PAGES = 500
SENTENCES = {
    "encrypted": "Tệp “{name}” có mật khẩu nên không kiểm tra được. Đồng chí bỏ mật khẩu rồi tải lại.",
    "active": "Tệp “{name}” có mã tự chạy hoặc tệp nhúng bên trong. Đồng chí in ra PDF mới rồi tải lại.",
    "pages": f"Tệp “{{name}}” có hơn {MOST_PAGES} trang. Đồng chí chia nhỏ tệp.",
    "broken": "Tệp “{name}” đã hỏng hoặc quá phức tạp. Đồng chí in ra PDF mới rồi tải lại.",
}


def check(name: str, data: bytes) -> tuple[int, bool]:
    """Number of pages, and whether it carries a digital signature. Raises UploadRefused.

    The bytes are never changed: a signature would not survive.
    """
    command = [sys.executable, "-I", str(CHILD), str(MOST_PAGES)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
        verdict = json.loads(done.stdout) if done.returncode == 0 else {"refused": "broken"}
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        verdict = {"refused": "broken"}
    if reason := verdict.get("refused"):
        raise UploadRefused(SENTENCES[reason].format(name=name))
    return int(verdict["pages"]), bool(verdict["signed"])
