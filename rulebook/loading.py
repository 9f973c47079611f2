"""Reads and checks the files of the book.

Refuses an uncited value, an overlap, an unknown key, an unknown document, a wrong type, and a value
that outlives every document it cites.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rulebook import codes
from rulebook.nodes import Reader, read_file
from rulebook.shapes import Shapes
from rulebook.sources import Source, read_sources
from rulebook.values import Book, Cite, Parameter, Value

_VALUE_KEYS = {"from", "to", "value", "cite", "status", "note"}
_PARAMETER_KEYS = {"meaning", "shape", "subject", "types", "awards", "values"}


class Loading:
    """Reads parameters of one file after another against the documents and codes already known."""

    def __init__(self, sources: Mapping[str, Source], shapes: Shapes, awards: set[str]) -> None:
        self.sources, self.shapes, self.awards = sources, shapes, awards
        self.parameters: dict[str, Parameter] = {}
        self._papers: dict[tuple[str, str], list[tuple[date, date | None]]] = {}

    def file(self, stem: str, reader: Reader) -> None:
        sections = reader.mapping({"conditions", "people", "parameters"})
        for section, shape in (("conditions", "condition"), ("people", "text"), ("parameters", "")):
            if section not in sections:
                continue
            for key, entry in sections[section].mapping().items():
                code = f"{stem}.people.{key}" if section == "people" else f"{stem}.{key}"
                if code in self.parameters:
                    raise entry.fail(f"tham số {code} đã có ở tệp khác")
                self.parameters[code] = self._parameter(code, shape, entry)

    def _parameter(self, code: str, shape: str, reader: Reader) -> Parameter:
        entries = reader.mapping(_PARAMETER_KEYS, {"meaning", "values"} | (set() if shape else {"shape"}))
        shape = shape or entries["shape"].choice(self.shapes.names())
        values = tuple(self._value(shape, item) for item in entries["values"].items())
        if not values:
            raise entries["values"].fail("phải có ít nhất một giá trị")
        for item, earlier, later in zip(list(entries["values"].items())[1:], values, values[1:], strict=False):
            if earlier.end is None or earlier.end >= later.start:
                raise item.fail("chồng lên giá trị trước, hoặc không xếp theo ngày")
        parameter = Parameter(
            code=code,
            meaning=entries["meaning"].text(),
            shape=shape,
            values=values,
            subject=entries["subject"].choice(set(codes.SUBJECTS)) if "subject" in entries else "",
            types=tuple(t.choice(set(codes.TYPES)) for t in entries["types"].items()) if "types" in entries else (),
            awards=tuple(a.choice(self.awards) for a in entries["awards"].items()) if "awards" in entries else (),
        )
        if shape == "dossier_part":
            self._each_paper_once(parameter, entries["values"])
        return parameter

    def _each_paper_once(self, parameter: Parameter, reader: Reader) -> None:
        """A dossier asks for the same kind of paper once a day, whatever the number of entries."""
        for item, value in zip(reader.items(), parameter.values, strict=True):
            for award in parameter.awards or sorted(self.awards) if value.content else ():
                taken = self._papers.setdefault((award, value.content.part), [])
                if any(value.start <= (end or value.start) and (value.end or start) >= start for start, end in taken):
                    raise item.fail(f"thành phần {value.content.part} của {award} đã có trong cùng thời gian")
                taken.append((value.start, value.end))

    def _value(self, shape: str, reader: Reader) -> Value:
        entries = reader.mapping(_VALUE_KEYS, {"from", "value", "cite", "status"})
        start = entries["from"].day()
        end = entries["to"].day() if "to" in entries else None
        if end is not None and end < start:
            raise entries["to"].fail("ngày cuối đứng trước ngày đầu")
        content = None if entries["value"].is_null() else self.shapes.read(shape, entries["value"])
        return Value(
            content=content,
            start=start,
            end=end,
            cite=self._cites(entries["cite"], start, end),
            status=entries["status"].choice(codes.STATUSES),
            note=entries["note"].text() if "note" in entries else "",
        )

    def _cites(self, reader: Reader, start: date, end: date | None) -> tuple[Cite, ...]:
        found, ends = [], []
        for item in reader.items():
            entries = item.mapping({"doc", "at"}, {"doc", "at"})
            doc = entries["doc"].text()
            if doc not in self.sources:
                raise entries["doc"].fail(f"văn bản {doc} không có trong sources.yaml")
            found.append(Cite(doc, entries["at"].text()))
            ends.append(self.sources[doc].end)
        if not found:
            raise reader.fail("giá trị phải có căn cứ")
        if all(self.sources[cite.doc].start > start for cite in found):
            raise reader.fail("chưa văn bản nào được dẫn có hiệu lực vào ngày đầu của giá trị")
        if all(ends) and (end is None or end > max(day for day in ends if day)):
            raise reader.fail("giá trị sống lâu hơn mọi văn bản được dẫn; hãy ghi ngày cuối (to)")
        return tuple(found)


def _files(root: Path) -> list[Path]:
    return sorted(root.rglob("*.yaml"))


def _hash(files: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_book(root: Path) -> Book:
    """Read and check the data under ``root``; any fault raises BookError with file, key and line."""
    files = _files(root)
    sources = read_sources(read_file(root / "sources.yaml", root))
    awards = _catalogue(read_file(root / "catalogue.yaml", root), sources)
    posts = {code: entry.text() for code, entry in read_file(root / "posts.yaml", root).mapping().items()}
    shapes = Shapes(set(awards), set(posts))
    loading = Loading(sources, shapes, set(awards))
    for path in files:
        if path.parent != root:
            loading.file(_stem(path, set(awards), root), read_file(path, root))
    _families(loading.parameters, awards)
    return Book(loading.parameters, sources, awards, posts, _hash(files, root), shapes)


# What may be fixed for any award by an office's own rule, even where no document in the book fixes it.
_FAMILIES = {
    "votes": ("fraction", "Tỷ lệ phiếu đồng ý trên tổng số thành viên hội đồng"),
    "votes_written": ("boolean", "Ý kiến bằng văn bản của thành viên vắng mặt được tính"),
    "quotas": ("fraction", "Tỷ lệ tối đa trên số làm căn cứ"),
    "quotas_floor": ("integer", "Số lượng tối thiểu khi tỷ lệ cho kết quả nhỏ hơn"),
    "notice_days": ("integer", "Số ngày làm việc công khai do ngành quy định"),
    "deciders": ("text", "Người quyết định theo ủy quyền"),
}


def _families(parameters: dict[str, Parameter], awards: Iterable[str]) -> None:
    for award in awards:
        for family, (shape, meaning) in _FAMILIES.items():
            code = f"{family}.{award}"
            parameters.setdefault(code, Parameter(code, meaning, shape, ()))


def _stem(path: Path, awards: set[str], root: Path) -> str:
    if path.parent.name == "awards" and path.stem not in awards:
        raise read_file(path, root).fail(f"không có danh hiệu, hình thức nào mang mã {path.stem}")
    return path.stem if path.parent.name != "calendar" else f"calendar_{path.stem}"


_AWARD_KEYS = {
    "label",
    "short",
    "kind",
    "group",
    "holder",
    "proposer",
    "decider",
    "level",
    "army",
    "item",
    "types",
    "cite",
}
_AWARD_CHOICES = {
    "kind": {"title", "form"},
    "group": {"title", "flag", "order", "medal", "honour", "certificate", "badge"},
    "holder": {"individual", "collective", "both"},
    "level": {"base", "sector", "state"},
    "item": {"printed", "flag", "money_only"},
}


def _catalogue(reader: Reader, sources: Mapping[str, Source]) -> dict[str, dict[str, Any]]:
    """The award entries in the order of the law; typed by the catalogue."""
    found: dict[str, dict[str, Any]] = {}
    for code, entry in reader.mapping().items():
        entries = entry.mapping({*_AWARD_KEYS, "printed_as"}, _AWARD_KEYS)
        award: dict[str, Any] = {name: entries[name].choice(allowed) for name, allowed in _AWARD_CHOICES.items()}
        for name in ("label", "short", "proposer", "decider"):
            award[name] = entries[name].text()
        award["printed_as"] = (entries.get("printed_as") or entries["label"]).text()
        award["army"] = entries["army"].boolean()
        award["types"] = tuple(item.choice(set(codes.TYPES)) for item in entries["types"].items())
        award["cite"] = _award_cites(entries["cite"], sources)
        found[code] = award
    return found


def _award_cites(reader: Reader, sources: Mapping[str, Source]) -> tuple[Cite, ...]:
    found = []
    for item in reader.items():
        entries = item.mapping({"doc", "at"}, {"doc", "at"})
        if entries["doc"].text() not in sources:
            raise entries["doc"].fail("văn bản không có trong sources.yaml")
        found.append(Cite(entries["doc"].text(), entries["at"].text()))
    if not found:
        raise reader.fail("phải có căn cứ")
    return tuple(found)
