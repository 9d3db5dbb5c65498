"""Charts of measured properties: every value of the graph, by family of material or by method."""

from __future__ import annotations

import html
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Literal

from kg.graph import KnowledgeGraph
from kg.model import Claim
from kg.naming import ground_entity, unfolded
from kg.statements import quantity_text
from ontology.data_files import read_yaml
from ontology.grounding import ground, thing_iri
from ontology.lexicon import Lexicon, MeasuredProperty, Term, local_name

if TYPE_CHECKING:
    import plotly.graph_objects as go

Grouping = Literal["family", "method", "material"]
#: File endings that a chart can be written to.
FORMATS = ("html", "svg", "png")


class ChartError(ValueError):
    """A chart that cannot be drawn or written: says why and what to do."""


@dataclass(frozen=True, slots=True)
class Point:
    """One measured value with its group and what is shown of it; ``hover`` is HTML."""

    group: str
    value: float
    value_max: float | None
    hover: str


def plot_property(graph: KnowledgeGraph, name: str, *, by: Grouping = "family") -> go.Figure:
    """A Plotly figure of every affirmed value of a property, one box a group, on a log axis where needed.

    ``name`` is a key (``ionic_conductivity``) or a name of the property; groups are ordered by their median.
    Raises ChartError where the property is unknown or has no values, or Plotly is not installed.
    """
    measured = find_property(name, lexicon=graph.lexicon)
    points = chart_points(graph.claims(relation=measured.key), by=by, lexicon=graph.lexicon)
    if not points:
        raise ChartError(
            f"the graph has no value of {measured.term.label}; build it from papers that give some"
        )
    return _figure(points, measured, by)


def write_figure(figure: go.Figure, path: Path) -> None:
    """Write a figure as HTML that needs no network, or as SVG or PNG where kaleido and a browser are there.

    Raises ChartError for any other ending and where the picture cannot be made.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending == "html":
        figure.write_html(path, include_plotlyjs=True)
        return
    if ending not in FORMATS:
        raise ChartError(
            f"{path}: charts are written as {', '.join(FORMATS)}; give the file one of these endings"
        )
    try:
        figure.write_image(path, **_style()["picture"])
    except (ValueError, RuntimeError, ImportError) as error:
        raise ChartError(
            f"{path}: a picture needs kaleido and a Chrome browser (pip install kaleido; plotly_get_chrome)"
            "; write .html instead, which needs neither"
        ) from error


def find_property(name: str, *, lexicon: Lexicon) -> MeasuredProperty:
    """The measured property with a key or a name in any spelling. Raises ChartError."""
    key = name.strip().lower().replace(" ", "_").replace("-", "_")
    if key in lexicon.properties:
        return lexicon.properties[key]
    terms = set(lexicon.lookup(name))
    for measured in lexicon.properties.values():
        if measured.term in terms:
            return measured
    known = ", ".join(sorted(lexicon.properties))
    raise ChartError(f"{name!r} is no measured property; expected one of {known}")


def chart_points(claims: Iterable[Claim], *, by: Grouping, lexicon: Lexicon) -> list[Point]:
    """The points of a chart, one for each affirmed measurement, in the order given."""
    return [
        Point(_group(claim, by, lexicon), claim.quantity.value, claim.quantity.value_max, _hover(claim))
        for claim in claims
        if claim.quantity is not None and claim.polarity == "affirmed"
    ]


def _group(claim: Claim, by: Grouping, lexicon: Lexicon) -> str:
    if by == "material":
        return claim.subject.label
    if by == "method":
        method = claim.conditions.get("method")
        if not isinstance(method, str):
            return str(_style()["unknown"])
        return ground(unfolded(method), kind="SynthesisMethod", lexicon=lexicon).label
    grounding = ground_entity(claim.subject, lexicon=lexicon)
    return _family(grounding.term, claim.subject.iri or grounding.iri, lexicon)


def _family(term: Term | None, iri: str, lexicon: Lexicon) -> str:
    """The class of a material; of a material that is a class of its own, the class above it."""
    if term is None or local_name(term.iri) == term.kind:
        return str(_style()["rest"])
    above = [lexicon.terms[each] for each in term.ancestors[1:] if each in lexicon.terms]
    own = iri == thing_iri(term.label)
    return above[0].label if own and above else term.label


def _hover(claim: Claim) -> str:
    evidence = claim.evidence
    conditions = ", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in claim.conditions.items())
    quote = " ".join(evidence.quote.split())
    longest = _style()["longest_quote"]
    shown = quote if len(quote) <= longest else quote[: longest - 1] + "…"
    refs = f" [{', '.join(map(str, evidence.refs))}]" if evidence.refs else ""
    value = quantity_text(claim.quantity) if claim.quantity else ""
    lines = [f"{claim.subject.label}: {value}", conditions, f"“{shown}”", f"{evidence.document}{refs}"]
    return "<br>".join(html.escape(line) for line in lines if line)


def _figure(points: Sequence[Point], measured: MeasuredProperty, by: Grouping) -> go.Figure:
    try:
        import plotly.graph_objects as go  # noqa: PLC0415  (an optional part, needed for charts only)
    except ImportError as error:
        raise ChartError("charts need Plotly: pip install 'lithograph[plot]'") from error
    style = _style()
    figure = go.Figure()
    for number, (group, found) in enumerate(_groups(points)):
        figure.add_trace(
            go.Box(
                x=[group] * len(found),
                y=[point.value for point in found],
                name=group,
                boxpoints="all",
                pointpos=0,
                jitter=0.5,
                fillcolor="rgba(0,0,0,0)",
                line={"color": style["colours"][number % len(style["colours"])]},
                marker={"opacity": style["opacity"]},
                text=[point.hover for point in found],
                hovertemplate="%{text}<extra></extra>",
            )
        )
    figure.add_trace(_ranges(points))
    unit = "" if measured.unit in ("", "1") else f" ({measured.unit})"
    figure.update_layout(
        title=f"{measured.term.label} by {by}: {len(points)} values",
        template="plotly_white",
        showlegend=False,
        yaxis={"title": f"{measured.term.label}{unit}", "type": _axis(points), "exponentformat": "power"},
    )
    return figure


def _groups(points: Sequence[Point]) -> list[tuple[str, list[Point]]]:
    """The points by group, the smallest median first; those of the rarest groups are put together."""
    style = _style()
    kept = _kept(points)
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        groups[point.group if point.group in kept else style["rest"]].append(point)
    return sorted(groups.items(), key=lambda item: (median(point.value for point in item[1]), item[0]))


def _kept(points: Sequence[Point]) -> frozenset[str]:
    most = Counter(point.group for point in points).most_common(_style()["most_groups"])
    return frozenset(group for group, _ in most)


def _ranges(points: Sequence[Point]) -> go.Scatter:
    """A line from the lower to the upper value of each range."""
    import plotly.graph_objects as go  # noqa: PLC0415

    kept, rest = _kept(points), _style()["rest"]
    x: list[str | None] = []
    y: list[float | None] = []
    for point in points:
        if point.value_max is not None:
            group = point.group if point.group in kept else rest
            x += [group, group, None]
            y += [point.value, point.value_max, None]
    line = {"color": _style()["range_colour"], "width": 1}
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def _axis(points: Sequence[Point]) -> str:
    """Logarithmic where all values are positive and span enough powers of ten."""
    values = [value for point in points for value in (point.value, point.value_max) if value is not None]
    if min(values) <= 0:
        return "linear"
    decades = math.log10(max(values) / min(values))
    return "log" if decades >= _style()["log_from_decades"] else "linear"


@cache
def _style() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("charts.yaml"))
    return data
