"""Measurements from running text: the property, the owner and the conditions of each number."""

import re

import pytest

from extract.abbreviations import find_abbreviations
from extract.antecedents import find_antecedents
from extract.document import Document
from extract.measurements import measurements_from_passage
from extract.measurements.vocabulary import data, pattern
from extract.mentions import find_mentions
from extract.nlp import parse
from extract.passages import Passage
from extract.plain_text import plain_text
from kg.model import Claim, Reference
from ontology.lexicon import load_lexicon


def read(text: str) -> list[Claim]:
    """The measurements of a text that is a document of one paragraph."""
    document = Document(
        id="paper",
        title="",
        text=text,
        sections=(),
        tables=(),
        references=(),
        source="",
        own=Reference(),
    )
    passage = Passage("paper", "paragraph", plain_text(text), "2 Results")
    (doc,) = parse([passage])
    lexicon = load_lexicon()
    mentions = find_mentions(doc, lexicon=lexicon, abbreviations=find_abbreviations([passage.text]))
    return measurements_from_passage(
        document, passage, doc, mentions, find_antecedents(doc, mentions), lexicon=lexicon
    )


def owners(text: str) -> list[tuple[str, float]]:
    """Owner and value of each measurement, in order."""
    return [(claim.subject.label, claim.quantity.value) for claim in read(text) if claim.quantity]


def properties(text: str) -> list[str]:
    return [claim.relation for claim in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Li6PS5Cl shows an ionic conductivity of 2 mS/cm.", [("Li6PS5Cl", 0.002)]),
        ("The ionic conductivity of Li6PS5Cl is 2 mS/cm.", [("Li6PS5Cl", 0.002)]),
        ("A conductivity of 2 mS/cm was obtained for Li6PS5Cl.", [("Li6PS5Cl", 0.002)]),
        ("Wang et al. made Li6PS5Cl with a conductivity of 2 mS/cm.", [("Li6PS5Cl", 0.002)]),
        ("They prepared Li6PS5Cl, which has a conductivity of 2 mS/cm.", [("Li6PS5Cl", 0.002)]),
        ("Li6PS5Cl was made by milling; its conductivity reaches 2 mS/cm.", [("Li6PS5Cl", 0.002)]),
        ("Li7P3S11 is the first glass-ceramic that has a conductivity of 2 mS/cm.", [("Li7P3S11", 0.002)]),
        # a list ends where its last member stands
        (
            "Although Li6PS5I lies between Li6PS5Br and Li6PS5Cl, Li7P3S11 reaches 2 mS/cm.",
            [("Li7P3S11", 0.002)],
        ),
        (
            "TiS2 has a conductivity of 2 mS/cm by means of lithium ions and CoO2 slab gliding.",
            [("TiS2", 0.002)],
        ),
        (
            "The liquid cell shows a voltage of 2.3 V. In the solid cell, a voltage of 2.1 V is seen.",
            [("liquid-electrolyte battery", 2.3), ("solid-state battery", 2.1)],
        ),
        ("In Li3PS4, besides the Li6PS5Cl of before, 2 mS/cm was found.", [("Li3PS4", 0.002)]),
        ("Li6PS5I is a poor conductor with 2 mS/cm.", [("Li6PS5I", 0.002)]),
        ("We tested Li6PS5Cl (2 mS/cm) and Li6PS5Br (1 mS/cm).", [("Li6PS5Cl", 0.002), ("Li6PS5Br", 0.001)]),
    ],
)
def test_the_owner_is_found_by_grammar_and_brackets(text: str, expected: list[tuple[str, float]]) -> None:
    assert owners(text) == [(name, pytest.approx(value)) for name, value in expected]


@pytest.mark.parametrize(
    "text",
    [
        "The conductivity of Li6PS5Cl, 2 mS/cm, is higher than that of Li6PS5I.",
        "Compared with Li6PS5I, Li6PS5Cl has a conductivity of 2 mS/cm.",
        "Li6PS5Cl was made from Li2S, P2S5 and LiCl and has a conductivity of 2 mS/cm.",
        "Li6PS5Cl was synthesized in ethanol, which gave a conductivity of 2 mS/cm.",
        "Li6PS5Cl pressed in a steel die has a Li+ conductivity of 2 mS/cm.",
    ],
)
def test_what_is_compared_with_or_put_in_owns_nothing(text: str) -> None:
    assert owners(text) == [("Li6PS5Cl", pytest.approx(0.002))]


def test_the_other_side_of_a_comparison_owns_what_stands_in_its_own_bracket() -> None:
    assert owners("The conductivity of A-NCM (3 mS/cm) exceeds that of B-NCM (1 mS/cm).") == [
        ("A-NCM", pytest.approx(0.003)),
        ("B-NCM", pytest.approx(0.001)),
    ]


def test_values_and_names_are_read_side_by_side() -> None:
    text = "The conductivities of Li6PS5Cl, Li6PS5Br and Li6PS5I are 3, 2 and 1 mS/cm, respectively."
    assert owners(text) == [
        ("Li6PS5Cl", pytest.approx(0.003)),
        ("Li6PS5Br", pytest.approx(0.002)),
        ("Li6PS5I", pytest.approx(0.001)),
    ]


def test_one_value_of_a_list_of_names_is_a_value_of_each() -> None:
    text = "The conductivities of Li6PS5Cl and Li6PS5Br are about 2 mS/cm."
    assert [name for name, _ in owners(text)] == ["Li6PS5Cl", "Li6PS5Br"]


def test_both_ends_of_a_change_belong_to_one_owner() -> None:
    text = "The conductivity of Li6PS5Cl rose from 1 to 3 mS/cm."
    assert owners(text) == [("Li6PS5Cl", pytest.approx(0.001)), ("Li6PS5Cl", pytest.approx(0.003))]


@pytest.mark.parametrize(
    "text",
    [
        "Li6PS5Cl was annealed. The electrolyte has a conductivity of 2 mS/cm.",
        "Sulfide electrolytes such as Li6PS5Cl reach a conductivity of 2 mS/cm.",
        "The best sample, Li6PS5Cl, has a conductivity of 2 mS/cm.",
    ],
)
def test_a_general_noun_stands_for_a_named_material(text: str) -> None:
    assert owners(text) == [("Li6PS5Cl", pytest.approx(0.002))]


@pytest.mark.parametrize(
    "text",
    [
        "The cell with a TiS2 cathode and a Li3PS4 electrolyte delivered a capacity of 220 mAh/g.",
        "The TiS2 cathode was tested. The cell delivered a discharge capacity of 220 mAh/g after 5 cycles.",
        "A battery using TiS2 as the cathode delivered a capacity of 220 mAh/g at 0.1 C.",
    ],
)
def test_what_a_cell_delivers_is_told_of_its_active_material(text: str) -> None:
    names = read(text)[-1].subject.names
    assert any("TiS2" in name for name in names)


def test_codes_of_samples_are_owners_and_names_of_methods_are_not() -> None:
    assert owners("EIS showed that NCM-3 has a conductivity of 2 mS/cm.") == [("NCM-3", pytest.approx(0.002))]


def test_what_the_text_says_does_not_exist_owns_nothing() -> None:
    assert read("No sodium oxide with a conductivity above 10 mS/cm is known.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Li6PS5Cl has an electronic conductivity of 5×10^-9 S/cm.", ["electronic_conductivity"]),
        ("Li6PS5Cl conducts at 2 mS/cm.", ["ionic_conductivity"]),
        ("Li6PS5Cl has a σRT of 2 mS/cm.", ["ionic_conductivity"]),
        ("Sulfur has a theoretical capacity of 1675 mAh/g.", ["theoretical_capacity"]),
        ("The S cathode delivers 900 mAh/g.", ["specific_capacity"]),
        ("Li3PS4 has an activation energy (Ea = 0.35 eV).", ["activation_energy"]),
        ("Li3PS4 has a Li+ transference number of 0.99.", ["transference_number"]),
        ("The S cathode keeps a capacity retention of 80% with a Coulombic efficiency of 99%.",
         ["capacity_retention", "coulombic_efficiency"]),
        ("The Li3N film has a thickness of 20 nm.", ["thickness"]),
        ("Li6PS5Cl was annealed at 550 °C for 5 h.", ["synthesis_temperature", "synthesis_time"]),
        ("Li6PS5Cl was pressed into pellets at 360 MPa.", ["synthesis_pressure"]),
        ("Li6PS5Cl has a critical current density of 1.2 mA cm-2.", ["critical_current_density"]),
    ],
)  # fmt: skip
def test_names_and_units_give_the_property(text: str, expected: list[str]) -> None:
    assert properties(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The XPS spectra of Li6PS5Cl show a peak at 161.5 eV.",
        "Li6PS5Cl pellets with a diameter of 10 mm were used.",
        "The Li6PS5Cl cell was tested at 60 °C.",
        "Li6PS5Cl was stored for 3 days at 0.1 mA cm-2.",
        "The TiS2 cathode was cycled 50 cycles at 0.5 C.",
        "Li6PS5Cl was mixed with 5 wt% carbon.",
        # what is asked for, lost or lies between
        "The S cathode must meet the requirements of 3 mA cm-2 and 500 mAh/g.",
        "The S cathode loses more than 40% of its capacity in 100 cycles.",
        "The irreversible capacity loss of TiO2 was 90 mAh/g.",
        "The capacity loss is larger (from 90 mAh/g for TiO2 to 120 mAh/g and 140 mAh/g for SnO2).",
        "The distance between the layers of TiS2 is 0.6 nm.",
    ],
)
def test_settings_and_other_quantities_are_no_measurements(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("row", data("cues")["phrases"], ids=lambda row: row["example"])
def test_every_phrase_gives_the_property_of_its_example(row: dict[str, str]) -> None:
    assert re.search(row["pattern"].replace("{q}", r"[~≈<>]?\d"), row["example"], re.IGNORECASE)
    assert row["property"] in properties(row["example"])


@pytest.mark.parametrize(
    ("text", "condition", "value"),
    [
        ("Li6PS5Cl has a conductivity of 2 mS/cm at 60 °C.", "temperature_C", 60),
        ("Li6PS5Cl has a conductivity of 2 mS/cm at 300 K.", "temperature_C", pytest.approx(26.85)),
        ("At room temperature Li6PS5Cl has a conductivity of 2 mS/cm.", "temperature_C", 25),
        ("Li6PS5Cl has a conductivity of 2 mS/cm after hot pressing.", "form", "hot-pressed"),
        ("Li6PS5Cl made by ball milling has a conductivity of 2 mS/cm.", "method", "ball milling"),
        ("The TiS2 cathode delivers 200 mAh/g at C/10.", "c_rate", "0.1 C"),
        ("The TiS2 cathode delivers 200 mAh/g at 0.5 mA cm-2.", "current_density", "0.5 mA/cm2"),
        ("The TiS2 cathode has a capacity retention of 90% after 50 cycles.", "cycles", 50),
    ],
)
def test_conditions_are_read_with_the_value(text: str, condition: str, value: object) -> None:
    (claim,) = read(text)
    assert claim.conditions[condition] == value


@pytest.mark.parametrize(
    "text",
    [
        "Li6PS5Cl has a conductivity of 2 mS/cm, higher than that made by ball milling.",
        "The S cathode delivers 900 mAh/g, more than the cell with a graphite anode.",
    ],
)
def test_the_conditions_of_what_is_compared_with_are_not_those_of_the_value(text: str) -> None:
    assert [claim.conditions for claim in read(text)] == [{}]


def test_values_and_rates_are_read_side_by_side() -> None:
    claims = read("The TiS2 cathode delivers 220 and 110 mAh/g at 0.1 and 1 C, respectively.")
    assert [claim.conditions["c_rate"] for claim in claims] == ["0.1 C", "1 C"]


def test_doubt_makes_a_value_hypothesised() -> None:
    assert [claim.certainty for claim in read("Li6PS5Cl may reach a conductivity of 20 mS/cm.")] == [
        "hypothesised"
    ]


def test_the_quote_is_the_sentence_in_the_file_and_the_number_is_kept_as_written() -> None:
    text = (
        r"It was dense. The conductivity of $\text{Li}_3\text{PS}_4$ is $2 \times 10^{-4}$ S cm$^{-1}$."
        " It is stable."
    )
    (claim,) = read(text)
    evidence = claim.evidence
    assert text[evidence.start : evidence.end] == evidence.quote
    assert evidence.quote.startswith("The conductivity")
    assert evidence.quote.endswith("cm$^{-1}$.")
    assert claim.quantity is not None
    assert claim.quantity.as_written == "2×10^-4 S cm^-1"


def test_a_sentence_may_end_with_a_unit() -> None:
    (claim,) = read("Nothing happens to the pellet below 3 V. In air Li6PS5Cl has a conductivity of 2 mS/cm.")
    assert claim.evidence.quote.startswith("In air")


def test_a_text_without_numbers_gives_nothing() -> None:
    assert read("Li6PS5Cl is a fast conductor.") == []


@pytest.mark.parametrize(
    ("key", "text", "matches"),
    [
        ("fronted", "In the solid ", True),
        ("fronted", "They put ", False),
        ("owning", " is also reported for the ", True),
        ("owning", " than that of ", False),
        ("before_bracket", " electrode ", True),
        ("before_bracket", ", measured ", False),
        ("compound", "'s room-temperature ", True),
        ("list", " (LLZO) oxides, ", True),
        ("list", " is better than ", False),
        ("examples", " electrolytes, such as ", True),
        ("next_example", ", and ", True),
        ("apposition", ", ", True),
        ("described", " containing", True),
        ("has_part", " employing", True),
    ],
)
def test_patterns_between_names(key: str, text: str, matches: bool) -> None:
    assert (pattern("owners", key).fullmatch(text) is not None) is matches


@pytest.mark.parametrize(
    ("key", "text", "matches"),
    [
        ("closing", " and ", True),
        ("closing", ", ", False),
        ("list_breaker", " which ", True),
        ("respectively", "at 5 K, respectively.", True),
        ("compared", "has the same lattice as ", True),
        ("precursor_list", "made from Li2S (99%), ", True),
        ("precursor_list", "of the glass ", False),
        ("denied", "since no oxide ", True),
        ("denied", "no loss in ", False),
    ],
)
def test_patterns_around_names(key: str, text: str, matches: bool) -> None:
    assert (pattern("owners", key).search(text) is not None) is matches


def test_a_composite_with_a_glass_in_its_name_is_no_glass() -> None:
    (claim,) = read("The Li3PS4 glass-polymer composite has a conductivity of 2 mS/cm.")
    assert "form" not in claim.conditions


def test_another_cathode_or_owner_is_no_part_of_the_cell() -> None:
    claims = read("For silicon the capacity is 4000 mAh/g and for tin the capacity is 900 mAh/g.")
    assert [(claim.subject.names[0], claim.conditions) for claim in claims] == [("silicon", {}), ("tin", {})]


def test_the_unit_of_a_size_is_no_part_of_the_name() -> None:
    (claim,) = read("The layer covers 80 nm silicon particles.")
    assert (claim.subject.names[0], claim.relation) == ("silicon particles", "particle_size")


def test_cycles_behind_a_second_value_are_not_those_of_the_first() -> None:
    capacity, retention = read("The S cathode delivers 900 mAh/g at 0.1 C and keeps 88% after 300 cycles.")
    assert "cycles" not in capacity.conditions
    assert retention.conditions["cycles"] == 300


def test_a_method_in_another_clause_is_not_that_of_the_value() -> None:
    before, after = read("The conductivity of Li3PS4 is 0.2 mS/cm, while annealing raises it to 0.5 mS/cm.")
    assert "method" not in before.conditions
    assert after.conditions["method"] == "annealing"


def test_a_body_made_in_one_way_was_not_made_in_another() -> None:
    cold, sintered = read("Li6PS5Cl reaches 9 mS/cm by cold pressing and 12 mS/cm after sintering.")
    assert cold.conditions["method"] == "cold pressing"
    assert sintered.conditions == {"form": "sintered"}


def test_a_method_beside_what_it_makes_is_kept() -> None:
    (claim,) = read("Hot pressing gives glass-ceramic Li7P3S11 with 8 mS/cm.")
    assert claim.conditions["method"] == "Hot pressing"
