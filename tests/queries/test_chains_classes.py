"""Which things a class means at the end of a chain, and what names say to be in them."""

from __future__ import annotations

import pytest

from queries.chains import chain_graph, find_chains
from queries.chains.resolve import resolve


def _members(graph, name):
    chains = chain_graph(graph.statements(), lexicon=graph.lexicon)
    return {
        chains.index.nodes[match.iri].label for match in resolve(name, chains.index, lexicon=graph.lexicon)
    }


def _texts(graph, start, end, **options):
    chains = chain_graph(graph.statements(), lexicon=graph.lexicon)
    return [chain.text for chain in find_chains(chains, start, end, **options)]


def test_a_dopant_is_what_something_is_doped_with_whatever_else_it_is(known, say):
    graph = known(
        say("Li3PS4", "doped_with", "LiI", kinds=("Material", "Material")),
        say("Li2S", "doped_with", "Li3PS4", kinds=("Material", "Material")),
        say("Li7P3S11", "forms", "passivating film"),
        say("boron", "increases", "toughness", kinds=("Dopant", "Property")),
        say("iodine doping", "suppresses", "pore opening"),
        say("doping", "suppresses", "pore opening"),
    )
    assert _members(graph, "any dopant") == {"LiI", "boron", "iodine doping"}


def test_a_thing_is_of_each_kind_that_many_of_its_mentions_give_it(known, say):
    mentions = [
        say("LiF", "suppresses", f"harm {at}", kinds=("Material", "FailureMechanism")) for at in range(3)
    ]
    rare = [
        say("LiCl", "suppresses", f"harm {at}", kinds=("Material", "FailureMechanism")) for at in range(9)
    ]
    graph = known(
        *mentions,
        *rare,
        say("LiF", "increases", "toughness", kinds=("Dopant", "Property")),
        say("LiCl", "increases", "toughness", kinds=("Dopant", "Property")),
    )
    assert _members(graph, "any dopant") == {"LiF"}


def test_any_coating_is_what_something_is_coated_with_or_used_as_coating(known, say):
    graph = known(
        say("LiCoO2", "coated_with", "LiNbO3"),
        say("Li3BO3", "used_as", "coating"),
        say("Li3YCl6", "used_as", "electrolyte"),
    )
    assert _members(graph, "any coating") == {"LiNbO3", "Li3BO3"}


@pytest.mark.parametrize(
    ("whole", "kind", "part"),
    [
        ("LiF-rich interphase", "Interphase", "LiF"),
        ("Li3N enriched layer", "Interphase", "Li3N"),
        ("ZnO-doped Li3PS4", "Material", "ZnO"),
        ("75Li2S-25P2S5 with P2O5", "Material", "P2O5"),
        ("brominated argyrodite film", "Interphase", "bromine"),
    ],
)
def test_a_name_says_what_is_in_the_thing(known, say, whole, kind, part):
    graph = known(
        say(whole, "suppresses", "pore opening", kinds=(kind, "FailureMechanism")),
        say("crystal sheet", "composed_of", part, kinds=("Structure", "Dopant")),
    )
    text, *_ = _texts(graph, part, "pore opening")
    assert text == f"{part} —is a part of→ {whole} —suppresses→ pore opening"


def test_a_name_that_says_that_a_thing_is_absent_has_no_part(known, say):
    graph = known(
        say("interphase without LiF", "promotes", "pore opening", kinds=("Interphase", "FailureMechanism")),
        say("crystal sheet", "composed_of", "LiF", kinds=("Structure", "Material")),
    )
    assert not _texts(graph, "LiF", "pore opening")


def test_what_is_formed_on_the_way_is_not_the_doped_thing(known, say):
    graph = known(
        say("argyrodite", "decomposes_to", "LiI"),
        say("LiI-doped Li3PS4", "suppresses", "pore opening", kinds=("Material", "FailureMechanism")),
        say("LiI-rich interphase", "suppresses", "seam opening", kinds=("Interphase", "FailureMechanism")),
    )
    assert not _texts(graph, "argyrodite", "pore opening")
    assert _texts(graph, "argyrodite", "seam opening")


def test_a_dopant_called_by_its_element_s_name_is_in_a_formula(known, say):
    graph = known(
        say("Li9.4Si1.02P2.1S9.96O2.04", "doped_with", ["oxygen", "O"]),
        say(
            "Li9.4Si1.02P2.1S9.96O2.04", "suppresses", "pore opening", kinds=("Material", "FailureMechanism")
        ),
    )
    assert _texts(graph, "any dopant", "pore opening")


def test_what_forms_an_interphase_need_not_form_one_kind_of_it(known, say):
    graph = known(
        say("warm storage", "forms", "surface interphase", kinds=("Strategy", "Interphase")),
        say(
            "LiF-rich surface interphase",
            "suppresses",
            "pore opening",
            kinds=("Interphase", "FailureMechanism"),
        ),
    )
    assert not _texts(graph, "warm storage", "pore opening")


def test_a_quantity_of_unnamed_materials_may_be_of_two(known, say):
    graph = known(
        say("stirring", "increases", "electronic conductivity"),
        say("electronic conductivity", "promotes", "pore opening", kinds=("Property", "FailureMechanism")),
    )
    chains = chain_graph(graph.statements(), lexicon=graph.lexicon)
    (chain,) = find_chains(chains, "stirring", "pore opening")
    assert chain.assumptions == ("“electronic conductivity” → “pore opening” may be of another system",)


def test_a_chain_grants_only_so_much(known, say):
    claims = [
        say("stirring", "promotes", "unwanted seam opening", kinds=("Strategy", "FailureMechanism")),
        say("seam opening", "promotes", "repeated foil curling"),
        say("foil curling", "promotes", "slow pore closing"),
        say("pore closing", "promotes", "early stack breakage"),
    ]
    assert _texts(known(*claims), "stirring", "pore closing")
    longer = [*claims, say("stack breakage", "promotes", "noise")]
    assert not _texts(known(*longer), "stirring", "noise", max_hops=6)
