"""Relations from tables: how a row's material was made, its dopants, its family, its role in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.citations import reference_numbers
from extract.document import Document, Table
from extract.measurements.materials import material_entity, strip_amounts
from extract.measurements.tables import TableRecord, table_records
from extract.mentions import MOST_NAMES
from extract.relations.data import read, words
from kg.model import Certainty, Claim, Entity, Evidence
from ontology.formula import find_formulas
from ontology.grounding import ground
from ontology.lexicon import Lexicon, Term

_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_EXTRACTOR = "relations.tables"


def relations_from_tables(document: Document, *, lexicon: Lexicon) -> list[Claim]:
    """The relations that the rows of the document's tables state."""
    claims: list[Claim] = []
    for table in document.tables:
        records = table_records(table, lexicon=lexicon)
        role = _captioned_role(table, lexicon)
        for record in records:
            claims.extend(_of_row(document, record, role, lexicon))
    return claims


def _of_row(
    document: Document, record: TableRecord, role: Entity | None, lexicon: Lexicon
) -> Iterator[Claim]:
    parts = [part for part in read("tables")["cell_parts"] if record.text(part)]
    owner = next((part for part in ("material", "electrolyte", "cathode") if record.text(part)), "")
    if not owner:
        return
    subject = material_entity(strip_amounts(record.text(owner)), lexicon=lexicon)
    row = _Row(document, record)
    if record.text("method"):
        yield from _made(row, subject, record.text("method"), lexicon)
    if record.text("solvent"):
        yield from _solvents(row, subject, record.text("solvent"), lexicon)
    for dopant in _dopants(record):
        yield row.claim(subject, "doped_with", material_or_dopant(dopant, lexicon))
    for text in (record.group, record.text("structure")):
        structure = _structure(text, lexicon) if text else None
        if structure:
            yield row.claim(subject, "has_structure", structure)
    if role:
        yield row.claim(subject, "used_as", role, certainty=_certainty(record.table))
    if len(parts) > 1:
        for part in parts:
            for name in re.split(read("tables")["layers"], strip_amounts(record.text(part))):
                yield row.claim(
                    material_entity(name, lexicon=lexicon), "used_as", _term_entity(part, "Role", lexicon)
                )


class _Row:
    """A row as evidence."""

    def __init__(self, document: Document, record: TableRecord) -> None:
        refs = reference_numbers(record.text("refs"))
        works = tuple(work for work in document.references if work.number in refs)
        self.evidence = Evidence(
            document=document.id,
            start=record.row.start,
            end=record.row.end,
            quote=document.text[record.row.start : record.row.end],
            section=record.table.label,
            refs=refs,
            primary=works,
            extractor=_EXTRACTOR,
        )

    def claim(
        self,
        subject: Entity,
        relation: str,
        thing: Entity,
        *,
        context: Sequence[str] = (),
        certainty: Certainty = "asserted",
    ) -> Claim:
        """A claim with the row as its evidence."""
        return Claim(
            subject=subject,
            relation=relation,
            object=thing,
            context=tuple(context),
            certainty=certainty,
            evidence=self.evidence,
        )


def _made(row: _Row, subject: Entity, method: str, lexicon: Lexicon) -> Iterator[Claim]:
    """The method; what stands behind it in brackets is its solvent or a further step."""
    method, *steps = re.split(r"\s*;\s*", method)
    bracket = _BRACKET.search(method)
    inside = bracket[1].strip() if bracket else ""
    name = method[: bracket.start()].strip() if bracket else method
    further = [inside] if inside and _is_method(inside, lexicon) else []
    yield row.claim(subject, "synthesized_by", _method(name, [*further, *steps], lexicon))
    if inside and not further and _is_wet(name):
        yield from _solvents(row, subject, inside, lexicon)


def _method(name: str, further: list[str], lexicon: Lexicon) -> Entity:
    terms = _terms(name, "SynthesisMethod", lexicon)
    names = [*(term.label for term in terms[:1]), name[0].lower() + name[1:], *further]
    grounding = ground(names, kind="SynthesisMethod", lexicon=lexicon)
    return Entity(tuple(dict.fromkeys(names))[:MOST_NAMES], "SynthesisMethod", grounding.iri)


def _is_method(text: str, lexicon: Lexicon) -> bool:
    return bool(_terms(text, "SynthesisMethod", lexicon))


def _is_wet(method: str) -> bool:
    return any(word in method.casefold() for word in read("tables")["wet"])


def _solvents(row: _Row, subject: Entity, text: str, lexicon: Lexicon) -> Iterator[Claim]:
    for name in re.split(read("tables")["alternatives"], text):
        bare = " ".join(word for word in name.split() if word not in read("tables")["mixture"])
        if not bare or bare in words("nobodies") or bare.casefold() in read("tables")["unnamed"]:
            continue
        entity = material_entity(bare if bare == name else f"{bare} mixture", lexicon=lexicon)
        entity = replace(entity, names=tuple(dict.fromkeys((*entity.names, name)))[:MOST_NAMES])
        yield row.claim(entity, "used_as", _term_entity("solvent", "Role", lexicon), context=(subject.label,))


def _dopants(record: TableRecord) -> list[str]:
    """The dopants of a cell; "Ge4+/P5+" is what was there and what replaces it."""
    cell = record.text("dopant")
    if not cell:
        return []
    written = cell.rpartition("/")[2]
    return [name for part in re.split(r"[,;&]| and ", written) if (name := part.strip(" -–—"))]


def material_or_dopant(name: str, lexicon: Lexicon) -> Entity:
    """The entity of a dopant: the ion as written, its element too."""
    ion = re.match(r"([A-Z][a-z]?)[\s^{]*\d*[+-]", name)
    names = [name.replace(" ", ""), *([ion[1]] if ion else [])]
    return Entity(tuple(names), "Dopant", ground(names, kind="Dopant", lexicon=lexicon).iri)


def _structure(text: str, lexicon: Lexicon) -> Entity | None:
    """The structure that a group row or a column names; a family's formula stands for its structure."""
    names = [text]
    formulas = find_formulas(text)
    if formulas and formulas[0].start == 0:
        names = [formulas[0].formula.canonical, text]
    for name in names:
        for term in lexicon.lookup(name):
            if term.kind == "Structure":
                return _structure_entity([term.label, *names], lexicon)
            for ancestor in term.ancestors:
                found = lexicon.terms.get(ancestor)
                structures = _terms(found.label, "Structure", lexicon) if found else []
                head = found.label.rpartition(" ")[0] if found else ""
                structures = structures or (_terms(head, "Structure", lexicon) if head else [])
                if structures:
                    return _structure_entity([structures[0].label, *names], lexicon)
    return None


def _structure_entity(names: Sequence[str], lexicon: Lexicon) -> Entity:
    kept = tuple(dict.fromkeys(names))[:MOST_NAMES]
    return Entity(kept, "Structure", ground(kept, kind="Structure", lexicon=lexicon).iri)


def _captioned_role(table: Table, lexicon: Lexicon) -> Entity | None:
    """The role that a caption gives to all rows: "Sodium superionic conductors predicted by …"."""
    tokens = table.caption.split()
    for size in range(min(len(tokens), 4), 1, -1):
        terms = _terms(" ".join(tokens[:size]), "Role", lexicon)
        if terms:
            return Entity((terms[0].label,), "Role", ground(terms[0].label, kind="Role", lexicon=lexicon).iri)
    return None


def _certainty(table: Table) -> Certainty:
    hedged = any(word.strip(".,").casefold() in read("tables")["predicted"] for word in table.caption.split())
    return "hypothesised" if hedged else "asserted"


def _terms(name: str, kind: str, lexicon: Lexicon) -> list[Term]:
    return [term for term in lexicon.lookup(name) if term.kind == kind]


def _term_entity(name: str, kind: str, lexicon: Lexicon) -> Entity:
    grounding = ground(name, kind=kind, lexicon=lexicon)
    return Entity(tuple(dict.fromkeys((grounding.label, name))), kind, grounding.iri)
