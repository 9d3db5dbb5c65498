"""Tables and captions of XML and HTML articles."""

from __future__ import annotations

from extract.document import Cell, Span, Table, TableRow
from extract.plain_text import plain_text
from extract.readers.element_names import inside, is_a
from extract.readers.markup import Element
from extract.readers.tables import count_header_rows, split_caption

_WIDEST = 50


def read_table_element(text: str, element: Element) -> Table | None:
    """The table in an element that holds its rows and perhaps its caption and notes; None without rows."""
    rows, header = _rows(text, element)
    if not rows:
        return None
    label, title = split_caption(plain_text(text, caption_spans(element), markup="xml").text)
    notes = [plain_text(text, [note.inner], markup="xml").text for note in inside(element, "notes")]
    return Table(
        label=label,
        caption=title,
        start=element.start,
        end=element.end,
        rows=tuple(rows),
        header_rows=count_header_rows(rows, at_least=header or 1),
        notes=" ".join(notes),
    )


def caption_spans(element: Element) -> tuple[Span, ...]:
    """Where the label, title and text of a figure's or table's caption stand."""
    parts = inside(element, "label", "caption", "title", "notes", "row")
    spans = [part.inner for part in parts if not is_a(part, "notes", "row")]
    return tuple(span for span in spans if span[0] < span[1])


def is_layout(element: Element) -> bool:
    """Whether a table only arranges a page: no row of it has two cells."""
    return not any(_columns(row)[1:] for row in inside(element, "row"))


def _columns(row: Element) -> list[Element]:
    return [cell for cell in row.children if is_a(cell, "cell")]


def _rows(text: str, element: Element) -> tuple[list[TableRow], int]:
    """The rows, with empty cells where a cell spans columns or rows, and the number of header rows."""
    rows: list[TableRow] = []
    header = 0
    hanging: dict[int, int] = {}
    for row in inside(element, "row"):
        cells: list[Cell] = []
        columns = _columns(row)
        for column in columns:
            _hang(cells, hanging, column.start)
            down, across = _reach(column, element)
            content = _content(text, column)
            for step in range(across):
                hanging[len(cells)] = down - 1
                place = column.inner if step == 0 else (column.end, column.end)
                cells.append(Cell("" if step else content, *place))
        _hang(cells, hanging, row.end)
        if cells:
            is_header = row.within("thead") or all(column.name == "th" for column in columns)
            header += is_header and header == len(rows)
            rows.append(TableRow(tuple(cells), row.start, row.end))
    return rows, header


def _content(text: str, cell: Element) -> str:
    """The text of a cell, its paragraphs told apart: "Milling; annealing"."""
    paragraphs = [part.inner for part in cell.children if is_a(part, "paragraph")]
    parts = [paragraph for paragraph in paragraphs if paragraph[0] < paragraph[1]]
    spans = parts if len(parts) > 1 else [cell.inner]
    return "; ".join(filter(None, (plain_text(text, [span], markup="xml").text for span in spans)))


def _hang(cells: list[Cell], hanging: dict[int, int], at: int) -> None:
    """Add empty cells where cells of the rows above reach down."""
    while hanging.get(len(cells), 0) > 0:
        hanging[len(cells)] -= 1
        cells.append(Cell("", at, at))


def _reach(cell: Element, table: Element) -> tuple[int, int]:
    """How many rows and columns a cell covers, by HTML, TEI or CALS attributes."""

    def number(key: str, default: int) -> int:
        value = cell.attributes.get(key, "")
        return int(value) if value.isdigit() else default

    first, last = cell.attributes.get("namest"), cell.attributes.get("nameend")
    across = number("colspan", number("cols", 1))
    if first and last:
        columns = [column.attributes.get("colname") for column in table.walk() if column.name == "colspec"]
        if first in columns and last in columns:
            across = columns.index(last) - columns.index(first) + 1
    down = number("rowspan", number("rows", number("morerows", 0) + 1))
    return max(1, down), max(1, min(across, _WIDEST))
