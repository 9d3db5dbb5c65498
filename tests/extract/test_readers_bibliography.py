"""Bibliography entries of many publishers into their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.bibliography import find_doi, parse_entry, split_authors


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("A. Ann, B.-C. Bob, J. Sources 2014, 271, 342.", "A. Ann|B.-C. Bob||J. Sources|2014|271|342"),
        ("A. Ann, Angew. Ex., Int. Ed. 2008 , 47 , 755-758", "A. Ann||Angew. Ex., Int. Ed.|2008|47|755"),
        ("A. van Ann, J. Exp. 1996, 86–88, 877.", "A. van Ann||J. Exp.|1996|86–88|877"),
        (
            "A. Ann, B. Bob, Why: A study. Adv. Exp. 34 , 21 (2022).",
            "A. Ann|B. Bob|Why: A study|Adv. Exp.|2022|34|21",
        ),
        ("Ann, A. et al. A fast one. Nat. Exp. 10, 682–6 (2011).", "A. Ann|A fast one|Nat. Exp.|2011|10|682"),
        (
            "Ann, A. B. & Bob, C. A glass, Li2S. Exp. 7, 1 (2016).",
            "A. B. Ann|C. Bob|A glass, Li2S|Exp.|2016|7|1",
        ),
        (
            "A. Ann, et al., Fast glass, Adv. Ex. 21 (2011) 3859–67.",
            "A. Ann|Fast glass|Adv. Ex.|2011|21|3859",
        ),
        (
            "Ann, A.; Bob, B. Fast Glass is. Ex. 2011, 10, 68-69.",
            "A. Ann|B. Bob|Fast Glass is|Ex.|2011|10|68",
        ),
        (
            "Ann, A., & Bob, B. (2019). How so. J. Ex., 12(3), 45–67.",
            "A. Ann|B. Bob|How so|J. Ex.|2019|12|45",
        ),
        ("Ann AB, Bob C (2019) How so. J Ex, 12, 45", "A. B. Ann|C. Bob|How so|J Ex|2019|12|45"),
        ("A. Ann, Front. Exp. 2018, 6.", "A. Ann||Front. Exp.|2018|6|"),
        ("Ann, A. A fast one. Ex. https://doi.org/10.1/x (2023)", "A. Ann|A fast one|Ex.|2023||"),
    ],
)
def test_an_entry_is_read(entry: str, expected: str) -> None:
    (work,) = parse_entry(entry, 3)
    found = (*work.authors, work.title, work.journal, str(work.year), work.volume, work.page)
    assert "|".join(found) == expected
    assert (work.number, work.as_written) == (3, entry)


def test_lettered_parts_are_works_of_one_number() -> None:
    works = parse_entry("a) A. Ann, J. Exp. 2019 , 4 , 10; b) B. Bob, J. Exp. 2020 , 5 , 11-12.", 18)
    assert [(work.number, work.authors, work.page) for work in works] == [
        (18, ("A. Ann",), "10"),
        (18, ("B. Bob",), "11"),
    ]


def test_letters_inside_an_entry_split_nothing() -> None:
    assert len(parse_entry("A. Ann, Sites a) and b) of glass. J. Exp. 1, 2 (2019).", 1)) == 1


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/ABC(1)2.3.", "10.1000/abc(1)2.3"),
        ("doi:10.1000/x-1; other", "10.1000/x-1"),
        ("10.1000/ and 1.2/3", ""),
    ],
)
def test_a_doi_is_found_and_compared_in_lower_case(text: str, doi: str) -> None:
    assert find_doi(text) == doi


@given(st.text(max_size=120))
def test_any_text_can_be_an_entry(text: str) -> None:
    assert len(parse_entry(text, 1)) >= 1
    split_authors(text)
