"""Statements as a graph for networkx, and in the file formats that graph tools read."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.statements import Statement
from ontology.lexicon import Lexicon

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(statements: Iterable[Statement], *, lexicon: Lexicon) -> nx.MultiDiGraph[str]:
    """The affirmed relations as a networkx graph for traversal; nodes are IRIs.

    Nodes have ``label``, ``kind`` and ``names``. Edges are keyed by relation and have ``relation``, ``sign``
    (+1, -1 or 0), ``belief``, ``claims`` (ids) and ``evidence`` (the affirming sentences).
    """
    import networkx as nx  # noqa: PLC0415  (takes a third of a second, needed for this view only)

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for statement in statements:
        if statement.object is None or not statement.affirming:
            continue
        for entity in (statement.subject, statement.object):
            graph.add_node(entity.iri, label=entity.label, kind=entity.kind, names=entity.names)
        relation = lexicon.relations.get(statement.relation)
        graph.add_edge(
            statement.subject.iri,
            statement.object.iri,
            key=statement.relation,
            relation=statement.relation,
            sign=relation.sign if relation else 0,
            belief=statement.belief.value,
            claims=tuple(claim.id for claim in statement.claims),
            evidence=tuple(dict.fromkeys(claim.evidence.quote for claim in statement.affirming)),
        )
    return graph


def to_graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    """The graph as GraphML, lists joined by a vertical bar, as it is read by Gephi and yEd."""
    import networkx as nx  # noqa: PLC0415

    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        plain.add_node(node, **_joined(data))
    for source, target, key, data in graph.edges(keys=True, data=True):
        plain.add_edge(source, target, key=key, **_joined(data))
    text = io.BytesIO()
    nx.write_graphml(plain, text, encoding="utf-8", prettyprint=True)
    return text.getvalue()


def to_cytoscape(graph: nx.MultiDiGraph[str]) -> bytes:
    """The graph as the JSON that Cytoscape and Cytoscape.js read."""
    import networkx as nx  # noqa: PLC0415

    data = nx.cytoscape_data(graph)
    for node in data["elements"]["nodes"]:
        node["data"]["name"] = node["data"]["label"]
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _joined(data: dict[str, Any]) -> dict[str, Any]:
    """Attributes as GraphML takes them: no lists, and no character that XML 1.0 does not have."""
    return {
        key: _xml_text(" | ".join(value) if isinstance(value, tuple) else value)
        for key, value in data.items()
    }


def _xml_text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "".join(letter if letter >= " " or letter in "\t\n\r" else " " for letter in value)
