"""XML and HTML as a tree of elements that know where they stand in the file's text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.parsers import expat

from extract.document import Span
from extract.readers.source import ReadError

_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
#: In HTML the start of one of these ends an open one of the group.
_CLOSES = {
    **dict.fromkeys(("p", "div", "ul", "ol", "table", "section", "h1", "h2", "h3", "h4", "h5", "h6"), ("p",)),
    "li": ("li", "p"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}


@dataclass(slots=True, eq=False)
class Element:
    """An element; ``name`` is its local name in lower case, ``inner`` the span between its tags."""

    name: str
    attributes: Mapping[str, str]
    start: int
    inner_start: int
    end: int = -1
    inner_end: int = -1
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)

    @property
    def inner(self) -> Span:
        """Where the element's content stands."""
        return self.inner_start, self.inner_end

    def walk(self) -> Iterator[Element]:
        """The element and everything in it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def within(self, name: str) -> bool:
        """Whether an element of that name is around it."""
        above = self.parent
        while above is not None and above.name != name:
            above = above.parent
        return above is not None


def find_all(root: Element, path: str) -> list[Element]:
    """The elements that a path names (see ``markup.yaml``); an attribute to take is left to ``value_of``."""
    steps = [_step(part) for part in path.partition("@")[0].split("/")]
    name, key, value = steps[-1]
    return [
        element
        for element in root.walk()
        if element.name == name
        and (not key or element.attributes.get(key, "").lower() == value.lower())
        and _has_above(element, steps[:-1])
    ]


def _step(part: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"([\w-]+)(?:\[([\w:-]+)=([^\]]*)\])?", part)
    if not found:
        raise ValueError(f"{part!r} is no step of a path: expected name or name[attribute=value]")
    return found[1], found[2] or "", found[3] or ""


def _has_above(element: Element, steps: list[tuple[str, str, str]]) -> bool:
    above = element.parent
    for name, key, value in reversed(steps):
        while above is not None and not (
            above.name == name and (not key or above.attributes.get(key, "").lower() == value.lower())
        ):
            above = above.parent
        if above is None:
            return False
        above = above.parent
    return True


def parse_xml(text: str, source: str) -> Element:
    """The tree of an XML text; no entities of its own, nothing outside the file. Raises ReadError."""
    root = Element("", {}, 0, 0, len(text), len(text))
    stack = [root]
    offset = _byte_offsets(text)
    parser = expat.ParserCreate(encoding="utf-8")

    def start(name: str, attributes: dict[str, str]) -> None:
        at = offset(parser.CurrentByteIndex)
        tag = _TAG.match(text, at)
        inner = tag.end() if tag else at
        named = {_local(key): value for key, value in attributes.items()}
        element = Element(_local(name), named, at, inner)
        element.parent = stack[-1]
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        element = stack.pop()
        at = offset(parser.CurrentByteIndex)
        tag = _TAG.match(text, at)
        if text[element.start : element.inner_start].endswith("/>"):
            element.inner_end = element.end = element.inner_start
        else:
            element.inner_end, element.end = at, tag.end() if tag else at

    def entity(name: str, is_parameter: int, value: str | None, *_: object) -> None:
        if value is not None and not is_parameter:
            raise ReadError(
                f"{source}: declares the entity {name!r}, which is not expanded for safety; "
                "expected XML without entities of its own: replace the entity by its text"
            )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise ReadError(
            f"{source}: is not well-formed XML (line {error.lineno}, column {error.offset}: "
            f"{expat.ErrorString(error.code)}); correct it there, or convert the file to Markdown"
        ) from error
    return root


def parse_html(text: str) -> Element:
    """The tree of an HTML text, with the end tags that HTML lets out."""
    reader = _HtmlReader(text)
    reader.feed(text)
    reader.finish()
    return reader.root


class _HtmlReader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root = Element("", {}, 0, 0, len(text), len(text))
        self._text = text
        self._stack = [self.root]
        self._lines = [0]
        for found in re.finditer("\n", text):
            self._lines.append(found.end())

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._at()
        while self._stack[-1].name in _CLOSES.get(tag, ()):
            self._close(at, at)
        inner = at + len(self.get_starttag_text() or "")
        element = Element(_local(tag), {key: value or "" for key, value in attrs}, at, inner)
        element.parent = self._stack[-1]
        self._stack[-1].children.append(element)
        if tag in _VOID:
            element.inner_end = element.end = inner
        else:
            self._stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._close(self._stack[-1].inner_start, self._stack[-1].inner_start)

    def handle_endtag(self, tag: str) -> None:
        if not any(element.name == _local(tag) for element in self._stack[1:]):
            return
        at = self._at()
        while self._stack[-1].name != _local(tag):
            self._close(at, at)
        found = _TAG.match(self._text, at)
        self._close(at, found.end() if found else at)

    def finish(self) -> None:
        """Close what the file left open."""
        self.close()
        while len(self._stack) > 1:
            self._close(len(self._text), len(self._text))

    def _close(self, inner_end: int, end: int) -> None:
        element = self._stack.pop()
        element.inner_end, element.end = inner_end, end


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _byte_offsets(text: str) -> Callable[[int], int]:
    """What turns an offset in the UTF-8 bytes of a text into one in its code points."""
    at = 0
    bytes_before: list[int] = [0]
    points: list[int] = [0]
    for found in re.finditer(r"[^\x00-\x7f]", text):
        at += found.start() - points[-1]
        at += len(found[0].encode())
        bytes_before.append(at)
        points.append(found.end())

    def offset(byte: int) -> int:
        known = bisect_right(bytes_before, byte) - 1
        return points[known] + byte - bytes_before[known]

    return offset
