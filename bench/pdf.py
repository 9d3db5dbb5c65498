"""What is lost when a paper is read from a PDF: claims of the PDF against those of the paper's own file.

    python -m bench.pdf PAPER… [--columns 1 2]

Each paper is set as a journal sets it (columns, running head, page numbers, raised and lowered type,
hyphens, ruled tables), printed to PDF by Chromium, read back and compared. Claims agree where the subject,
the relation and the object or value are the same. The last
line is ``recall=…``, the least.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from extract.document import Document, Table
from extract.pipeline import extract_claims
from extract.plain_text import half_plain
from extract.readers import read_document
from extract.readers.layout import heading_kind
from kg.model import Claim

Statement = tuple[str, str, str]

_STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm; @top-left { content: 'J. Exp. 2024, 12, 345'; font: 8pt serif }
        @bottom-right { content: counter(page); font: 8pt serif } }
body { font: 9.5pt/1.25 serif; margin: 0; columns: COLUMNS; column-gap: 7mm }
p { text-align: justify; hyphens: auto }
h1 { font-size: 17pt; column-span: all } h2 { font-size: 11.5pt } h3, h4 { font-size: 10pt }
h2, h3, h4 { break-after: avoid } sup, sub { font-size: 70%; line-height: 0 }
table { border-collapse: collapse; border: solid; border-width: 1px 0; font-size: 8pt; width: 100% }
thead { border-bottom: 1px solid } td { text-align: left; padding: 1px 4px } .table { break-inside: avoid }
.wide { column-span: all } .caption { font-size: 8.5pt } .reference { font-size: 8pt; margin: 0 }
"""
_WIDE_TABLE = 5


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("papers", nargs="+", type=Path)
    parser.add_argument("--columns", nargs="+", type=int, default=[1, 2])
    options = parser.parse_args()
    least = 1.0
    with tempfile.TemporaryDirectory() as folder, printer() as to_pdf:
        for path in options.papers:
            paper = read_document(path)
            expected = statements(extract_claims(paper))
            for columns in options.columns:
                file = Path(folder) / f"{path.stem}.pdf"
                file.write_bytes(to_pdf(as_html(paper, columns=columns)))
                start = time.perf_counter()
                printed = read_document(file)
                seconds = time.perf_counter() - start
                found = statements(extract_claims(printed))
                common = (expected & found).total()
                least = min(least, common / expected.total())
                print(
                    f"{path.stem}, {columns} columns: {common} of {expected.total()} claims "
                    f"({common / expected.total():.3f}), {found.total() - common} others, "
                    f"{len(printed.references)} of {len(paper.references)} works, "
                    f"{len(printed.tables)} of {len(paper.tables)} tables, read in {seconds:.1f} s"
                )
    print(f"recall={least:.3f}")


def statements(claims: Iterable[Claim]) -> Counter[Statement]:
    """What claims say, without where they say it."""
    return Counter(
        (
            claim.subject.label.lower(),
            claim.relation,
            claim.object.label.lower() if claim.object else _value(claim),
        )
        for claim in claims
    )


def _value(claim: Claim) -> str:
    quantity = claim.quantity
    return f"{quantity.value:.6g} {quantity.value_max} {quantity.unit}" if quantity else ""


@contextmanager
def printer() -> Iterator[Callable[[str], bytes]]:
    """What prints a page to PDF. Raises RuntimeError where no Chromium is on this machine."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise RuntimeError("no chromium on this machine; install Debian's package of that name")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])

        def to_pdf(content: str) -> bytes:
            page = browser.new_page()
            page.set_content(content)
            printed = page.pdf(prefer_css_page_size=True)
            page.close()
            return printed

        yield to_pdf
        browser.close()


def as_html(document: Document, *, columns: int) -> str:
    """A document as a page to print, without what stands in no block of it."""
    sections = {section.start: section for section in document.sections}
    tables = iter(document.tables)
    numbers = iter(dict.fromkeys(work.number for work in document.references))
    parts = [f"<h1>{_set(document.title)}</h1>"]
    listed = any(heading_kind(section.title) == "references" for section in document.sections)
    for block in document.blocks:
        text = _set(half_plain(document.text, block.spans, markup=document.markup).text.strip())
        if block.kind == "heading" and block.start in sections:
            section = sections[block.start]
            level = min(4, 1 + section.level)
            parts.append(f"<h{level}>{_set(section.label)}</h{level}>")
        elif block.kind == "table":
            parts.append(_table(next(tables)))
        elif block.kind == "reference":
            if not listed:
                parts.append("<h2>References</h2>")
                listed = True
            parts.append(f"<p class=reference>[{next(numbers)}] {text}</p>")
        elif block.kind in ("paragraph", "item", "boilerplate"):
            parts.append(f"<p>{text}</p>")
        elif block.kind == "caption":
            parts.append(f"<p class=caption>{text}</p>")
    style = _STYLE.replace("COLUMNS", str(columns))
    return f"<!doctype html><html lang=en><meta charset=utf-8><style>{style}</style>{''.join(parts)}</html>"


def _table(table: Table) -> str:
    rows = [
        "<tr>" + "".join(f"<td>{_set(cell.text)}</td>" for cell in row.cells) + "</tr>" for row in table.rows
    ]
    head, body = "".join(rows[: table.header_rows]), "".join(rows[table.header_rows :])
    wide = " wide" if max(len(row.cells) for row in table.rows) >= _WIDE_TABLE else ""
    return (
        f"<div class='table{wide}'><p class=caption>{_set(table.label)}. {_set(table.caption)}</p>"
        f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
        f"<p class=caption>{_set(table.notes)}</p></div>"
    )


def _set(text: str) -> str:
    """Text with its raised and lowered type set as such, and without marks of its citations."""
    text = html.escape(re.sub("[⟦⟧]", "", text))
    text = re.sub(r"\^\{([^{}]*)\}|\^(\[[^\]]*\]|[+−-]?\d+|[+−-])", _tagged("sup"), text)
    return re.sub(r"_\{([^{}]*)\}|_(\w)", _tagged("sub"), text)


def _tagged(name: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"<{name}>{found[1] or found[2]}</{name}>"


if __name__ == "__main__":
    main()
