"""Statements of verbs, connectors, nouns, adjectives and reactions."""

import pytest

from extract.relations.data import read
from tests.extract.relation_helpers import says, triples

Claim = tuple[str, str, str]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        # active, passive, agents, means
        ("LiI increases the ionic conductivity of Li3PS4.", [("LiI", "increases", "ionic conductivity")]),
        ("The dendrites were suppressed by LiF.", [("LiF", "suppresses", "dendrites")]),
        ("The authors suppressed the dendrites by a LiF film.", [("LiF film", "suppresses", "dendrites")]),
        ("To suppress the dendrites, a LiF layer was introduced.", [("LiF", "suppresses", "dendrites")]),
        # coordination on both sides
        (
            "LiI and LiBr reduce the porosity and the grain boundary resistance.",
            [
                ("LiI", "decreases", "porosity"),
                ("LiI", "decreases", "grain boundary resistance"),
                ("LiBr", "decreases", "porosity"),
                ("LiBr", "decreases", "grain boundary resistance"),
            ],
        ),
        # participles, chains
        (
            "Annealing raises the conductivity, leading to a higher capacity.",
            [("annealing", "increases", "conductivity"), ("annealing", "increases", "capacity")],
        ),
        (
            "The expansion of silicon causes cracks, resulting in a low capacity.",
            [("cracks", "decreases", "capacity")],
        ),
        # the kind of the object decides
        ("LiF reduces the dendrite growth.", [("LiF", "suppresses", "dendrite growth")]),
        ("LiF leads to a low conductivity.", [("LiF", "decreases", "conductivity")]),
        ("LiF leads to dendrite growth.", [("LiF", "promotes", "dendrite growth")]),
        ("The side reactions lead to a Li3P layer.", [("side reactions", "forms", "Li3P layer")]),
        # inverse verbs
        ("Dendrite growth arises from voids.", [("voids", "promotes", "dendrite growth")]),
        # what decomposes
        ("The hydrolysis of Li3PS4 generates H2S.", [("Li3PS4", "decomposes_to", "H2S")]),
        # giving and suffering
        ("LiF endows Li3PS4 with a high conductivity.", [("LiF", "increases", "conductivity")]),
        ("The cell with Li3PS4 suffers from dendrites.", [("Li3PS4", "promotes", "dendrites")]),
        # causatives
        ("LiF makes the conductivity low.", [("LiF", "decreases", "conductivity")]),
        # decomposition
        (
            "Li10GeP2S12 decomposes into Li2S and Li3P.",
            [("Li10GeP2S12", "decomposes_to", "Li2S"), ("Li10GeP2S12", "decomposes_to", "Li3P")],
        ),
        # stability
        ("Li3PS4 shows a poor stability against water.", [("Li3PS4", "unstable_with", "water")]),
        ("Li6PS5Cl is stable in contact with lithium metal.", [("Li6PS5Cl", "stable_with", "lithium metal")]),
        ("Li6PS5Cl is stable against Li.", [("Li6PS5Cl", "stable_with", "lithium metal")]),
        # cells stand for their material
        ("The cell based on Li6PS5Cl shows a high capacity.", [("Li6PS5Cl", "increases", "capacity")]),
        # where the parser takes the second subject, or the clause before it, for something else
        (
            "During the expansion, the contact will shrink in the cathode and cracks will be formed, "
            "leading to a higher interfacial resistance.",
            [("cracks", "increases", "interfacial resistance")],
        ),
        # a problem named by what it is about, and one that is not
        (
            "The stress leads to a severe interfacial problem.",
            [("stress", "promotes", "interfacial problem")],
        ),
        # what goes on behind a pair
        (
            "The cracks are caused by the poor contact between Li3PS4 and the anode or the low density "
            "of the pellet.",
            [("poor contact", "promotes", "cracks"), ("density", "promotes", "cracks")],
        ),
        ("Moisture would ruin the ionic conductivity.", [("moisture", "decreases", "ionic conductivity")]),
        (
            "Lithium propagates into the pellet, leading to a short circuit.",
            [("lithium dendrite penetration", "promotes", "short circuit")],
        ),
        # what a thing is milled for, milling does
        ("The powder was milled to raise its conductivity.", [("milling", "increases", "conductivity")]),
        # how thick a layer gets
        (
            "The sulfide sheet achieved an ultrathin thickness.",
            [("sulfide sheet", "decreases", "thickness")],
        ),
        # a second verb that the parser takes for an adjective
        (
            "The coating improved the capacity and decreased polarization.",
            [("coating", "increases", "capacity"), ("coating", "decreases", "polarization")],
        ),
        ("Voids give rise to dendrites.", [("voids", "promotes", "dendrites")]),
        ("Milling leads to a lower volume change.", [("milling", "suppresses", "volume change")]),
        # a burden that is improved gets less
        ("LiI improves the interfacial resistance.", [("LiI", "decreases", "interfacial resistance")]),
        # who has the potential; the cell before "as the cathode"
        (
            "Argyrodites attract us for their great potential to solve the safety concern.",
            [("argyrodites", "suppresses", "safety concern")],
        ),
        (
            "The batteries employing TiS2 as the cathode exhibited a high capacity.",
            [("TiS2", "increases", "capacity")],
        ),
        # a plural verb speaks of the plural noun
        (
            "We draw coatings for the LiFePO4 cathode that increase the capacity.",
            [("coatings", "increases", "capacity")],
        ),
        # what a relative clause with a subject of its own says of its noun
        (
            "The interphase that Li3PS4 forms with carbon raises the resistance.",
            [("Li3PS4", "forms", "interphase"), ("interphase", "increases", "resistance")],
        ),
        # the formula right behind a general name
        (
            "Herein, an argyrodite Li6PS5Cl is reported, which forms a LiF-rich interphase.",
            [("Li6PS5Cl", "forms", "LiF-rich interphase")],
        ),
        # what authors propose for a purpose
        (
            "We introduced a polymer interlayer to prevent contact loss.",
            [("polymer interlayer", "suppresses", "contact loss")],
        ),
        # voids that come into being
        ("Fast stripping of lithium produces voids.", [("Fast stripping", "promotes", "void formation")]),
        # what is done in place
        (
            "In situ polymerization in the cell reduces the interfacial resistance.",
            [("In situ polymerization", "decreases", "interfacial resistance")],
        ),
        # what a plural stands for, in brackets behind it
        (
            "Lithium halides (LiCl, LiBr, and LiI) suppress the dendrite growth.",
            [("LiCl", "suppresses", "dendrite growth"), ("LiI", "suppresses", "dendrite growth")],
        ),
        # amounts
        (
            "A small dose of Li3PO4 raises the conductivity.",
            [("Li3PO4", "increases", "conductivity")],
        ),
        (
            "Adding 1 mol% Li3PO4 to the glass increases the conductivity.",
            [("adding Li3PO4", "increases", "conductivity")],
        ),
        # acts
        (
            "Replacing oxygen with sulfur increases the conductivity.",
            [("replacing oxygen with sulfur", "increases", "conductivity")],
        ),
    ],
)
def test_verbs(text: str, claims: list[Claim]) -> None:
    for claim in claims:
        assert says(text, *claim), triples(text)


@pytest.mark.parametrize("text", read("connectors")["prepositions"].values())
def test_every_connector_reads_its_example(text: str) -> None:
    assert says(text, "voids", "decreases", "capacity"), triples(text)


@pytest.mark.parametrize("row", read("occurrences")["examples"], ids=lambda row: row["text"])
def test_every_occurrence_is_read_from_its_example(row: dict[str, list[Claim] | str]) -> None:
    for claim in row["claims"]:
        assert says(str(row["text"]), *claim), triples(str(row["text"]))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The capacity fading is attributed to the voids.", ("voids", "promotes", "capacity fading")),
        ("The cracks propagate due to the stress.", ("stress", "promotes", "cracks")),
        (
            "Owing to a soft lattice, Li6PS5I shows a high conductivity.",
            ("soft lattice", "increases", "conductivity"),
        ),
        ("The low capacity is caused by the voids.", ("voids", "decreases", "capacity")),
        ("The conductivity increased because of the disorder.", ("disorder", "increases", "conductivity")),
        ("With increasing porosity, the conductivity decreases.", ("porosity", "decreases", "conductivity")),
        ("The conductivity decreases as the porosity increases.", ("porosity", "decreases", "conductivity")),
        (
            "The activation energy drops from 0.4 to 0.2 eV with increasing iodine content.",
            ("iodine content", "decreases", "activation energy"),
        ),
        (
            "Benefiting from a dense structure, the cell shows a high capacity.",
            ("dense structure", "increases", "capacity"),
        ),
        (
            "As the milling time grows, the grains shrink and the conductivity rises.",
            ("milling time", "increases", "conductivity"),
        ),
        (
            "Chen et al. traced the capacity fade to the voids.",
            ("voids", "promotes", "capacity fade"),
        ),
        (
            "The capacity is low due to the voids and to a high overpotential.",
            ("overpotential", "decreases", "capacity"),
        ),
        (
            "The higher the porosity, the lower the conductivity.",
            ("higher porosity", "decreases", "conductivity"),
        ),
        (
            "The higher the stack pressure, the smaller the interfacial resistance.",
            ("increasing stack pressure", "decreases", "interfacial resistance"),
        ),
        ("LiF avoids side reactions due to its stability.", ("stability", "suppresses", "side reactions")),
        ("The conductivity increased after annealing.", ("annealing", "increases", "conductivity")),
        (
            "The cycle life was extended after 500 cycles due to the low reactivity of the layer.",
            ("reactivity", "increases", "cycle life"),
        ),
    ],
)
def test_connectors(text: str, claim: Claim) -> None:
    assert says(text, *claim), triples(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The suppression of dendrites by LiF was complete.", ("LiF", "suppresses", "dendrites")),
        ("Voids are the main reason for the dendrite growth.", ("voids", "promotes", "dendrite growth")),
        ("The main reason for the dendrite growth is porosity.", ("porosity", "promotes", "dendrite growth")),
        ("Capacity fade is the consequence of the high stress.", ("stress", "promotes", "capacity fade")),
        ("Dendrites start at grain boundaries.", ("grain boundary", "promotes", "dendrites")),
        ("LiF reduces the risk of dendrites.", ("LiF", "suppresses", "dendrites")),
        ("Pressing leaves defects at which dendrites start.", ("defects", "promotes", "dendrites")),
        ("Low conductivity is the main drawback of Li3PO4.", ("Li3PO4", "decreases", "conductivity")),
        (
            "Disorder is important for enhancing the ionic conductivity.",
            ("disorder", "increases", "ionic conductivity"),
        ),
        ("The LiF film serves as a barrier against dendrites.", ("LiF film", "suppresses", "dendrites")),
        (
            "The shuttle effect is one of the problems that reduce the capacity.",
            ("shuttle effect", "decreases", "capacity"),
        ),
        (
            "Void formation is one of the gravest problems which we face for its culprit to short-circuits.",
            ("void formation", "promotes", "short circuit"),
        ),
        ("Doping is beneficial for the ionic conductivity.", ("doping", "increases", "ionic conductivity")),
    ],
)
def test_nouns_and_adjectives(text: str, claim: Claim) -> None:
    assert says(text, *claim), triples(text)


def test_reaction_equations() -> None:
    text = "The reaction Li6PS5Cl + 4H2O → Li3PO4 + LiCl + 4H2S was found."
    for product in ("Li3PO4", "LiCl", "H2S"):
        assert says(text, "Li6PS5Cl", "decomposes_to", product), triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "The authors improved the understanding of this topic.",
        "This study increases the knowledge of sulfides.",
        "Li3PS4 conducts better than Li3PO4.",
        "LiI affects the conductivity.",
        "The grains of 10 nm were measured.",
        "The conductivity was increased by optimizing the milling time.",
        "If the anode has a higher capacity, it is used.",
        "On the other hand, resistances increase the loss.",
        # nobody does what only an effect is looked for of, and a change alone is none of anything
        "The effect of reducing the grain size is discussed.",
        "LiI suppresses the change.",
        # a large thing is not a changing one, a cell of which nothing is said tells of no material
        "The glass combines a high transference number with a high ionic conductivity.",
        "The battery shows a high capacity.",
    ],
)
def test_no_statement(text: str) -> None:
    assert not [
        claim
        for claim in triples(text)
        if claim[1] in ("increases", "decreases", "suppresses") and "time" not in claim[0]
    ]


@pytest.mark.parametrize(
    "text",
    [
        # who is only handled, what an object is made with, an act that says nothing by itself
        "The crystallites were washed and dried to reduce agglomeration.",
        "This strategy suppresses dendrites in cells with sulfur.",
        "The introduction suppresses dendrites.",
        # what is put somewhere or gets something is not formed
        "Its stability introduced PEO into the cell.",
        "Polishing gives a path to Li3PS4.",
        # methods, authors and others that are not named
        "The usual method suppresses dendrites.",
        "Science suppresses dendrites.",
    ],
)
def test_no_cause(text: str) -> None:
    assert not [claim for claim in triples(text) if claim[1] in ("suppresses", "forms")], triples(text)


@pytest.mark.parametrize(
    "text",
    ["Leading to cracks, silicon swells.", "Resulting in voids, the lithium is stripped quickly."],
)
def test_a_participle_before_every_clause_goes_on_from_none(text: str) -> None:
    assert all(relation != "promotes" or subject != thing for subject, relation, thing in triples(text))


def test_ions_beside_electrons_are_no_thing_of_their_own() -> None:
    text = "LiI can enhance the capacity by increasing the conductivity of electrons and even ions."
    assert not [
        claim for claim in triples(text) if {"ion", "ions", "increasing even ions"} & {claim[0], claim[2]}
    ]


def test_what_a_coating_is_made_from_is_no_coating() -> None:
    text = "They coated silicon particles via vapor deposition, with acetylene as the carbon source."
    assert not [claim for claim in triples(text) if claim[2] == "acetylene"]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The fading results from cracks rather than from voids.", ("voids", "promotes", "fading")),
        ("Li6PS5Cl was dissolved in ethanol.", ("Li6PS5Cl", "unstable_with", "ethanol")),
        ("TiS2 improves the conversion of sulfur.", ("TiS2", "forms", "sulfur")),
    ],
)
def test_what_is_set_aside_done_on_purpose_or_used_up_is_not_claimed(text: str, claim: Claim) -> None:
    assert not says(text, *claim), triples(text)
