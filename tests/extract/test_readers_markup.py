"""JATS, Elsevier, TEI and HTML: one document out of each, with offsets into the file as it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document
from extract.passages import passages, refs_for
from extract.readers import read_document
from extract.readers.markup import find_all, parse_html, parse_xml

_JATS = """<?xml version="1.0"?>
<article><front><journal-meta><journal-title>Journal of Examples</journal-title></journal-meta><article-meta>
<article-id pub-id-type="doi">10.5555/Own.1</article-id>
<title-group><article-title>Glass of Li<sub>2</sub>S</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Ann</surname><given-names>AB</given-names>
</name></contrib>
</contrib-group><pub-date><year>2021</year></pub-date><volume>16</volume><fpage>7</fpage>
<abstract><p>The abstract of the paper is here and it is plain.</p></abstract></article-meta></front>
<body><sec><label>1.</label><title>Introduction</title>
<p>The – Li<sub>2</sub>S glass has 2 × 10<sup>−3</sup> S cm<sup>−1</sup> \
[<xref ref-type="bibr" rid="B1">1</xref>–\
<xref ref-type="bibr" rid="B3">3</xref>].<fig id="F1"><label>Fig. 1</label><caption><p>A view of glass.</p>
</caption></fig>
 It is &gt; 99% pure.</p>
<table-wrap><label>Table 1</label><caption><p>Values of it.</p></caption><table><thead>
<tr><th rowspan="2">Glass</th><th colspan="2">Conductivity</th></tr><tr><th>cold</th><th>hot</th></tr>
</thead><tbody>
<tr><td rowspan="2">Li<sub>2</sub>S</td><td>1</td><td>2</td></tr><tr><td>3</td>
<td>4 [<xref ref-type="bibr" rid="B2">2</xref>]</td></tr>
</tbody></table><table-wrap-foot><p>Not measured here.</p></table-wrap-foot></table-wrap>
<sec><title>Details of glass</title><p>More of the running text stands in here.</p></sec></sec></body>
<back><ack><p>We thank everybody who helped us with this.</p></ack><ref-list>
<ref id="B1"><label>1.</label><mixed-citation><name><surname>Bob</surname><given-names>C</given-names></name>
<article-title>A fast glass</article-title><source>J Exp</source><year>2007</year><volume>163</volume>
<fpage>10</fpage>
<pub-id pub-id-type="doi">10.1000/bc</pub-id></mixed-citation></ref>
<ref id="B2"><label>2.</label><mixed-citation>D. Dog, J. Exp. 2011, 10, 682.</mixed-citation></ref>
<ref id="B3"><label>3.</label><mixed-citation>E. Elk, J. Exp. 2012, 11, 5.</mixed-citation></ref></ref-list>
</back></article>
"""

_ELSEVIER = """<?xml version="1.0"?><xocs:doc xmlns:xocs="x" xmlns:ce="c" xmlns:sb="s">
<xocs:meta><xocs:doi>10.5555/own.1</xocs:doi><xocs:srctitle>Journal of Examples</xocs:srctitle>
<xocs:vol-first>16</xocs:vol-first><xocs:first-fp>7</xocs:first-fp>
<xocs:cover-date-year>2021</xocs:cover-date-year></xocs:meta>
<article><head><ce:title>Glass of Li<ce:inf>2</ce:inf>S</ce:title><ce:author-group><ce:author>
<ce:given-name>A.B.</ce:given-name><ce:surname>Ann</ce:surname></ce:author></ce:author-group>
<ce:abstract><ce:abstract-sec>
<ce:simple-para>The abstract of the paper is here and it is plain.</ce:simple-para></ce:abstract-sec>
</ce:abstract></head>
<body><ce:sections><ce:section><ce:label>1</ce:label><ce:section-title>Introduction</ce:section-title>
<ce:para>The – Li<ce:inf loc="post">2</ce:inf>S glass has 2<ce:hsp sp="0.25"/>×<ce:hsp sp="0.25"/>\
10<ce:sup>- 3</ce:sup> S<ce:hsp sp="0.25"/>cm<ce:sup>−1</ce:sup>
<ce:cross-refs refid="bb1 bb3">[1-3]</ce:cross-refs>. It is &gt; 99% pure.</ce:para>
<ce:section><ce:section-title>Details of glass</ce:section-title>
<ce:para>More of the running text stands in here.</ce:para></ce:section>
</ce:section></ce:sections></body><tail><ce:bibliography><ce:bib-reference id="bb1"><ce:label>[1]</ce:label>
<sb:reference>
<sb:contribution><sb:authors><sb:author><ce:given-name>C.</ce:given-name><ce:surname>Bob</ce:surname>
</sb:author></sb:authors>
<sb:title><sb:maintitle>A fast glass</sb:maintitle></sb:title></sb:contribution><sb:host><sb:issue>
<sb:series><sb:title>
<sb:maintitle>J Exp</sb:maintitle></sb:title><sb:volume-nr>163</sb:volume-nr></sb:series>
<sb:date>2007</sb:date></sb:issue>
<sb:pages><sb:first-page>10</sb:first-page></sb:pages><ce:doi>10.1000/bc</ce:doi></sb:host></sb:reference>
</ce:bib-reference>
<ce:bib-reference id="bb2"><ce:label>[2]</ce:label><ce:other-ref>
<ce:textref>D. Dog, J. Exp. 2011, 10, 682.</ce:textref></ce:other-ref></ce:bib-reference>
<ce:bib-reference id="bb3"><ce:label>[3]</ce:label><ce:other-ref>
<ce:textref>E. Elk, J. Exp. 2012, 11, 5.</ce:textref></ce:other-ref></ce:bib-reference>
</ce:bibliography></tail></article></xocs:doc>
"""

_TEI = """<?xml version="1.0"?><TEI xmlns="t"><teiHeader><fileDesc><titleStmt><title>Glass of Li2S</title>
</titleStmt>
<publicationStmt><date when="2021-01-02">2021</date></publicationStmt><sourceDesc><biblStruct><analytic>
<author><persName><forename>A.</forename><forename>B.</forename><surname>Ann</surname>
</persName></author></analytic>
<idno type="DOI">10.5555/OWN.1</idno></biblStruct></sourceDesc></fileDesc>
<profileDesc><abstract><p>The abstract of the paper is here and it is plain.</p></abstract></profileDesc>
</teiHeader>
<text><body><div><head n="1.">Introduction</head><p>The – Li2S glass has 2 × 10 −3 S cm −1
<ref type="bibr" target="#b0">[1]</ref><ref type="bibr" target="#b1">[2]</ref>\
<ref type="bibr" target="#b2">[3]</ref>. It is &gt; 99% pure.</p></div>
<div><head>Details of glass</head><p>More of the running text stands in here.</p></div></body>
<back><div type="acknowledgement"><p>We thank everybody who helped us with this.</p></div><div><listBibl>
<biblStruct xml:id="b0"><analytic><title>A fast glass</title><author><persName><forename>C.</forename>
<surname>Bob</surname>
</persName></author><idno type="DOI">10.1000/bc</idno></analytic><monogr><title level="j">J Exp</title>
<imprint><biblScope unit="volume">163</biblScope>
<biblScope unit="page" from="10" to="12"/><date when="2007"/></imprint></monogr></biblStruct>
<biblStruct xml:id="b1"><note>D. Dog, J. Exp. 2011, 10, 682.</note></biblStruct>
<biblStruct xml:id="b2"><note>E. Elk, J. Exp. 2012, 11, 5.</note></biblStruct></listBibl></div></back></text>
</TEI>
"""

_HTML = """<!DOCTYPE html><html><head><title>Glass page</title>
<meta name="citation_title" content="Glass of Li2S">
<meta name="citation_author" content="A. B. Ann"><meta name="citation_doi" content="10.5555/own.1">
<meta name="citation_publication_date" content="2021/01/02">
<script>var x = "<p>not text at all</p>";</script></head>
<body><nav><p>Here is the menu of the page and nothing else.</p></nav><main>
<h1>Glass of Li<sub>2</sub>S</h1><h2>Abstract</h2><p>The abstract of the paper is here and it is plain.
<h2>1. Introduction</h2><p>The – Li<sub>2</sub>S glass has 2 × 10<sup>−3</sup> S cm<sup>−1</sup>
<sup><a href="#ref-1">1</a>–<a href="#ref-3">3</a></sup>. It is &gt; 99% pure.</p>
<h3>Details of glass</h3><p>More of the running text stands in here.</p>
<h2>Acknowledgements</h2><p>We thank everybody who helped us with this.</p>
<h2>References</h2><ol><li id="ref-1">C. Bob, A fast glass. J. Exp. 163, 10 (2007). doi:10.1000/bc
<li id="ref-2">D. Dog, J. Exp. 2011, 10, 682.<li id="ref-3">E. Elk, J. Exp. 2012, 11, 5.</ol></main></body>
</html>
"""

_FILES = [("a.xml", _JATS), ("a.norm-xml", _ELSEVIER), ("a.tei.xml", _TEI), ("a.html", _HTML)]


def _read(folder: Path, name: str, content: str) -> Document:
    file = folder / name
    file.write_text(content, encoding="utf-8", newline="")
    return read_document(file)


@pytest.mark.parametrize(("name", "content"), _FILES)
def test_each_format_gives_the_same_paper(tmp_path: Path, name: str, content: str) -> None:
    document = _read(tmp_path, name, content)
    assert document.text == content
    assert (document.title, document.own.authors) == ("Glass of Li2S", ("A. B. Ann",))
    assert (document.doi, document.year) == ("10.5555/own.1", 2021)
    labels = [section.label for section in document.sections]
    assert labels[:3] == ["Abstract", "1 Introduction", "Details of glass"]
    works = document.references
    assert [work.number for work in works] == [1, 2, 3]
    assert (works[0].authors, works[0].title) == (("C. Bob",), "A fast glass")
    assert (works[0].year, works[0].volume, works[0].page, works[0].doi) == (2007, "163", "10", "10.1000/bc")
    assert (works[1].authors, works[1].journal, works[1].page) == (("D. Dog",), "J. Exp.", "682")


@pytest.mark.parametrize(("name", "content"), _FILES)
def test_each_format_gives_the_same_passages(tmp_path: Path, name: str, content: str) -> None:
    document = _read(tmp_path, name, content)
    found = [passage for passage in passages(document) if passage.kind == "paragraph"]
    assert [passage.text for passage in found] == [
        "The abstract of the paper is here and it is plain.",
        "The – Li2S glass has 2×10^-3 S cm^-1. It is > 99% pure.",
        "More of the running text stands in here.",
    ]
    sentence = found[1].text.index(".") + 1
    assert refs_for(found[1], 0, sentence) == (1, 2, 3)
    assert refs_for(found[1], sentence + 1, len(found[1].text)) == ()
    start, end = found[1].to_source(sentence + 1, len(found[1].text) - 1)
    assert document.text[start:end].endswith("It is &gt; 99% pure")


def test_a_table_fills_its_spanned_cells(tmp_path: Path) -> None:
    table = _read(tmp_path, "a.xml", _JATS).tables[0]
    assert (table.label, table.caption, table.notes) == ("Table 1", "Values of it.", "Not measured here.")
    assert table.header_rows == 2
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Glass", "Conductivity", ""],
        ["", "cold", "hot"],
        ["Li2S", "1", "2"],
        ["", "3", "4 [2]"],
    ]


def test_cals_columns_are_counted(tmp_path: Path) -> None:
    content = """<article><body><p>Some running text of the paper.</p><table><label>Table 2</label><tgroup>
<colspec colname="a"/><colspec colname="b"/><colspec colname="c"/><tbody>
<row><entry namest="a" nameend="b">x</entry><entry morerows="1">y</entry></row>
<row><entry>1</entry><entry>2</entry></row></tbody></tgroup></table></body></article>"""
    table = _read(tmp_path, "a.xml", content).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["x", "", "y"], ["1", "2", ""]]


def test_the_paragraphs_of_a_cell_are_told_apart(tmp_path: Path) -> None:
    content = """<article><body><p>Running text of the paper.</p><table-wrap><label>Table 2</label><table>
<tr><td><p>Glass</p></td><td><p>Milling</p><p>annealing</p></td></tr></table></table-wrap></body></article>"""
    table = _read(tmp_path, "a.xml", content).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Glass", "Milling; annealing"]


def test_captions_stand_apart_from_the_paragraph_around_them(tmp_path: Path) -> None:
    found = passages(_read(tmp_path, "a.xml", _JATS))
    assert [passage.text for passage in found if passage.kind == "caption"] == ["Fig. 1 A view of glass."]


def test_an_inline_formula_is_read_once_and_paragraphs_stay_apart(tmp_path: Path) -> None:
    content = """<article><body><sec><title>On glass</title><p>
Here the product of it is <inline-formula><alternatives>
<mml:math xmlns:mml="m"><mml:msub><mml:mi>Li</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math>
<tex-math>\\usepackage{x} \\begin{document}$$\\text{Li}_{2}\\text{S}$$\\end{document}</tex-math>
</alternatives></inline-formula></p>
<p>The glass has another paragraph of its own.</p></sec></body></article>"""
    found = passages(_read(tmp_path, "a.xml", content))
    assert [passage.text for passage in found] == [
        "Here the product of it is Li2S",
        "The glass has another paragraph of its own.",
    ]


@pytest.mark.parametrize(
    ("name", "works", "sections", "tables"),
    [
        ("elsevier_S1388248113001951.norm-xml", 17, 6, [("Table 1", 10, 7)]),
        ("springer_nano_battery_anode_review2021.xml", 179, 15, [("Table 1", 6, 5), ("Table 2", 14, 4)]),
    ],
)
def test_real_articles_are_read_whole(
    shared: Path, name: str, works: int, sections: int, tables: list[tuple[str, int, int]]
) -> None:
    document = read_document(shared / "documents" / name)
    numbers = [work.number for work in document.references]
    assert numbers == list(range(1, works + 1))
    assert len(document.sections) == sections
    sizes = [(table.label, len(table.rows), len(table.rows[0].cells)) for table in document.tables]
    assert sizes == tables
    assert all(table.caption and cell.text for table in document.tables for cell in table.rows[0].cells[:1])
    assert document.own.authors
    assert document.own.journal
    assert document.doi
    cited = {ref for passage in passages(document) for citation in passage.citations for ref in citation.refs}
    assert len(cited) >= 0.9 * len(numbers)


@given(st.lists(st.sampled_from(["<a>", "</a>", "<b x='1>2'/>", "ü", "text", "&amp;", "\n"]), max_size=12))
def test_elements_stand_where_they_say(parts: list[str]) -> None:
    inner = "".join(parts)
    if inner.count("<a>") != inner.count("</a>"):
        inner = inner.replace("<a>", "").replace("</a>", "")
    text = f"<r>é{inner}</r>"
    try:
        root = parse_xml(text, "test")
    except ValueError:
        return
    for element in find_all(root, "a"):
        assert text[element.start : element.inner_start] == "<a>"
        assert text[element.inner_end : element.end] == "</a>"


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<td>", "<li>", "<br>", "<br/>", "x", "</div>", "<", "&lt;"]),
        max_size=14,
    )
)
def test_any_html_makes_a_tree(parts: list[str]) -> None:
    text = "".join(parts)
    for element in parse_html(text).walk():
        assert 0 <= element.start <= element.inner_start <= element.inner_end <= element.end <= len(text)
