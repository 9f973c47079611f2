"""What can go wrong when the book is loaded or asked."""

from __future__ import annotations


class BookError(ValueError):
    """The data of the book are wrong; the message names file, key and line."""

    def __init__(self, file: str, key: str, line: int, says: str) -> None:
        self.file, self.key, self.line, self.says = file, key, line, says
        super().__init__(f"{file}:{line}: {key or '(gốc)'}: {says}")


class NoValue(LookupError):
    """Nothing in the book is in force for that parameter on that day."""


class QuestionError(ValueError):
    """A question that cannot be read; names the question's id and the field."""

    def __init__(self, question: str, field: str, says: str) -> None:
        self.question, self.field, self.says = question, field, says
        super().__init__(f"câu hỏi {question}: trường «{field}»: {says}")
