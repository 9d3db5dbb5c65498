"""Hosts and dopants: what is read side by side, how a host is called, and where nothing is doped."""

import pytest

from bench.doping import linked
from extract.relations.data import read
from tests.extract.relation_helpers import says, statements, triples

Row = dict[str, list[list[str]] | str]


def doped(text: str) -> set[tuple[str, str]]:
    """The hosts with their dopants, each as written."""
    return {
        (each.subject.names[-1], each.object.names[0])
        for each in statements(text)
        if each.relation == "doped_with"
    }


@pytest.mark.parametrize("row", read("doping")["examples"], ids=lambda row: row["text"])
def test_every_example_is_read(row: Row) -> None:
    for claim in row["claims"]:
        assert says(str(row["text"]), *claim), triples(str(row["text"]))


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("The Nd-doped BST thin films were flat.", {"BST"}),
        ("A boron-doped diamond-like carbon film was grown.", {"diamond-like carbon"}),
        ("The N-doped carbonaceous spheres sank.", {"carbonaceous spheres"}),
        ("Al-doped silicon carbide nanotubes were modelled.", {"silicon carbide nanotubes"}),
        ("An erbium-doped fibre laser was built.", {"fibre"}),
        ("S-doped ZnFe2O4/graphene hybrids were made.", {"ZnFe2O4"}),
        ("The V-doped NiVS/NF electrode lasted.", {"NiVS/NF"}),
        ("S-doped g-C3N4 absorbs more.", {"g-C3N4"}),
        ("The O-doped solid electrolyte was pressed.", {"solid electrolyte"}),
        ("Cu-doped MOF-5 and Sn-doped In2O3 were compared.", {"MOF-5", "In2O3"}),
        ("Sm-doped Mg-Zn alloys were cast.", {"Mg-Zn alloys"}),
        ("Dye-doped nematic liquid crystals were aligned.", {"nematic liquid crystals"}),
        ("Sulfur-doped ZnO and SnO2 were compared.", {"ZnO", "SnO2"}),
        ("The influence of Ag doping on the colour of the lattice of LaMnO3 was studied.", {"LaMnO3"}),
    ],
)
def test_a_host_is_named_without_its_shape_and_make(text: str, hosts: set[str]) -> None:
    assert {host for host, _ in doped(text)} == hosts


@pytest.mark.parametrize(
    ("text", "dopants"),
    [
        ("Si doped with trivalent boron ions was cut.", {"trivalent boron"}),
        ("ZnO doped with the sensitizer cerium (Ce) was cut.", {"cerium", "Ce"}),
        ("GaAs doped with As and In was cut.", {"As", "In"}),
        ("ZrO2 doped with 8 mol% Y2O3 was cut.", {"Y2O3"}),
        ("Graphite doped with cobalt phthalocyanine was cut.", {"cobalt phthalocyanine"}),
        ("Silicon doped with boron and magnetic beads were cut.", {"boron"}),
        ("As-doped HgTe was cut.", {"As"}),
        ("In doped ZnO, the gap is wide.", set()),
        ("WO3 and Nb and N co-doped SnO2 were cut.", {"Nb", "N"}),
        ("Nafion doped with phosphotungstic acid conducts.", {"phosphotungstic acid"}),
        ("The N/S co-doped porous carbon was cut.", {"N", "S"}),
        ("Ethyl-orange-doped polyvinyl alcohol was cut.", {"Ethyl-orange"}),
    ],
)
def test_a_dopant_is_named_without_its_amount(text: str, dopants: set[str]) -> None:
    assert {dopant for _, dopant in doped(text)} == dopants


@pytest.mark.parametrize(
    "text",
    [
        "The p-doped silicon was cut.",
        "The heavily doped regions were etched.",
        "Multi-functional doped materials are wanted.",
        "The Fe-doped samples were black.",
        "The Nd-doped concentrations were low.",
        "The Li-containing oxides were ground.",
        "The Li:P ratio was 3:1.",
        "The volume ratio of ZnO:Al was set.",
        "It was seen in one place: In air it was not.",
        "Doping levels rise with temperature.",
        "The influence of Na doping on the kinetics was small.",
        "The concentration of Li in LiCoO2 falls.",
        "Cr dopants in their electronic structure differ.",
        "The carbon is influenced by Cr doping.",
        "Carbon loaded with sulfur was pressed.",
        "Na doping, which raises the cost, was tried on the surface of Na2S.",
    ],
)
def test_nothing_is_doped(text: str) -> None:
    assert not doped(text)


def test_two_names_of_both_are_paired_in_order() -> None:
    found = doped("Lanthanum (La) doped ceria (CeO2) was sintered.")
    assert found == {("ceria", "Lanthanum"), ("CeO2", "La")}


def test_two_names_of_one_belong_to_the_other() -> None:
    found = doped("Iron (Fe) doped ZnO was sintered.")
    assert found == {("ZnO", "Iron"), ("ZnO", "Fe")}


def test_a_symbol_is_an_element_whatever_the_tagger_takes_it_for() -> None:
    text = "In theory and in bond-valence calculations, the O atom doping in Li3PS4 creates a new path."
    assert doped(text) == {("Li3PS4", "O")}


def test_a_list_of_dopants_ends_where_its_members_are_of_another_kind() -> None:
    assert doped("In water, LiI and LiBr doped Li3PS4 decays.") == {("Li3PS4", "LiI"), ("Li3PS4", "LiBr")}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Li7La3Zr2O12 is a garnet. It was heavily doped with Al.", ("Li7La3Zr2O12", "Al")),
        ("Li6PS5Cl is soft, and doping it with ZnO makes it hard.", ("Li6PS5Cl", "ZnO")),
    ],
)
def test_a_pronoun_is_the_host_that_it_stands_for(text: str, pair: tuple[str, str]) -> None:
    assert doped(text) == {pair}


def test_a_name_torn_apart_is_compared_as_it_stands() -> None:
    sentences = ["The nitrogen-doped TiO 2 powder was then tested in many cells of ours for its colour."]
    assert linked(sentences) == [{("TiO", "nitrogen"), ("2", "nitrogen")}]


def test_dashes_of_all_kinds_are_compared_as_one() -> None:
    sentences = ["The lanthanum-doped Ni–Zn ferrites were then tested in many cells for their colour."]
    assert linked(sentences) == [{("Ni-Zn", "lanthanum"), ("ferrites", "lanthanum")}]
