"""Charts as Plotly figures: plain data that one static script draws, with an address behind every mark."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from app.web.network import steps_of
from kg.graph import KnowledgeGraph
from kg.model import Claim
from ontology.lexicon import MeasuredProperty
from queries.charts import Grouping, Point, plot_property

Json = dict[str, Any]
Points = Sequence[tuple[Claim, Point]]

#: More groups than this are drawn as one.
_MOST_GROUPS = 8
_OTHERS = "others"
#: Values that span more than this factor are drawn on a logarithmic scale.
_WIDE = 50
#: So many decades are named on such a scale at most, nearly.
_MOST_TICKS = 6
_HEIGHT, _NODE_HEIGHT = 420, 44
#: On the right stand the names of what the flows end in.
_FLOW_MARGIN = {"l": 8, "r": 150, "t": 16, "b": 16}
_SIGN_NAMES = {1: "more", -1: "less", 0: "none"}


def boxes(graph: KnowledgeGraph, measured: MeasuredProperty, points: Points, *, by: Grouping) -> Json:
    """The spread of the values of each group, as the command line plots it, with the claims' addresses."""
    figure: Json = plot_property(graph, measured.key, by=by).to_plotly_json()
    layout = {name: figure["layout"][name] for name in ("yaxis", "showlegend")}
    traces = [trace for trace in figure["data"] if trace["type"] == "box"]
    names = {trace["name"] for trace in traces}
    rest = next((name for name in names if name not in {point.group for _, point in points}), None)
    for trace in traces:
        trace["customdata"] = [
            f"#claim-{claim.id}"
            for claim, point in points
            if trace["name"] == (point.group if point.group in names else rest)
        ]
    return {"data": figure["data"], "layout": layout | {"height": _HEIGHT, "xaxis": {"automargin": True}}}


def by_year(measured: MeasuredProperty, points: Points) -> Json | None:
    """Values by year of their source; None where no source has a year."""
    groups: dict[str, list[tuple[int, float, Claim, Point]]] = defaultdict(list)
    most = Counter(point.group for _, point in points).most_common(_MOST_GROUPS)
    kept = {group for group, _ in most}
    for claim, point in points:
        year = min((work.year for work in claim.evidence.primary if work.year), default=None)
        if year:
            found = groups[point.group if point.group in kept else _OTHERS]
            found.append((year, _middle(point.value, point.value_max), claim, point))
    if not groups:
        return None
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": group,
            "x": [year for year, *_ in found],
            "y": [value for _, value, *_ in found],
            "text": [point.hover for *_, point in found],
            "customdata": [f"#claim-{claim.id}" for _, _, claim, _ in found],
            "hovertemplate": "%{text}<extra>%{x}</extra>",
        }
        for group, found in sorted(groups.items(), key=lambda item: -len(item[1]))
    ]
    unit = "" if measured.unit == "1" else f" ({measured.unit})"
    values = [value for found in groups.values() for _, value, *_ in found]
    return {
        "data": traces,
        "layout": {
            "height": _HEIGHT,
            "showlegend": len(traces) > 1,
            "xaxis": {"title": {"text": "year of the source"}, "automargin": True},
            "yaxis": {"title": {"text": measured.term.label + unit}, **_scale(values)},
        },
    }


def values_of_answers(answers: Iterable[Json]) -> Json | None:
    """The values of an answer's rows side by side; None for fewer than three, or for different units."""
    rows = [
        row | {"claims": row["claims"], **each}
        for row in answers
        for each in ([row] if row["value"] is not None else row["values"])
    ]
    if len(rows) < 3 or len({row["unit"] for row in rows}) > 1:
        return None
    rows = sorted(rows, key=lambda row: _middle(row["value"], row.get("value_max")))
    values = [_middle(row["value"], row.get("value_max")) for row in rows]
    labels = [row["label"] for row in rows]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": labels,
        "customdata": [f"#claim-{row['claims'][0]}" if row.get("claims") else "" for row in rows],
        "hovertemplate": "%{y}<br>%{x} " + rows[0]["unit"] + "<extra></extra>",
    }
    layout = {
        "height": 130 + 24 * len(set(labels)),
        "showlegend": False,
        "xaxis": {"title": {"text": rows[0]["unit"]}, **_scale(values)},
        "yaxis": {"automargin": True},
    }
    return {"data": [trace], "layout": layout}


def values_of_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Json | None:
    """The last column of numbers of a table by its first column; None where there is none or hardly one."""
    numeric = [at for at in range(1, len(columns)) if all(_number(row[at]) is not None for row in rows)]
    if len(rows) < 3 or not numeric:
        return None
    at = numeric[-1]
    values = [float(row[at]) for row in rows]
    labels = [re.split(r"[/#]", row[0])[-1] if "://" in row[0] else row[0] for row in rows]
    trace = {"type": "scatter", "mode": "markers", "x": values, "y": labels}
    layout = {
        "height": 130 + 24 * len(set(labels)),
        "showlegend": False,
        "xaxis": {"title": {"text": columns[at]}, **_scale(values)},
        "yaxis": {"automargin": True},
    }
    return {"data": [trace | {"hovertemplate": "%{y}<br>%{x}<extra></extra>"}], "layout": layout}


def sankey(chains: Sequence[Json]) -> Json | None:
    """Chains as flows from cause to effect, one for each pair of neighbours; None where there are none."""
    nodes: dict[str, str] = {}
    links: dict[tuple[str, str], Json] = {}
    for number, chain in enumerate(chains, start=1):
        for node in chain["path"]:
            nodes.setdefault(node["iri"], node["label"])
        for edge, start, end in zip(chain["edges"], chain["path"], chain["path"][1:], strict=False):
            links.setdefault((start["iri"], end["iri"]), edge | {"chain": number})
    if not links:
        return None
    places = {iri: place for place, iri in enumerate(nodes)}
    trace = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": list(nodes.values()),
            "customdata": list(nodes.values()),
            "hovertemplate": "%{customdata}<extra></extra>",
            "pad": 24,
            "thickness": 12,
        },
        "link": {
            "source": [places[start] for start, _ in links],
            "target": [places[end] for _, end in links],
            "value": [max(edge["belief"], 0.05) for edge in links.values()],
            "label": [edge["label"] for edge in links.values()],
            "customdata": [f"#chain-{edge['chain']}" for edge in links.values()],
            "hovertemplate": "%{source.customdata} %{label} %{target.customdata}"
            "<br>belief %{value:.2f}<extra></extra>",
        },
    }
    widest = max((Counter(start for start, _ in links) | Counter(end for _, end in links)).values())
    height = max(_HEIGHT, _NODE_HEIGHT * max(len(nodes) // 2, widest))
    signs = [_SIGN_NAMES[edge["sign"]] for edge in links.values()]
    layout = {"height": height, "margin": _FLOW_MARGIN}
    return {"data": [trace], "layout": layout, "signs": signs, "steps": steps_of(chains)}


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _middle(value: float, value_max: float | None) -> float:
    return float(value) if value_max is None else (float(value) + float(value_max)) / 2


def _scale(values: Sequence[float]) -> Json:
    """The axis for some values: logarithmic where they are positive and span much."""
    if min(values) > 0 and max(values) / min(values) > _WIDE:
        decades = math.log10(max(values) / min(values))
        step = max(1, round(decades / _MOST_TICKS))
        return {"type": "log", "exponentformat": "power", "dtick": step, "automargin": True}
    return {"type": "linear", "automargin": True}
