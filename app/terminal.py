"""Answers, chains and gaps as a person reads them in a terminal; the input is their JSON shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from queries.numbers import condition_text, number_text

Json = Mapping[str, Any]

_MOST_EVIDENCE = 6
#: Rows of an answer of which each has its sentence, where there are so many.
_MOST_ROWS_TOLD = 12
_MOST_QUOTE = 320
#: Lines of one cell of a table.
_MOST_LINES = 3
#: The statuses of a matrix cell of which something is told.
_TOLD = ("reported", "denied", "composites", "combined")
_SIGN_WORDS = {1: "more", -1: "less", 0: "undetermined"}


def answer_view(answer: Json, *, show_sparql: bool = False) -> RenderableType:
    """The answer with its reading, its rows and the sentences behind them."""
    parts: list[RenderableType] = [Text(str(answer["question"]), style="bold")]
    if answer.get("interpretation"):
        parts.append(Text.assemble(("understood as  ", "dim"), str(answer["interpretation"])))
    if answer.get("text"):
        parts.append(Padding(Text(str(answer["text"])), (0, 0, 0, 2)))
    if answer.get("reason"):
        parts.append(Text.assemble(("why  ", "dim"), str(answer["reason"])))
    if answer.get("suggestions"):
        parts.append(Text.assemble(("you might ask  ", "dim"), " · ".join(map(str, answer["suggestions"]))))
    rows = answer.get("answers") or ()
    if len(rows) > 1 or any(row.get("value") is not None or row.get("values") for row in rows):
        parts.append(Padding(_rows_table(rows), (0, 0, 0, 2)))
    most = min(max(len(rows), _MOST_EVIDENCE), _MOST_ROWS_TOLD)
    parts.extend(evidence_view(answer.get("evidence") or (), most=most))
    if show_sparql and answer.get("sparql"):
        parts.append(Padding(Text(str(answer["sparql"]), style="dim"), (1, 0, 0, 2)))
    return Group(*parts, "")


def evidence_view(evidence: Sequence[Json], *, most: int = _MOST_EVIDENCE) -> list[RenderableType]:
    """Each sentence once, with the document it stands in, the work it cites and the claims it makes."""
    sentences: dict[tuple[object, ...], list[Json]] = {}
    for item in evidence:
        sentences.setdefault((item.get("document"), item.get("start"), item["quote"]), []).append(item)
    shown: list[RenderableType] = []
    for items in list(sentences.values())[:most]:
        claims = ", ".join(str(item["claim"])[:8] for item in items if item.get("claim"))
        told = f"  claim{'s' if len(items) > 1 else ''} {claims}" if claims else ""
        quote = (f"“{_shorten(str(items[0]['quote']))}”", "italic")
        shown.append(
            Padding(Text.assemble(quote, "  ", (_source(items[0]), "dim"), (told, "dim")), (0, 0, 0, 4))
        )
    if (left := len(sentences) - most) > 0:
        more = f"and {left} more sentence{'s' if left > 1 else ''}"
        shown.append(Padding(Text(more, style="dim"), (0, 0, 0, 4)))
    return shown


def chain_view(chain: Json) -> RenderableType:
    """The chain as one line, what must be granted for it, then its edges with belief and sentences."""
    nodes = [str(node["label"]) for node in chain["path"]]
    line = Text(nodes[0], style="bold")
    for edge, node in zip(chain["edges"], nodes[1:], strict=True):
        line.append(f"  —{edge['label']}→  ", style="dim").append(node, style="bold")
    effect = _SIGN_WORDS[chain["sign"]]
    summary = f"more {nodes[0]}: {effect} {nodes[-1]} · belief {chain['belief']:.2f}"
    parts: list[RenderableType] = [line, Padding(Text(summary, style="dim"), (0, 0, 0, 2))]
    parts.extend(
        Padding(Text(f"granted that {each}", style="dim"), (0, 0, 0, 2)) for each in chain["assumptions"]
    )
    several = sum(edge["ground"] == "claims" for edge in chain["edges"]) > 1
    for at, (start, edge, end) in enumerate(zip(nodes, chain["edges"], nodes[1:], strict=False)):
        if edge["claims"]:
            weakest = ", the weakest step" if several and at == chain["weakest"] else ""
            head = f"{start} {edge['label']} {end}  (belief {edge['belief']:.2f}{weakest})"
            parts.append(Padding(Text(head), (0, 0, 0, 2)))
            parts.extend(evidence_view(edge["claims"], most=2))
    return Group(*parts, "")


def description_view(thing: Json) -> RenderableType:
    """A thing: names and classes, then each statement with its belief, the arithmetic and the sentences."""
    names = ", ".join(thing["names"][1:])
    parts: list[RenderableType] = [
        Text.assemble((str(thing["label"]), "bold"), f"  {thing['kind']}"),
        Text(" · ".join(filter(None, (names, " < ".join(thing["classes"]), thing["iri"]))), style="dim"),
    ]
    for statement in thing["statements"]:
        other = statement["value"] or statement["object"]["label"]
        conditions = ", ".join(condition_text(key, value) for key, value in statement["conditions"].items())
        line = f"{statement['subject']['label']} {statement['relation'].replace('_', ' ')} {other}"
        parts.append(Padding(Text.assemble(line, (f"  {conditions}", "dim")), (1, 0, 0, 2)))
        wider = "; ".join(statement["refines"])
        if wider:
            parts.append(Padding(Text(f"a special case of: {wider}", style="dim"), (0, 0, 0, 4)))
        parts.append(Padding(Text(statement["arithmetic"], style="dim"), (0, 0, 0, 4)))
        parts.extend(evidence_view(statement["evidence"], most=3))
    return Group(*parts, "")


def gap_view(gap: Json) -> RenderableType:
    """A gap: its kind, what it is about, the explanation and the sentences it rests on."""
    topic = " · ".join(filter(None, map(str, gap.get("topic") or ())))
    parts: list[RenderableType] = [
        Text.assemble((str(gap["kind"]).replace("_", " "), "bold"), f"  {topic}" if topic else "")
    ]
    explanation = gap.get("text") or gap.get("detail")
    if explanation:
        parts.append(Padding(Text(str(explanation)), (0, 0, 0, 2)))
    parts.extend(evidence_view(gap_evidence(gap)))
    return Group(*parts, "")


def gap_evidence(gap: Json) -> list[Json]:
    """The sentences of a gap: those of its claims, of both sides, of its chains' steps, or its own."""
    claims = [*(gap.get("claims") or ()), *(gap.get("left") or ()), *(gap.get("right") or ())]
    steps = (edge for chain in gap.get("chains") or () for edge in chain["edges"])
    claims += [claim for edge in steps for claim in edge["claims"][:1]]
    return claims or ([gap] if gap.get("quote") else [])


def matrix_view(cells: Sequence[Json]) -> RenderableType:
    """A gap matrix row by row: what is reported, denied, so of composites only, combined, never combined.

    Most cells of such a matrix are empty, so that a grid would hide the others.
    """
    rows: dict[str, list[Json]] = {}
    for cell in cells:
        rows.setdefault(cell["row"], []).append(cell)
    lines = []
    for row, found in rows.items():
        by_status = [[cell_text(cell) for cell in found if cell["status"] == status] for status in _TOLD]
        never = sum(cell["status"] == "never" for cell in found)
        lines.append([row, *("; ".join(texts) for texts in by_status), str(never)])
    return table_view(["", *_TOLD, "never combined"], lines)


def cell_text(cell: Json) -> str:
    """A cell in a few words: its column, how many papers, and which way they say it goes.

    >>> cell_text({"column": "capacity fade", "papers": 3, "sign": -1, "conflict": True})
    'capacity fade (3↓, disputed)'
    """
    arrow = {1: "↑", -1: "↓"}.get(cell["sign"], "")
    return f"{cell['column']} ({cell['papers']}{arrow}{', disputed' if cell['conflict'] else ''})"


def changes_view(changes: Sequence[Json]) -> RenderableType:
    """The cells of a matrix that changed: what each was and is, and whose sentences came and went."""
    columns = ["cell", "was", "is", "came", "went"]
    lines = [
        [
            " × ".join(change["topic"]),
            *(f"{change[side]['status']} ({change[side]['papers']})" for side in ("before", "after")),
            *("; ".join(sorted({claim["document"] for claim in change[side]})) for side in ("came", "went")),
        ]
        for change in changes
    ]
    return table_view(columns, lines)


def evaluation_view(rows: Sequence[Json]) -> RenderableType:
    """The time-sliced test: each way of ranking with its scores and their intervals."""
    guesses = list(rows[0]["hits_at"])
    head = f"links up to {rows[0]['until_year']} from {rows[0]['statements']} statements; "
    head += f"{rows[0]['links']} of {rows[0]['candidates']} candidates were reported later"
    columns = ["ranking", *(f"hits@{number}" for number in guesses), "MRR", "AUC"]
    lines = [
        [
            row["ranker"],
            *(_interval(row["hits_at"][g]) for g in guesses),
            _interval(row["mrr"]),
            _interval(row["auc"]),
        ]
        for row in rows
    ]
    return Group(Text(head, style="dim"), table_view(columns, lines))


def watch_view(text: str, changes: Sequence[Json]) -> RenderableType:
    """What changed in something that is watched: as it was and is, and the sentences that came or went."""
    parts: list[RenderableType] = [Text.assemble(("watched  ", "dim"), (text, "bold"))]
    for change in changes:
        line = Text.assemble((f"{change['change']}  ", "bold"), str(change["what"]))
        parts.append(Padding(line, (0, 0, 0, 2)))
        if change["before"] and change["after"]:
            was, now = change["before"], change["after"]
            told = [f"{key} {was.get(key)} → {now[key]}" for key in now if now[key] != was.get(key)]
            if told:
                parts.append(Padding(Text(", ".join(told), style="dim"), (0, 0, 0, 4)))
        for item in change["because"][:_MOST_EVIDENCE]:
            quote = (f"“{_shorten(str(item['quote']))}”", "italic")
            parts.append(Padding(Text.assemble(quote, "  ", (str(item["why"]), "dim")), (0, 0, 0, 4)))
    return Group(*parts, "")


def table_view(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A plain table that copies well."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def print_view(view: RenderableType, console: Console | None = None) -> None:
    """Print to standard output, wrapped to the terminal's width."""
    (console or Console(highlight=False)).print(view)


def _rows_table(rows: Sequence[Json]) -> Table:
    """A row each; columns that no row fills are left out."""
    columns = ("value", "as asked", "as reported", "conditions", "work", "belief")
    lines = [_row_cells(row) for row in rows]
    filled = [place for place in range(len(columns)) if any(line[place + 1] for line in lines)]
    return table_view(
        ["", *(columns[place] for place in filled)],
        [[line[0], *(line[place + 1] for place in filled)] for line in lines],
    )


def _row_cells(row: Json) -> list[str]:
    label = " → ".join(node["label"] for node in row.get("path") or []) or str(row["label"])
    values = [row] if row.get("value") is not None else list(row.get("values") or ())
    asked: Json = row.get("asked") or {}
    conditions: Json = row.get("conditions") or {}
    belief, against = row.get("belief"), len(row.get("against") or ())
    return [
        label,
        _first_lines([_labelled(each, own=each is row) for each in values]),
        _value_text(asked) if asked else "",
        _first_lines(row.get("reported") or ()),
        ", ".join(condition_text(key, value) for key, value in conditions.items()),
        _first_lines(row.get("works") or ()),
        "" if belief is None else f"{belief:.2f}" + (f" ({against} against)" if against else ""),
    ]


def _labelled(value: Json, *, own: bool) -> str:
    """A value, with the thing that it is of where the row is about something else."""
    label = "" if own else value.get("label", "")
    return f"{label}: {_value_text(value)}" if label else _value_text(value)


def _first_lines(texts: Sequence[str]) -> str:
    """The first few of some texts, a line each."""
    return "\n".join([*texts[:_MOST_LINES], *(["…"] if len(texts) > _MOST_LINES else [])])


def _value_text(value: Json) -> str:
    sign = value.get("comparator") or "="
    number = number_text(value["value"], value.get("value_max"))
    return f"{'' if sign == '=' else sign + ' '}{number} {value.get('unit') or ''}".strip()


def _source(item: Json) -> str:
    works = [reference_text(work) for work in item.get("primary") or ()]
    return " · ".join([str(item["document"]), *works])


def reference_text(work: Json) -> str:
    """A work in one line: first author, journal, year.

    >>> reference_text({"authors": ["N. Kamaya", "K. Homma"], "journal": "Nat. Mater.", "year": 2011})
    'N. Kamaya et al., Nat. Mater. 2011'
    """
    authors: Sequence[str] = work.get("authors") or ()
    who = f"{authors[0]} et al." if len(authors) > 1 else "".join(authors)
    where = " ".join(str(part) for part in (work.get("journal"), work.get("year")) if part)
    return ", ".join(part for part in (who, where) if part) or str(work.get("as_written") or "")


def _shorten(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _MOST_QUOTE else flat[: _MOST_QUOTE - 1].rstrip() + "…"


def _interval(score: Json) -> str:
    return f"{score['value']:.2f} [{score['low']:.2f}, {score['high']:.2f}]"
