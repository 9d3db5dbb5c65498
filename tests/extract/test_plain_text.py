"""One notation out, and the way back to the source."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Span
from extract.passages import passages
from extract.plain_text import finish, half_plain, is_damaged, plain_text
from extract.readers import read_document

_DATA = yaml.safe_load((Path(__file__).parents[2] / "extract" / "notation.yaml").read_text(encoding="utf-8"))
_EXAMPLES = [
    (group, str(written), str(plain), bool(row.get("damaged")))
    for group in ("tags", "signs", "notation")
    for row in _DATA[group]
    for written, plain in row["examples"].items()
]
_FRAGMENTS = st.one_of(
    st.sampled_from([written for _, written, _, _ in _EXAMPLES]),
    st.sampled_from(
        [*"${}_^\\*&;<> \n-−–+.,()[]", "₂", "⁻¹", "ﬁ", "\u00a0", "\uf06d", "&gt;", "Li", "10", " S "]
    ),
    st.text(max_size=5),
)
_TEXTS = st.lists(_FRAGMENTS, max_size=12).map("".join)


@pytest.mark.parametrize(("group", "written", "plain", "damaged"), _EXAMPLES)
def test_each_rule_does_what_its_example_says(group: str, written: str, plain: str, damaged: bool) -> None:
    markup = "xml" if group == "tags" else "text"
    assert plain_text(written, markup=markup, damaged=damaged).text == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"$\text{Li}_7\text{P}_3\text{S}_{11}$", "Li7P3S11"),
        (r"$1.7 \times 10^{-2} \text{ S cm}^{-1}$", "1.7×10^-2 S cm^-1"),
        ("Li_2S, 10^{-3} and 7.2×10^{-4}", "Li2S, 10^-3 and 7.2×10^-4"),
        ("80Li₂S–20P₂S₅ gives 3 mS cm⁻¹", "80Li2S-20P2S5 gives 3 mS cm^-1"),
        ("Li ₆ PS ₅ Cl pellets", "Li6PS5Cl pellets"),
        ("Na 3 Zr 2 Si 2 PO 12 powder", "Na3Zr2Si2PO12 powder"),
        ("a value of 4 × 10 −3 S cm −1 at 25 ° C", "a value of 4×10^-3 S cm^-1 at 25 °C"),
        ("2 GLYPH&lt;2&gt; 10 GLYPH&lt;0&gt; 3 Scm GLYPH&lt;0&gt; 1", "2×10^-3 S cm^-1"),
        ("&gt; 99 &amp; &lt;1&nbsp;%", "> 99 & <1 %"),
        ("from 1.5 – 2.5 V and 10^-5 – 10^-4 S/cm", "from 1.5–2.5 V and 10^-5–10^-4 S/cm"),
        ("sul-\nfide and solid-\nstate", "sulfide and solid-state"),
        ("the Li + ions of PS 4 3− groups", "the Li+ ions of PS4^3- groups"),
        ("**bold** and *in situ* of file_name_here", "bold and in situ of file_name_here"),
        ("In 2011, As 3 of 5 cells failed in 2 V steps", "In 2011, As 3 of 5 cells failed in 2 V steps"),
        ("Figures 2 and 3 show 12 cells", "Figures 2 and 3 show 12 cells"),
        ("ﬁlms of 5 µm at 60 ℃", "films of 5 μm at 60 °C"),
    ],
)
def test_written_notation_becomes_plain(written: str, plain: str) -> None:
    assert plain_text(written).text == plain


def test_torn_formulas_are_mended_only_where_the_text_is_damaged() -> None:
    assert plain_text("NaTiPO 5 was found", damaged=True).text == "NaTiPO5 was found"
    assert plain_text("NaTiPO 5 was found").text == "NaTiPO 5 was found"
    assert is_damaged("Na 7 Y 2 P 7 O 24, Li 2 S and Na 2 S")
    assert not is_damaged("Li2S, Na2S and in 2 of 5 cells")


@pytest.mark.parametrize(
    ("written", "part", "source"),
    [
        (r"the $\text{Li}_2\text{S}$ phase", "Li2S", r"$\text{Li}_2\text{S}$"),
        (r"of $2 \times 10^{-2}$ here", "2×10^-2", r"$2 \times 10^{-2}$"),
        ("at 5 mAh g -1 for", "mAh g^-1", "mAh g -1"),
        ("of Li<sub>2</sub>S in", "Li2S", "Li<sub>2</sub>S"),
        ("a &gt;300 b", ">300", "&gt;300"),
        ("see **Figure 5** there", "Figure 5", "**Figure 5**"),
    ],
)
def test_a_part_leads_back_to_its_own_source(written: str, part: str, source: str) -> None:
    plain = plain_text(written)
    at = plain.text.index(part)
    start, end = plain.to_source(at, at + len(part))
    assert written[start:end] == source
    assert plain.from_source(start, end) == (at, at + len(part))


def test_parts_of_a_source_keep_their_offsets() -> None:
    source = "one two. SKIPPED three four"
    spans: list[Span] = [(4, 8), (17, 27)]
    plain = plain_text(source, spans)
    assert plain.text == "two. three four"
    start, end = plain.to_source(5, 10)
    assert source[start:end] == "three"
    assert plain.span == (4, 27)


def test_a_stretch_can_be_cut_out_before_powers_are_read() -> None:
    draft = half_plain("conductors 1 -4 . Next")
    at = draft.text.index(" 1")
    assert finish(draft, cut=[(at, at + 5)]).text == "conductors. Next"


@given(text=_TEXTS, damaged=st.booleans(), markup=st.sampled_from(["text", "xml"]))
def test_offsets_never_decrease_and_stay_in_the_source(text: str, damaged: bool, markup: str) -> None:
    plain = plain_text(text, damaged=damaged, markup="xml" if markup == "xml" else "text")
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert list(plain.starts) == sorted(plain.starts)
    assert list(plain.ends) == sorted(plain.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(plain.starts, plain.ends, strict=True))
    assert plain.to_source(0, len(plain.text)) == (0, len(text))


@given(text=_TEXTS, data=st.data())
def test_every_part_leads_into_the_source(text: str, data: st.DataObject) -> None:
    plain = plain_text(text)
    start = data.draw(st.integers(0, len(plain.text)))
    end = data.draw(st.integers(start, len(plain.text)))
    first, last = plain.to_source(start, end)
    assert 0 <= first <= last <= len(text)


def test_plain_text_is_plain_already(shared: Path) -> None:
    document = read_document(shared / "documents" / "sun2022_lrmo_assb_interface.md")
    for passage in passages(document)[:12]:
        assert plain_text(passage.text, damaged=is_damaged(document.text)).text == passage.text
