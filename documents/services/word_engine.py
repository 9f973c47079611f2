"""Word templates with merge fields: what a template may contain, and how it is filled.

A template comes from an office, so it is treated as hostile: of Jinja it may use names of fields,
their parts, `for`, `if` and comparisons with fixed words, nothing else. A loop inside a loop runs over
a part of the outer one, so a filled file is never larger than its data times its template. Values are
plain texts, lists and dictionaries; nothing of Python can be reached.

Run as a script it checks one template under limits of memory and time (see `word_check`); it must
therefore import nothing of the project.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
DEEPEST_LOOP = 3
MOST_ERRORS = 40
LOOP_PARTS = {"index", "first", "last", "length"}
#: Alternative text of a table whose columns come from the data; their widths are then set after filling.
BY_DATA = "cot-theo-du-lieu"
PARTS = {"body": "thân văn bản", "header": "đầu trang", "footer": "chân trang", "footnotes": "chú thích cuối trang"}
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WAYS = {"center": "center", "right": "right"}
TWIPS = 1440 / 25.4
FORBIDDEN = "Chỉ dùng được tên trường, for, if; không dùng được bộ lọc, lời gọi, phép tính hay khai báo."
BROKEN = (
    "Lệnh mở và lệnh đóng nằm ở hai đoạn hoặc hai ô khác nhau. Đồng chí để cả cặp trong một đoạn, "
    "hoặc dùng {%p …%} cho đoạn, {%tr …%} cho dòng của bảng, {%tc …%} cho ô."
)

FETCHING = {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "DATABASE", "MACROBUTTON"}
FETCHES = "Mẫu có mã trường của Word tự tải hoặc chạy nội dung bên ngoài. Đồng chí xóa mã trường này."

#: Letters of one filled part; a list of 5,000 lines takes about ten million.
MOST_LETTERS = 30_000_000
TOO_LONG = "Văn bản lập theo mẫu dài quá mức. Đồng chí bớt nội dung trong các vòng lặp của mẫu."

#: "" is a text, "?" yes or no, [x] a list of x, {…} a thing with named parts.
Shape = Any


class TooLong(ValueError):
    """The template multiplies the data beyond all measure."""


class Bounded(JinjaTemplate):
    """A template that stops when what it has written is too long: a small file may hold a large loop."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The filled text. Raises TooLong."""
        pieces, letters = [], 0
        for piece in self.generate(*args, **kwargs):
            letters += len(piece)
            if letters > MOST_LETTERS:
                raise TooLong(TOO_LONG)
            pieces.append(piece)
        return "".join(pieces)


class Closed(ImmutableSandboxedEnvironment):
    """Jinja without globals, filters and tests; a dot reads a dictionary's key and nothing else."""

    template_class = Bounded

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        for table in (self.globals, self.filters, self.tests):
            table.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part of a field, or a number of the loop."""
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_PARTS:
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Brackets read nothing."""
        return self.undefined(name=str(argument))


class Template(DocxTemplate):
    """A docx whose filled parts must be well-formed; its properties are not templates."""

    def fix_tables(self, xml: str) -> Any:
        """Refuse what the library would repair by guessing."""
        etree.fromstring(xml.encode())
        return super().fix_tables(xml)

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Title, author and remarks stay what the office wrote, as plain text."""


def fill(data: bytes, context: Mapping[str, Any], tables: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """The template `data` filled with `context`; `tables` give width (mm) and side of the columns that follow the data.

    Raises TooLong for a template that makes too much of much data; jinja2.TemplateError or lxml's XMLSyntaxError
    for one that `check` refuses.
    """
    template = Template(BytesIO(data))
    template.render(dict(context), Closed(), autoescape=True)
    _set_columns(template.docx.element.body, tables)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def check(data: bytes, shape: Shape, sample: Mapping[str, Any]) -> dict[str, list[dict[str, str]] | list[str]]:
    """`errors` (where, near, what) and `used`, the names of fields; a template without errors is also filled once."""
    template = Template(BytesIO(data))
    template.render_init()
    errors: list[dict[str, str]] = []
    used: set[str] = set()
    for part, xml in _parts(template):
        found = [*_fetching(xml), *_errors(xml, shape, used)]
        errors.extend({"where": PARTS[part], "near": near, "what": what} for near, what in found)
    if not errors:
        try:
            fill(data, sample)
            fill(data, _bare(sample))
        except TooLong as told:
            errors.append({"where": PARTS["body"], "near": "", "what": str(told)})
        except (etree.XMLSyntaxError, ValueError, AttributeError):
            errors.append({"where": PARTS["body"], "near": "", "what": BROKEN})
    return {"errors": errors[:MOST_ERRORS], "used": sorted(used)}


def _parts(template: Any) -> Iterator[tuple[str, str]]:
    yield "body", template.patch_xml(template.get_xml())
    for name, uri in (("header", template.HEADER_URI), ("footer", template.FOOTER_URI)):
        for _, part in template.get_headers_footers(uri):
            yield name, template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.parts:
        if part.content_type == FOOTNOTES:
            yield "footnotes", template.patch_xml(part.blob.decode())


def _bare(value: Any) -> Any:
    """The same fields with nothing in them: every `if` and `for` goes the other way."""
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items()}
    if isinstance(value, list):
        return []
    return False if isinstance(value, bool) else ""


def _fetching(xml: str) -> list[tuple[str, str]]:
    """Word's own fields that fetch or start something when the file is opened."""
    codes = re.findall(r"<w:instrText[^>]*>([^<]*)", xml) + re.findall(r'w:instr="([^"]*)"', xml)
    words = set(re.findall(r"[A-Z]+", "".join(codes).upper()))
    return [(word, FETCHES) for word in sorted(words & FETCHING)]


def _errors(xml: str, shape: Shape, used: set[str]) -> list[tuple[str, str]]:
    # A line for each paragraph, so that a line's number leads to the words around a mistake.
    text = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)
    lines = [re.sub(r"<[^>]+>", "", line).strip() for line in text.split("\n")]
    try:
        tree = Closed().parse(text)
    except TemplateSyntaxError as wrong:
        return [(_near(lines, wrong.lineno), _syntax(wrong.message or ""))]
    reader = _Reader(used)
    reader.read(tree.body, dict(shape), depth=0)
    return [(_near(lines, line), what) for line, what in reader.errors]


def _near(lines: Sequence[str], number: int) -> str:
    around = lines[max(number - 1, 0)] if number <= len(lines) else ""
    return around if len(around) <= 120 else f"{around[:117]}…"


def _syntax(message: str) -> str:
    """Jinja's complaint in the words of the office."""
    for part, says in (
        ("was looking for", "Thiếu lệnh đóng ({% endfor %} hoặc {% endif %})."),
        ("Unexpected end of template", "Thiếu lệnh đóng ({% endfor %} hoặc {% endif %})."),
        ("Encountered unknown tag", "Có lệnh không dùng được hoặc lệnh đóng thừa."),
        ("unexpected '}'", "Ngoặc không khớp: mỗi “{{” phải có “}}”, mỗi “{%” phải có “%}”."),
        ("unexpected char", "Có ký tự không đúng trong ngoặc của trường trộn."),
        ("Missing end of comment", "Ghi chú mở bằng {# mà không đóng bằng #}."),
    ):
        if part in message:
            return says
    return "Trường trộn viết sai: tên trường chỉ gồm chữ không dấu, số và dấu gạch dưới."


class _Reader:
    """Walks the syntax tree of one part with the names that stand there."""

    def __init__(self, used: set[str]) -> None:
        self.used = used
        self.errors: list[tuple[int, str]] = []

    def read(self, body: Sequence[nodes.Node], names: dict[str, Shape], depth: int) -> None:
        """Statements one after the other."""
        for node in body:
            if isinstance(node, nodes.Output):
                for item in node.nodes:
                    self._print(item, names)
            elif isinstance(node, nodes.For):
                self._loop(node, names, depth)
            elif isinstance(node, nodes.If):
                self._condition(node.test, names)
                self.read(node.body, names, depth)
                self.read(node.elif_, names, depth)
                self.read(node.else_, names, depth)
            else:
                self._refuse(node, FORBIDDEN)

    def _print(self, node: nodes.Node, names: dict[str, Shape]) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        shape = self._shape(node, names)
        if isinstance(shape, list | dict):
            self._refuse(node, "Trường này là danh sách: đặt trong {% for … in … %} rồi in từng phần.")

    def _loop(self, node: nodes.For, names: dict[str, Shape], depth: int) -> None:
        if not isinstance(node.target, nodes.Name) or node.test is not None or node.recursive:
            self._refuse(node, FORBIDDEN)
            return
        if depth >= DEEPEST_LOOP:
            self._refuse(node, f"Vòng lặp lồng quá {DEEPEST_LOOP} cấp.")
            return
        if depth and isinstance(node.iter, nodes.Name):
            self._refuse(node, "Vòng lặp bên trong phải chạy trên một phần của vòng lặp ngoài (ví dụ d.o).")
            return
        shape = self._shape(node.iter, names)
        if shape is None:
            return
        if not isinstance(shape, list):
            self._refuse(node, "Chỉ lặp được trên danh sách; trường này không phải danh sách.")
            return
        inner = {**names, node.target.name: shape[0], "loop": dict.fromkeys(LOOP_PARTS, "")}
        self.read(node.body, inner, depth + 1)
        self.read(node.else_, names, depth)

    def _condition(self, node: nodes.Node, names: dict[str, Shape]) -> None:
        if isinstance(node, nodes.And | nodes.Or):
            self._condition(node.left, names)
            self._condition(node.right, names)
        elif isinstance(node, nodes.Not):
            self._condition(node.node, names)
        elif isinstance(node, nodes.Compare):
            self._condition(node.expr, names)
            for operand in node.ops:
                self._condition(operand.expr, names)
        else:
            self._shape(node, names)

    def _shape(self, node: nodes.Node, names: dict[str, Shape]) -> Shape:
        """What a field is; None after a mistake has been noted."""
        if isinstance(node, nodes.Const):
            return ""
        if isinstance(node, nodes.Name):
            if node.name in names:
                self.used.add(node.name)
                return names[node.name]
            return self._refuse(node, f"Không có trường “{node.name}”.")
        if isinstance(node, nodes.Getattr):
            whole = self._shape(node.node, names)
            if isinstance(whole, dict) and node.attr in whole:
                return whole[node.attr]
            return None if whole is None else self._refuse(node, f"Không có phần “{node.attr}” trong trường này.")
        return self._refuse(node, FORBIDDEN)

    def _refuse(self, node: nodes.Node, what: str) -> None:
        self.errors.append((node.lineno, what))


def _set_columns(body: Any, tables: Sequence[Mapping[str, Any]]) -> None:
    """Widths and sides of the tables that follow the data, in the order they stand in the text."""
    found = [
        table for table in body.iter(f"{W}tbl")
        if any(note.get(f"{W}val") == BY_DATA for note in table.iterfind(f"{W}tblPr/{W}tblDescription"))
    ]  # fmt: skip
    for table, spec in zip(found, tables, strict=False):
        widths, sides = [str(round(width * TWIPS)) for width in spec["widths"]], spec["sides"]
        grid = table.find(f"{W}tblGrid")
        grid[:] = [etree.Element(f"{W}gridCol", {f"{W}w": width}) for width in widths]
        for place, row in enumerate(table.iterfind(f"{W}tr")):
            cells = row.findall(f"{W}tc")
            if len(cells) == len(widths):
                for cell, width, side in zip(cells, widths, sides, strict=True):
                    _set_cell(cell, width, "center" if place == 0 else side)


def _set_cell(cell: Any, width: str, side: str) -> None:
    measure = cell.find(f"{W}tcPr/{W}tcW")
    if measure is not None:
        measure.set(f"{W}w", width)
        measure.set(f"{W}type", "dxa")
    if side in WAYS:
        for paragraph in cell.iterfind(f"{W}p"):
            properties = paragraph.get_or_add_pPr()
            for old in properties.findall(f"{W}jc"):
                properties.remove(old)
            properties.get_or_add_jc().set(f"{W}val", WAYS[side])


if __name__ == "__main__":
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    asked = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(check(sys.stdin.buffer.read(), asked["shape"], asked["sample"])))
