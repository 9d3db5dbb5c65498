"""What people drew in brat, back as claims.

Where a person moved an end of a relation, changed its kind or drew a new one, the drawing counts; the note's
row of the claims file gives the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extract.annotated_brat import HEDGED, NEGATED, THING, MarkedText
from extract.document import Document, Span
from extract.open_questions import sentences
from extract.passages import Passage, passages, refs_for, works_for
from extract.plain_text import is_damaged, plain_text
from kg.assembly import claim_order
from kg.claims_file import ClaimsFileError, row_to_claim
from kg.curation import CURATED
from kg.model import Claim, Entity, Evidence, Quantity, Reference
from ontology.lexicon import Lexicon, load_lexicon
from ontology.quantities import find_quantities
from ontology.units import UnitError, convert

#: Links to databases and equalities say nothing of claims.
_PASSED_OVER = "N*"
_LINE = re.compile(r"(?P<name>(?P<kind>[TRA#])\d+)\t(?P<head>[^\t]*)(?:\t(?P<content>.*))?", re.DOTALL)
_RELATION = re.compile(r"(\S+) Arg1:(T\d+) Arg2:(T\d+)")
_MARKED = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")


@dataclass(slots=True)
class _Relation:
    """A relation as it was drawn."""

    kind: str
    subject: str
    object: str
    flags: set[str] = field(default_factory=set)
    note: dict[str, Any] = field(default_factory=dict)


def read_brat(path: Path, document: Document, *, lexicon: Lexicon | None = None) -> list[Claim]:
    """The claims that a corrected ``.ann`` draws on a document's text, in the order of the text.

    Raises ClaimsFileError, which says which line does not fit and what was expected, and OSError.
    """
    lexicon = lexicon or load_lexicon()
    texts, relations = _parse(path, document)
    reader = _Reader(path, document, lexicon, texts, passages(document))
    return sorted((reader.claim(name, relation) for name, relation in relations.items()), key=claim_order)


def _parse(path: Path, document: Document) -> tuple[dict[str, MarkedText], dict[str, _Relation]]:
    """The marked texts and relations of a file, by name; what is said of a relation is added to it."""
    texts: dict[str, MarkedText] = {}
    relations: dict[str, _Relation] = {}
    said: list[tuple[str, re.Match[str]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        where = f"{path}, line {number}"
        if not line.strip() or line[0] in _PASSED_OVER:
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise ClaimsFileError(f"{where}: expected T1, R1, A1 or #1 and a tab; claims need no other lines")
        if found["kind"] == "T":
            texts[found["name"]] = _marked(found, document, where)
        elif found["kind"] == "R":
            drawn = _RELATION.fullmatch(found["head"].strip())
            if drawn is None:
                raise ClaimsFileError(f"{where}: expected R1, a tab and: relation Arg1:T1 Arg2:T2")
            relations[found["name"]] = _Relation(drawn[1], drawn[2], drawn[3])
        else:
            said.append((where, found))
    for where, found in said:
        _add(found, relations, where)
    for name, relation in relations.items():
        for end in (relation.subject, relation.object):
            if end not in texts:
                raise ClaimsFileError(f"{path}: {name} ends at {end}, which marks no text; draw it again")
    return texts, relations


def _add(said: re.Match[str], relations: Mapping[str, _Relation], where: str) -> None:
    """Add a flag or a note to the relation that it is about; those of marked texts are for people only."""
    word, _, about = said["head"].strip().partition(" ")
    relation = relations.get(about.split(" ")[0])
    if relation is None:
        return
    if word in (NEGATED, HEDGED):
        relation.flags.add(word)
    elif (said["content"] or "").startswith("{"):
        relation.note = _row(said["content"], where)


def _marked(line: re.Match[str], document: Document, where: str) -> MarkedText:
    """A marked text, checked against the text it stands in."""
    found = _MARKED.fullmatch(line["head"].strip())
    if found is None:
        raise ClaimsFileError(f"{where}: expected T1, a tab and: Kind start end")
    runs = [(int(start), int(end)) for start, end in (run.split() for run in found[2].split(";"))]
    if " ".join(document.text[start:end] for start, end in runs) != line["content"]:
        raise ClaimsFileError(
            f"{where}: marks {(line['content'] or '')[:60]!r}, but {document.source} has other text there; "
            "expected the text that the annotation was made for"
        )
    return MarkedText("" if found[1] == THING else found[1], runs[0][0], runs[-1][1])


def _row(content: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(content)
    except json.JSONDecodeError as error:
        raise ClaimsFileError(
            f"{where}: the note is no JSON ({error.msg}); correct it or delete it"
        ) from error
    return row if isinstance(row, dict) else {}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes claims of what was drawn."""

    path: Path
    document: Document
    lexicon: Lexicon
    texts: Mapping[str, MarkedText]
    passages: tuple[Passage, ...]

    def claim(self, name: str, relation: _Relation) -> Claim:
        """The claim that a relation states. Raises ClaimsFileError."""
        subject, other = self.texts[relation.subject], self.texts[relation.object]
        base = self._base(name, relation.note)
        before = relation.note.get("ends") or [None, None]
        known = base is not None
        same = [
            known and end.place == list(was or ()) for end, was in zip((subject, other), before, strict=True)
        ]
        measures = relation.kind in self.lexicon.properties
        if not measures and relation.kind not in self.lexicon.relations:
            raise ClaimsFileError(
                f"{self.path}: {name} is called {relation.kind!r}; expected a property such as "
                "ionic_conductivity or a relation such as suppresses"
            )
        entity = base.object if base and same[1] and base.object else self._entity(other)
        quantity = base.quantity if base and same[1] and base.quantity else None
        return Claim(
            subject=base.subject if base and same[0] else self._entity(subject),
            relation=relation.kind,
            object=None if measures else entity,
            quantity=(quantity or self._quantity(name, relation.kind, other)) if measures else None,
            evidence=replace(base.evidence if base else self._evidence(subject, other), extractor=CURATED),
            conditions=base.conditions if base else {},
            context=base.context if base else (),
            polarity="negated" if NEGATED in relation.flags else "affirmed",
            certainty="hypothesised" if HEDGED in relation.flags else "asserted",
            confidence=base.confidence if base else 1.0,
        )

    def _base(self, name: str, note: Mapping[str, Any]) -> Claim | None:
        """What the note of a relation says, None where it has none."""
        if not note:
            return None
        try:
            claim = row_to_claim(note, document=self.document.id)
        except (ClaimsFileError, TypeError, ValueError) as error:
            raise ClaimsFileError(f"{self.path}: the note of {name}: {error}") from error
        return replace(claim, evidence=replace(claim.evidence, document=self.document.id))

    def _plain(self, span: Span) -> str:
        damaged = is_damaged(self.document.text)
        return plain_text(self.document.text, [span], markup=self.document.markup, damaged=damaged).text

    def _entity(self, text: MarkedText) -> Entity:
        return Entity((self._plain((text.start, text.end)),), text.kind)

    def _quantity(self, name: str, key: str, text: MarkedText) -> Quantity:
        """The value that a marked text is, in the property's unit. Raises ClaimsFileError."""
        written = self._plain((text.start, text.end))
        unit = self.lexicon.properties[key].unit
        found = next(iter(find_quantities(written, bare=True)), None)
        if found is None:
            raise ClaimsFileError(f"{self.path}: {name} ends at {written!r}; expected a number with a unit")
        measured = found.unit.symbol if found.unit else unit
        try:
            value = convert(found.value, measured, to=unit) if unit else found.value
            highest = found.value_max
            value_max = convert(highest, measured, to=unit) if unit and highest is not None else highest
        except UnitError as error:
            raise ClaimsFileError(f"{self.path}: {name}: {error}") from error
        return Quantity(value, unit, value_max, found.comparator, written)

    def _evidence(self, *ends: MarkedText) -> Evidence:
        """The sentence around both ends, with the works it cites."""
        start, end = min(each.start for each in ends), max(each.end for each in ends)
        refs: tuple[int, ...] = ()
        works: tuple[Reference, ...] = ()
        for passage in self.passages:
            first, last = passage.to_source(0, len(passage.text))
            if first <= start and end <= last:
                left, right = passage.plain.from_source(start, end)
                spans = [span for span in sentences(passage.text) if span[0] < right and left < span[1]]
                left, right = min(span[0] for span in spans), max(span[1] for span in spans)
                refs, works = refs_for(passage, left, right), works_for(passage, left, right)
                start, end = passage.to_source(left, right)
                break
        section = self.document.section_at(start)
        return Evidence(
            document=self.document.id,
            start=start,
            end=end,
            quote=self.document.text[start:end],
            section=section.label if section else "",
            refs=refs,
            primary=works or ((self.document.own,) if self.document.own.title else ()),
        )
