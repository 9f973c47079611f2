"""A drawing (SVG) of an office, written anew from a short list of shapes: nothing else of the file is kept.

A drawing may hold programs, addresses, fonts and trees that unfold without end. What could do
something is refused with the way to mend it; remarks of the drawing program are left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from documents.services.uploads_verdict import UploadRefused

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
NAMESPACES: Any = {None: SVG, "xlink": XLINK}
MOST_BYTES = 512 * 1024
#: Shapes once every `use` is followed, letters of paths, and levels of groups: an emblem has some hundreds of shapes.
MOST_SHAPES, MOST_PATH, DEEPEST = 3_000, 400_000, 30
#: A drawing whose longer side is more than this many times the shorter is no emblem.
FLATTEST = 2.0

_PAINTED = "fill stroke"
_LOOKS = (
    "fill-rule fill-opacity stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
    "stroke-dasharray stroke-dashoffset opacity clip-rule stop-color stop-opacity display"
)
#: Element -> attributes of its own; those of `_PAINTED`, `_LOOKS`, transform, id and clip-path come on top.
SHAPES = {
    "g": "", "path": "d", "rect": "x y width height rx ry", "circle": "cx cy r", "ellipse": "cx cy rx ry",
    "line": "x1 y1 x2 y2", "polyline": "points", "polygon": "points", "defs": "", "use": "x y width height href",
    "clipPath": "clipPathUnits", "stop": "offset",
    "linearGradient": "x1 y1 x2 y2 gradientUnits gradientTransform spreadMethod href",
    "radialGradient": "cx cy r fx fy gradientUnits gradientTransform spreadMethod href",
}  # fmt: skip
#: Words for people who read a file, not for who draws it.
REMARKS = {"title", "desc", "metadata"}
#: What cannot be taken over, and what the office does about it.
CURES = {
    "script": "có mã lệnh. Đồng chí dùng tệp vẽ gốc, không lấy tệp từ trang tin",
    "style": "dùng bảng kiểu. Đồng chí xuất lại SVG, chọn kiểu ghi vào từng hình (Presentation Attributes)",
    "text": "còn chữ. Đồng chí chuyển chữ thành nét vẽ (Create Outlines) rồi xuất lại",
    "image": "có ảnh nhúng. Đồng chí vẽ lại bằng nét, hoặc xuất thành tệp PNG rồi tải lên",
    "reach": "dẫn tới địa chỉ bên ngoài. Đồng chí xuất lại để mọi hình nằm trong tệp",
    "other": "có thành phần “{}” không dùng được. Đồng chí gộp thành nét vẽ đơn giản (Expand) rồi xuất lại",
}
_SAME = {"tspan": "text", "textPath": "text", "font": "text", "font-face": "text", "feImage": "image",
         "foreignObject": "script", "handler": "script", "listener": "script", "a": "reach"}  # fmt: skip

_NUMBERS = re.compile(r"[-+0-9.eE,%\s]*(px|mm|cm|pt)?\s*")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAaeE0-9\s,.+-]*")
_MOVES = re.compile(r"(\s*(matrix|translate|scale|rotate|skewX|skewY)\s*\([-+0-9.eE,\s]*\)[\s,]*)*")
_PAINT = re.compile(r"none|currentColor|[a-zA-Z]+|#[0-9a-fA-F]{3,8}|rgba?\([0-9.,%\s]*\)|url\(#[\w.-]+\)")
_SIDE, LONGEST_SIDE = re.compile(r"(\d*\.?\d+)\s*(px)?"), 30
_WORD = re.compile(r"[a-zA-Z-]*")
_ID = re.compile(r"[A-Za-z_][\w.-]{0,80}")
_LOCAL = re.compile(r"url\(\s*['\"]?(#[\w.-]+)['\"]?\s*\)")
_FORMS = {
    "d": _PATH, "transform": _MOVES, "gradientTransform": _MOVES, "fill": _PAINT, "stroke": _PAINT,
    "stop-color": _PAINT, "clip-path": _PAINT, "fill-rule": _WORD, "clip-rule": _WORD, "stroke-linecap": _WORD,
    "stroke-linejoin": _WORD, "clipPathUnits": _WORD, "gradientUnits": _WORD, "spreadMethod": _WORD, "display": _WORD,
    "id": _ID, "href": re.compile("#" + _ID.pattern),
}  # fmt: skip


def drawn_anew(name: str, data: bytes) -> bytes:
    """The drawing with a square view, made of known shapes alone. Raises UploadRefused with the cure."""
    if len(data) > MOST_BYTES:
        raise _refused(name, f"lớn hơn {MOST_BYTES // 1024} KB. Đồng chí giản lược nét vẽ (Simplify) rồi xuất lại")
    source = _parsed(name, data)
    if source.tag != f"{{{SVG}}}svg":
        raise _refused(name, "không phải hình vẽ SVG. Đồng chí xuất lại từ phần mềm vẽ")
    drawing = _Drawing(name)
    looks = dict(drawing.attributes("g", source))
    target = etree.Element(f"{{{SVG}}}svg", {**looks, "viewBox": _view(name, source)}, nsmap=NAMESPACES)
    drawing.take(source, target, depth=0)
    drawing.check(target)
    return bytes(etree.tostring(target, encoding="utf-8"))


@dataclass
class _Drawing:
    """What has been taken over so far, and how much of it."""

    name: str
    by_id: dict[str, Any] = field(default_factory=dict)
    path: int = 0

    def take(self, source: Any, target: Any, depth: int) -> None:
        """The children of an element, each made anew."""
        if depth > DEEPEST:
            raise _refused(self.name, "lồng quá nhiều lớp nhóm. Đồng chí bỏ nhóm (Ungroup) rồi xuất lại")
        for child in source:
            if not isinstance(child.tag, str):
                continue
            space, _, tag = child.tag.rpartition("}")
            if space != f"{{{SVG}" or tag in REMARKS:
                continue
            if tag not in SHAPES:
                raise self._stopped(tag)
            made = etree.SubElement(target, f"{{{SVG}}}{tag}", dict(self.attributes(tag, child)))
            if tag == "radialGradient" and not {"r", "gradientUnits", f"{{{XLINK}}}href"} & set(made.attrib):
                # Without a radius viewers take half of the shape, the engine of papers more.
                made.set("r", "0.5")
            if "id" in made.attrib:
                self.by_id.setdefault(made.attrib["id"], made)
            self.path += len(made.get("d", "")) + len(made.get("points", ""))
            self.take(child, made, depth + 1)

    def check(self, root: Any) -> None:
        """Not too much to draw once every reference is followed, and none that leads back to itself."""
        sizes: dict[Any, int] = {}
        if self.path > MOST_PATH or self._size(root, sizes, ()) > MOST_SHAPES:
            raise _refused(self.name, "có quá nhiều nét. Đồng chí giản lược nét vẽ (Simplify) rồi xuất lại")
        if not any(element.tag.rpartition("}")[2] not in ("g", "defs") for element in root.iterdescendants()):
            raise _refused(self.name, "không có hình nào. Đồng chí mở lại tệp bằng phần mềm vẽ để kiểm tra")

    def _size(self, element: Any, sizes: dict[Any, int], above: tuple[Any, ...]) -> int:
        if element in above or len(above) > 2 * DEEPEST:
            raise _refused(self.name, "có hình tự lặp lại chính nó. Đồng chí tách hình (Expand) rồi xuất lại")
        if element not in sizes:
            href = element.get("href") or element.get(f"{{{XLINK}}}href")
            named = self.by_id.get(href[1:]) if href else None
            inside = [*element, *([named] if named is not None else [])]
            sizes[element] = 1 + sum(self._size(each, sizes, (*above, element)) for each in inside)
        return sizes[element]

    def attributes(self, tag: str, element: Any) -> Iterator[tuple[str, str]]:
        """Those of an element that only say where it is and how it looks."""
        # Runs of blanks as one: the forms below could be made to try each way of sharing out a long run.
        given = {key: " ".join(str(value).split()) for key, value in element.attrib.items()}
        kept = {*SHAPES[tag].split(), *_PAINTED.split(), *_LOOKS.split(), "transform", "id", "clip-path"}
        for key, value in {**given, **_declared(given.get("style", ""))}.items():
            plain = key.removeprefix(f"{{{XLINK}}}")
            if plain.lower().startswith("on"):
                raise self._stopped("script")
            if plain == "href" and not value.startswith("#"):
                raise self._stopped("reach")
            meant = _LOCAL.sub(r"url(\1)", value)
            if "url(" in meant and not meant.startswith("url(#"):
                raise self._stopped("reach")
            if plain in kept and _FORMS.get(plain, _NUMBERS).fullmatch(meant):
                yield (f"{{{XLINK}}}href" if plain == "href" else plain), meant

    def _stopped(self, what: str) -> UploadRefused:
        known = _SAME.get(what, what)
        known = "script" if known.startswith(("animate", "set")) else known
        return _refused(self.name, CURES.get(known, CURES["other"].format(what[:30])))


def _parsed(name: str, data: bytes) -> Any:
    """The tree of the file; entities, other encodings and what stands outside are never looked at."""
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        if "<!ENTITY" in data.decode("utf-8"):
            raise _refused(name, CURES["script"])
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, UnicodeDecodeError, ValueError) as broken:
        if isinstance(broken, UploadRefused):
            raise
        raise _refused(name, "đã hỏng hoặc không phải SVG. Đồng chí xuất lại từ phần mềm vẽ") from broken


def _view(name: str, source: Any) -> str:
    """The view of the drawing, made square with the drawing in its middle."""
    given = [float(n) for n in re.findall(r"-?\d*\.?\d+(?:[eE][-+]?\d+)?", source.get("viewBox", ""))]
    if len(given) != 4:
        sides = [_SIDE.fullmatch(source.get(side, "").strip()[:LONGEST_SIDE]) for side in ("width", "height")]
        given = [0.0, 0.0, *(float(side[1]) if side else 0.0 for side in sides)]
    left, top, width, height = given
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise _refused(name, "không ghi khung hình (viewBox). Đồng chí xuất lại từ phần mềm vẽ")
    if max(width, height) > FLATTEST * min(width, height):
        raise _refused(name, "dài và dẹt, không giống Quốc huy. Đồng chí cắt vùng vẽ sát hình rồi xuất lại")
    side = max(width, height)
    return f"{left - (side - width) / 2:g} {top - (side - height) / 2:g} {side:g} {side:g}"


def _declared(style: str) -> Mapping[str, str]:
    """What a style attribute says, as attributes; they win, as they do in a browser."""
    pairs = (part.partition(":") for part in style.split(";") if ":" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _refused(name: str, why: str) -> UploadRefused:
    return UploadRefused(f"Tệp “{name}” {why}.")
