"""Bibliography entries into their parts: authors, title, journal, year, volume, page, DOI."""

from __future__ import annotations

import re

from kg.model import Reference

_YEAR = r"(?:19|20)\d\d"
_PAGE = r"[A-Za-z]{0,5}\d[\w.]{0,20}?"
_VOLUME = r"(?P<volume>[A-Z]?\d{1,7})"
_ISSUE = r"\([^()]{0,60}\)"
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+[^\s\"<>|.,;)\]]")
_LINK = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+|https?://\S+|\bdoi:?\s*$", re.IGNORECASE
)
#: Year first (2019, 17, 266), year last (17, 266 (2019)), year between (17 (2019) 266).
_TAILS = (
    re.compile(
        rf"(?P<year>{_YEAR})\s*[,;]\s*(?P<volume>[A-Z]?\d{{1,7}}(?:\s?[-–]\s?\d+)?)\s*(?:{_ISSUE})?"
        rf"(?:\s*[,:]\s*(?:pp?\.\s*)?(?P<page>{_PAGE})(?:\s?[-–]\s?\w+)?)?\s*[.;]?\s*$"
    ),
    re.compile(
        rf"{_VOLUME}\s*(?:{_ISSUE})?\s*,\s*(?:pp?\.\s*)?(?P<page>{_PAGE})(?:\s?[-–]\s?\w+)?"
        rf"\s*\((?P<year>{_YEAR})\)"
    ),
    re.compile(
        rf"{_VOLUME}\s*(?:{_ISSUE}\s*)?\((?P<year>{_YEAR})\)\s*,?\s*(?:pp?\.\s*)?(?P<page>{_PAGE})"
        r"(?:\s?[-–]\s?\w{1,20})?\s*[.;]?\s*$"
    ),
)
_AUTHOR_YEAR = re.compile(
    rf"^(?P<head>.{{3,400}}?)\s*\((?P<year>{_YEAR})[a-z]?\)\.?\s*(?P<rest>.*)$", re.DOTALL
)
_VOLUME_PAGE = re.compile(
    rf",\s*{_VOLUME}\s*(?:{_ISSUE})?\s*,\s*(?P<page>{_PAGE})(?:\s?[-–]\s?\w{{1,20}})?\.?\s*$"
)
_INITIALS_FIRST = re.compile(r"^(?:and |& )?[^\W\d_]\.(?:[- ]?[^\W\d_]\.)*[- ]?[^\W\d_a-z]?[\w'’ .-]*$")
_SURNAME_FIRST = re.compile(
    r"\s?(?:(?:and|&)\s)?(?P<surname>(?:[a-z]{2,4}\s){0,4}[A-ZÀ-Þ][\w'’-]{1,40}(?:\s[A-ZÀ-Þ][\w'’-]{1,40}){0,2}),\s?"
    r"(?P<initials>(?:[A-ZÀ-Þ]\.[ -]?){1,8})(?=[,;&\s]|$)[,;]?"
)
_SURNAME_BARE = re.compile(r"\s?(?P<surname>[A-ZÀ-Þ][\w'’-]{1,40})\s(?P<initials>[A-Z]{1,3})(?:[,.;]|$)")
#: In characters; what is longer is no name and no entry.
_LONGEST_NAME = 80
_LONGEST_ENTRY = 3000
_ET_AL = re.compile(r"^\s*,?\s*et al\.?,?\s*")
_PARTS = re.compile(r"(?:^|(?<=[;.\s]))\(?([a-h])\)\s")
_SMALL = frozenset(
    {
        "npj",
        "eTrans",
        "eScience",
        "iScience",
        "of",
        "and",
        "the",
        "in",
        "for",
        "on",
        "für",
        "der",
        "de",
        "la",
        "&",
        "et",
        "to",
    }
)


def parse_entry(entry: str, number: int | None) -> tuple[Reference, ...]:
    """The works that one bibliography entry names in plain text; ``a) … b) …`` are several.

    >>> work = parse_entry("A. Ann, B. Bob, J. Exp. Sci. 2011, 10, 682.", 5)[0]
    >>> work.authors, work.journal, work.year, work.volume, work.page
    (('A. Ann', 'B. Bob'), 'J. Exp. Sci.', 2011, '10', '682')
    """
    marks = list(_PARTS.finditer(entry))
    letters = [found[1] for found in marks]
    if (
        len(marks) > 1
        and letters == [chr(ord("a") + at) for at in range(len(marks))]
        and marks[0].start() < 3
    ):
        ends = [found.start() for found in marks[1:]] + [len(entry)]
        parts = [entry[found.end() : end].strip(" ;") for found, end in zip(marks, ends, strict=True)]
        return tuple(_parse_work(part, number) for part in parts)
    return (_parse_work(entry.strip(), number),)


def parse_tail(text: str) -> Reference | None:
    """Journal, year, volume and page at the end of a text, or None where it has none."""
    for pattern in _TAILS:
        found = pattern.search(text)
        if found:
            fields = found.groupdict()
            return Reference(
                journal=text[: found.start()].strip(" ,;"),
                year=int(fields["year"]),
                volume=fields["volume"] or "",
                page=fields["page"] or "",
            )
    return None


def find_doi(text: str) -> str:
    """The first DOI in a text, in lower case as DOIs compare; empty if there is none.

    >>> find_doi("see https://doi.org/10.1000/ABC.1).")
    '10.1000/abc.1'
    """
    found = _DOI.search(text)
    return found[0].lower() if found else ""


def _parse_work(text: str, number: int | None) -> Reference:
    doi = find_doi(text)
    body = re.sub(r"\s+", " ", _LINK.sub("", text)).strip(" .,;")
    if len(body) > _LONGEST_ENTRY:
        return Reference(number=number, doi=doi, as_written=text)
    tail = parse_tail(body)
    if tail is not None:
        authors, rest = split_authors(tail.journal)
        title, journal = _split_title(rest)
        year, volume, page = tail.year, tail.volume, tail.page
    else:
        authors, title, journal, year, volume, page = _author_year(body)
    return Reference(
        number=number,
        authors=authors,
        title=title.strip(' .,“”"'),
        journal=journal.strip(" ,;"),
        year=year,
        volume=volume,
        page=page,
        doi=doi,
        as_written=text,
    )


def _author_year(body: str) -> tuple[tuple[str, ...], str, str, int | None, str, str]:
    """Parts of an entry whose year stands after the authors, or of one without volume and page."""
    found = _AUTHOR_YEAR.match(body)
    authors, after = split_authors(found["head"]) if found else ((), "")
    if found and authors and not found["rest"]:
        return authors, *_split_title(after), int(found["year"]), "", ""
    if not found or not authors:
        authors, rest = split_authors(body)
        years = re.findall(rf"\b{_YEAR}\b", rest)
        return authors, rest, "", int(years[-1]) if years else None, "", ""
    rest = found["rest"]
    place = _VOLUME_PAGE.search(rest)
    volume, page = (place["volume"], place["page"]) if place else ("", "")
    title, journal = _split_title(rest[: place.start()] if place else rest)
    return authors, title, journal, int(found["year"]), volume, page


def split_authors(text: str) -> tuple[tuple[str, ...], str]:
    """The authors at the start of a text, initials first, and what follows them.

    >>> split_authors("Ann, A. B. & Bob, C. On glasses. J. Exp.")
    (('A. B. Ann', 'C. Bob'), 'On glasses. J. Exp.')
    """
    if re.match(r"[^\W\d_]\.", text):
        return _initials_first(text)
    for pattern in (_SURNAME_FIRST, _SURNAME_BARE):
        authors: list[str] = []
        at = 0
        while found := pattern.match(text, at):
            authors.append(f"{dotted(found['initials'].strip())} {found['surname']}")
            at = found.end()
        if authors:
            rest = _ET_AL.sub("", text[at:])
            return tuple(authors), rest.strip(" ,;")
    return (), text


def dotted(given: str) -> str:
    """Initials with full stops; a given name stays as it is.

    >>> dotted("AB"), dotted("A.B."), dotted("Ann")
    ('A. B.', 'A. B.', 'Ann')
    """
    if re.fullmatch(r"[A-ZÀ-Þ]{1,3}|(?:[A-ZÀ-Þ]\.\s?)+", given):
        return " ".join(f"{letter}." for letter in given if letter.isalpha())
    return given


def _initials_first(text: str) -> tuple[tuple[str, ...], str]:
    tokens = re.split(r",\s+|;\s+|\s+(?:and|&)\s+", text)
    authors: list[str] = []
    at = 0
    # the last token holds the journal, which may look like a name (J. Power Sources)
    for token in tokens[:-1]:
        bare = re.sub(r"\s+et al\.?$", "", token)
        if len(bare) > _LONGEST_NAME or len(bare.split()) > 6 or not _INITIALS_FIRST.match(bare):
            break
        authors.append(re.sub(r"^(?:and|&)\s+", "", bare))
        at = text.index(token, at) + len(token)
        if bare != token:
            break
    rest = re.sub(r"^[\s,;]*(?:(?:and|&)\s+)?", "", text[at:])
    return tuple(authors), _ET_AL.sub("", rest)


def _split_title(text: str) -> tuple[str, str]:
    """Title and journal; the title is empty where only a journal stands.

    >>> _split_title("Fast ions in glass. J. Exp. Sci."), _split_title("Adv. Energy Mater.")
    (('Fast ions in glass', 'J. Exp. Sci.'), ('', 'Adv. Energy Mater.'))
    """
    if _names_journal(text):
        return "", text
    for found in re.finditer(r"(?<=[.?!])\s+|,\s+", text):
        if _names_journal(text[found.end() :]):
            return text[: found.start()].rstrip("."), text[found.end() :]
    return text, ""


def _names_journal(text: str) -> bool:
    """Whether each word has a capital or is a small one between; a formula is no part of a journal's name."""
    words = text.split()
    return 0 < len(words) <= 10 and all(map(_fits_a_journal, words))


def _fits_a_journal(word: str) -> bool:
    if word in _SMALL or not word[0].isalpha():
        return True
    return word[0].isupper() and not re.search(r"[A-Za-z]\d", word)
