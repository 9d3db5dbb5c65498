"""Bibliographic records in XML and HTML: the article's own and those of the works it cites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.plain_text import plain_text
from extract.readers.bibliography import dotted, parse_entry
from extract.readers.element_names import inside, is_a, load_names
from extract.readers.markup import Element, find_all
from kg.model import Reference

_ENTRY_NUMBER = re.compile(r"^\s*[\[(]?(\d{1,4})[\])]?\.?\s+")
_LINK = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)")


def own_article(text: str, root: Element) -> Reference:
    """The article's own record; what its bibliography says is left out."""
    return _record(text, root, load_names().own_fields)


def cited_works(text: str, entries: Sequence[Element]) -> tuple[tuple[Reference, ...], dict[str, int]]:
    """The works of the bibliography's entries, and the reference number behind each id."""
    fields = load_names().reference_fields
    works: list[Reference] = []
    anchors: dict[str, int] = {}
    for at, element in enumerate(entries, start=1):
        plain = inner_text(text, element)
        written = _ENTRY_NUMBER.match(plain)
        label = re.search(r"\d{1,4}", _value(text, element, fields["number"]))
        number = int(label[0]) if label else int(written[1]) if written else at
        for inner in element.walk():
            if "id" in inner.attributes:
                anchors.setdefault(inner.attributes["id"], number)
        work = _record(text, element, fields)
        if work.authors or work.title:
            works.append(replace(work, number=number, as_written=_in_one_line(work)))
        else:
            works.extend(parse_entry(plain[written.end() :] if written else plain, number))
    return tuple(works), anchors


def entries_in(root: Element) -> list[Element]:
    """The entries of a bibliography, in order."""
    # TEI calls a citation in the text ref, JATS an entry of the bibliography
    return [
        entry
        for entry in inside(root, "reference")
        if not _is_own(entry) and "target" not in entry.attributes
    ]


def inner_text(text: str, element: Element) -> str:
    """The plain text of what stands in an element."""
    return plain_text(text, [element.inner], markup="xml").text


def _record(text: str, element: Element, fields: Mapping[str, Sequence[str]]) -> Reference:
    year = re.search(r"(?:19|20)\d\d", _value(text, element, fields["year"]))
    return Reference(
        authors=_authors(text, element, fields["author"]),
        title=_value(text, element, fields["title"]).strip(" ."),
        journal=_value(text, element, fields["journal"]).rstrip(" ,"),
        year=int(year[0]) if year else None,
        volume=_value(text, element, fields["volume"]),
        page=_value(text, element, fields["page"]),
        doi=_LINK.sub("", _value(text, element, fields["doi"]).lower()),
    )


def _found(element: Element, path: str) -> list[Element]:
    """What a path leads to from an element, without the entries of a bibliography inside it."""
    found = find_all(element, path)
    return found if is_a(element, "reference") else [inner for inner in found if not _in_entry(inner)]


def _in_entry(element: Element) -> bool:
    above: Element | None = element
    while above is not None and not is_a(above, "reference"):
        above = above.parent
    return above is not None and not _is_own(above)


def _is_own(entry: Element) -> bool:
    """Whether an entry describes the article itself, as TEI does in its header."""
    return entry.within("sourcedesc")


def _value(text: str, element: Element, paths: Sequence[str]) -> str:
    """The first value that one of the paths leads to, as plain text."""
    for path in paths:
        attribute = path.partition("@")[2]
        for found in _found(element, path):
            value = found.attributes.get(attribute, "") if attribute else inner_text(text, found)
            if value:
                return value
    return ""


def _authors(text: str, element: Element, paths: Sequence[str]) -> tuple[str, ...]:
    for path in paths:
        attribute = path.partition("@")[2]
        found = _found(element, path)
        named = [inner.attributes.get(attribute, "") if attribute else _name(text, inner) for inner in found]
        if any(named):
            return tuple(name for name in named if name)
    return ()


def _name(text: str, element: Element) -> str:
    given = [dotted(inner_text(text, part)) for part in inside(element, "given")]
    surname = [inner_text(text, part) for part in inside(element, "surname")]
    return " ".join(given + surname) or inner_text(text, element)


def _in_one_line(work: Reference) -> str:
    """A structured entry as written: its tags leave no blanks between its parts."""
    parts = (", ".join(work.authors), work.title, work.journal, work.year, work.volume, work.page, work.doi)
    return ", ".join(str(part) for part in parts if part)
