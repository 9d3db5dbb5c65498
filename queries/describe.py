"""Everything the graph knows of one thing: its names and classes, its values, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.graph import KnowledgeGraph
from kg.model import Claim, Entity
from kg.statements import Statement, quantity_text
from ontology.formula import parse_formula
from queries.evidence import claim_to_json

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Description:
    """A thing and the statements about it: ``about`` has it as subject, ``affecting`` as object.

    Statements that rest on retracted works alone are among them. ``refines`` gives the texts of the more
    general statements of which one is a special case, by ``Statement.id``.
    """

    entity: Entity
    classes: tuple[str, ...]
    elements: tuple[str, ...]
    about: tuple[Statement, ...]
    affecting: tuple[Statement, ...]
    refines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def to_json(self) -> Json:
        """The description as the command line and the server give it."""
        return {
            "label": self.entity.label,
            "names": list(self.entity.names),
            "iri": self.entity.iri,
            "kind": self.entity.kind,
            "classes": list(self.classes),
            "elements": list(self.elements),
            "statements": [
                _statement_to_json(statement) | {"refines": list(self.refines.get(statement.id, ()))}
                for statement in (*self.about, *self.affecting)
            ],
        }


def describe(graph: KnowledgeGraph, name: str) -> list[Description]:
    """What is known of each thing that a name or IRI stands for, the most spoken of first; empty for none."""
    about: dict[str, list[Statement]] = {iri: [] for iri in graph.things(name)}
    affecting: dict[str, list[Statement]] = {iri: [] for iri in about}
    for statement in graph.statements(retracted=True):
        if statement.subject.iri in about:
            about[statement.subject.iri].append(statement)
        if statement.object is not None and statement.object.iri in affecting:
            affecting[statement.object.iri].append(statement)
    found = [
        _description(graph, iri, about[iri], affecting[iri]) for iri in about if about[iri] or affecting[iri]
    ]
    return sorted(found, key=lambda each: (-len(each.about) - len(each.affecting), each.entity.iri))


def _description(
    graph: KnowledgeGraph, iri: str, about: list[Statement], affecting: list[Statement]
) -> Description:
    as_subject = [statement.subject for statement in about]
    as_object = [statement.object for statement in affecting if statement.object]
    entity = (as_subject + as_object)[0]
    names = tuple(dict.fromkeys(name for each in (*as_subject, *as_object) for name in each.names))
    formula = parse_formula(entity.label)
    return Description(
        entity=Entity(names=names, kind=entity.kind, iri=iri),
        classes=_class_labels(graph, entity),
        elements=tuple(sorted(formula.elements)) if formula else (),
        about=_ranked(about),
        affecting=_ranked(affecting),
        refines={
            each.id: tuple(wider.text for wider in graph.more_general(each)) for each in (*about, *affecting)
        },
    )


def _class_labels(graph: KnowledgeGraph, entity: Entity) -> tuple[str, ...]:
    """The labels of the classes that the ontology puts a name under, the nearest first."""
    terms = graph.lexicon.lookup(entity.label)
    ancestors = (iri for term in terms for iri in term.ancestors[1:])
    return tuple(
        dict.fromkeys(graph.lexicon.terms[iri].label for iri in ancestors if iri in graph.lexicon.terms)
    )


def _ranked(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=lambda each: (each.relation, -each.belief.value, each.text)))


def _statement_to_json(statement: Statement) -> Json:
    quantity = statement.quantity
    return {
        "subject": {"label": statement.subject.label, "iri": statement.subject.iri},
        "relation": statement.relation,
        "object": statement.object and {"label": statement.object.label, "iri": statement.object.iri},
        "value": quantity_text(quantity) if quantity else None,
        "conditions": _shared_conditions(statement.claims),
        "belief": round(statement.belief.value, 4),
        "arithmetic": statement.belief.explain(),
        "evidence": [claim_to_json(claim) for claim in statement.claims],
    }


def _shared_conditions(claims: Iterable[Claim]) -> Json:
    """Every condition that a claim of the statement gives; what one leaves out another may tell."""
    return {key: value for claim in claims for key, value in claim.conditions.items()}
