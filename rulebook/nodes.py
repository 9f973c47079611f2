"""Typed reading of YAML nodes, so that every complaint names file, key and line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rulebook.errors import BookError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Reader:
    """One YAML node together with its file, the path of keys that led to it, and the line of its key."""

    def __init__(self, node: Node, file: str, key: str = "", line: int | None = None) -> None:
        self.node, self.file, self.key = node, file, key
        self.line = line or int(node.start_mark.line if node.start_mark else 0) + 1

    @classmethod
    def of_plain(cls, content: object, name: str) -> Reader:
        """A reader of plain JSON content, for values that do not come from a file of the book."""
        node = yaml.compose(json.dumps(content, ensure_ascii=False), Loader=_Loader)
        return cls(node or ScalarNode("tag:yaml.org,2002:null", "null"), name)

    def fail(self, says: str) -> BookError:
        """The error to raise for this node."""
        return BookError(self.file, self.key, self.line, says)

    def mapping(self, allowed: set[str] | None = None, required: set[str] = frozenset()) -> dict[str, Reader]:  # type: ignore[assignment]
        """The entries of a mapping; refuses unknown, missing and repeated keys."""
        if not isinstance(self.node, MappingNode):
            raise self.fail("phải là một bảng khóa: giá trị")
        entries: dict[str, Reader] = {}
        for name_node, value_node in self.node.value:
            name = str(name_node.value)
            line = int(name_node.start_mark.line) + 1
            child = Reader(value_node, self.file, f"{self.key}.{name}" if self.key else name, line)
            if name in entries:
                raise child.fail("khóa bị lặp lại")
            if allowed is not None and name not in allowed:
                raise child.fail(f"khóa không được biết; chỉ nhận {', '.join(sorted(allowed))}")
            entries[name] = child
        for name in sorted(required - set(entries)):
            raise self.fail(f"thiếu khóa {name}")
        return entries

    def items(self) -> Iterator[Reader]:
        """The members of a list."""
        if not isinstance(self.node, SequenceNode):
            raise self.fail("phải là một danh sách")
        for position, node in enumerate(self.node.value):
            yield Reader(node, self.file, f"{self.key}[{position}]")

    def is_null(self) -> bool:
        """True for an explicit null: the value is repealed."""
        return isinstance(self.node, ScalarNode) and self.node.tag == "tag:yaml.org,2002:null"

    def is_mapping(self) -> bool:
        """True where the node is a mapping."""
        return isinstance(self.node, MappingNode)

    def text(self) -> str:
        """A piece of text that is not empty."""
        if not isinstance(self.node, ScalarNode) or self.is_null() or not str(self.node.value).strip():
            raise self.fail("phải là chữ, không để trống")
        return " ".join(str(self.node.value).split())

    def integer(self) -> int:
        """A whole number, not negative."""
        value = self.node.value if isinstance(self.node, ScalarNode) else None
        if value is None or self.node.tag != "tag:yaml.org,2002:int" or not str(value).isdigit():
            raise self.fail("phải là số nguyên không âm")
        return int(value)

    def boolean(self) -> bool:
        """Written true or false, nothing else."""
        value = self.node.value if isinstance(self.node, ScalarNode) else None
        if value not in ("true", "false"):
            raise self.fail("phải là true hoặc false")
        return bool(value == "true")

    def day(self) -> date:
        """A date written YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.fail("phải là ngày dạng NĂM-THÁNG-NGÀY") from None

    def choice(self, allowed: set[str]) -> str:
        """One of a fixed set of codes."""
        value = self.text()
        if value not in allowed:
            raise self.fail(f"«{value}» không thuộc {', '.join(sorted(allowed))}")
        return value


def read_file(path: Path, root: Path) -> Reader:
    """Compose one file; a file that is not YAML is refused with its line."""
    name = path.relative_to(root).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BookError(name, "", line, f"không đọc được YAML: {error.problem}") from None
    if node is None:
        raise BookError(name, "", 1, "tệp trống")
    return Reader(node, name)
