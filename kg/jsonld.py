"""JSON-LD that reads as plain JSON: a context that types every key, one object for each node of a graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from kg import vocabulary as v

Json = dict[str, Any]

_XSD: Final = v.PREFIXES["xsd"]
_IRI: Final = "@id"
_STRING: Final = _XSD + "string"
#: Datatypes whose values JSON has itself.
_NATIVE: Final[Mapping[str, Callable[[str], Any]]] = {
    _XSD + "integer": int,
    _XSD + "double": float,
    _XSD + "boolean": lambda text: text == "true",
}


def write_jsonld(read: Callable[[], Iterable[ox.Quad]], output: BinaryIO) -> None:
    """Write the quads that ``read`` gives, by graph and subject, as one JSON-LD document, node by node.

    They are read twice: first for the context, which says for each key what its values are.
    """
    keys = _keys(read())
    context: Json = {prefix: {"@id": iri, "@prefix": True} for prefix, iri in v.PREFIXES.items()}
    for iri, (key, kind) in sorted(keys.items(), key=lambda item: item[1]):
        coerced = {} if kind in (_STRING, "") else {"@type": _short(kind)}
        context[key] = {"@id": _short(iri), **coerced}
    output.write(f'{{"@context": {json.dumps(context, indent=1)},\n"@graph": ['.encode())
    before = "\n"
    for name, graph in groupby(read(), key=lambda quad: quad.graph_name):
        start = f'{{"@id": {json.dumps(name.value)},\n"@graph": [\n' if isinstance(name, ox.NamedNode) else ""
        output.write((before + start).encode())
        output.write(
            ",\n".join(json.dumps(node, ensure_ascii=False) for node in _nodes(graph, keys)).encode()
        )
        output.write(b"]}" if start else b"")
        before = ",\n"
    output.write(b"\n]}\n")


def _keys(quads: Iterable[ox.Quad]) -> dict[str, tuple[str, str]]:
    """For each predicate its key and what its values are: @id, a datatype, or nothing where they differ."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        kinds[quad.predicate.value].add(_kind(quad.object))
    names: dict[str, list[str]] = defaultdict(list)
    for iri in kinds:
        names[_short(iri).rpartition(":")[2]].append(iri)
    return {
        iri: (
            name if len(iris) == 1 and name.isidentifier() and name not in v.PREFIXES else _short(iri),
            next(iter(kinds[iri])) if len(kinds[iri]) == 1 else "",
        )
        for name, iris in names.items()
        for iri in iris
    }


def _nodes(quads: Iterable[ox.Quad], keys: Mapping[str, tuple[str, str]]) -> Iterator[Json]:
    for subject, found in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, list[Any]] = defaultdict(list)
        for quad in found:
            if quad.predicate == v.TYPE and isinstance(quad.object, ox.NamedNode):
                node["@type"].append(_short(quad.object.value))
            else:
                key, kind = keys[quad.predicate.value]
                node[key].append(_value(quad.object, kind))
        plain = {key: values[0] if len(values) == 1 else values for key, values in node.items()}
        yield {"@id": _name(subject), **plain}


def _kind(term: Any) -> str:
    if not isinstance(term, ox.Literal):
        return _IRI
    return "" if term.language else term.datatype.value


def _value(term: Any, kind: str) -> Any:
    """A value as its key's context has it, with its own type where the context has none."""
    if not isinstance(term, ox.Literal):
        return _name(term) if kind == _IRI else {"@id": _name(term)}
    if kind:
        return _NATIVE.get(kind, str)(term.value)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value, "@type": _short(term.datatype.value)}


def _name(node: Any) -> str:
    return _short(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _short(iri: str) -> str:
    """An IRI by its prefix, or as it is."""
    for prefix, namespace in v.PREFIXES.items():
        if iri.startswith(namespace) and not iri.startswith(namespace + "//"):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
