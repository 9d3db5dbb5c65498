"""Where a chain may not go on: from part to part, into what another left, to what a word does not mean."""

from __future__ import annotations

import pytest

from queries.chains import chain_graph, find_chains

MECHANISM = ("Material", "FailureMechanism")


@pytest.fixture
def found(known):
    """Whether there is a chain of at least two claims between two ends."""

    def search(claims, start, end):
        graph = known(*claims)
        chains = find_chains(chain_graph(graph.statements(), lexicon=graph.lexicon), start, end)
        return bool([chain for chain in chains if len(chain.steps) > 1])

    return search


def test_a_part_does_not_act_through_another_part(found, say):
    shell = say("CaO-ZnO shell", "composed_of", "CaO", kinds=("Interphase", "Material"))
    other = say("CaO-ZnO shell", "composed_of", "ZnO", kinds=("Interphase", "Material"))
    effect = say("ZnO", "suppresses", "void growth", kinds=MECHANISM)
    assert found([shell, other, effect], "CaO-ZnO shell", "void growth")
    assert not found([shell, other, effect], "CaO", "void growth")


def test_a_whole_does_not_act_through_another_whole_that_shares_a_part(found, say):
    one = say("dense shell", "composed_of", "CaO", kinds=("Interphase", "Material"))
    other = say("porous shell", "composed_of", "CaO", kinds=("Interphase", "Material"))
    effect = say("porous shell", "promotes", "void growth", kinds=("Interphase", "FailureMechanism"))
    assert found([one, other, effect], "CaO", "void growth")
    assert not found([one, other, effect], "dense shell", "void growth")


def test_what_a_class_is_made_of_its_members_need_not_have(found, say):
    kinds = ("Interphase", "Material")
    claims = [
        say("ZnO", "forms", "brown interphase"),
        say("interphase", "composed_of", "CaO", kinds=kinds, document="elsewhere"),
        say("CaO", "suppresses", "void growth", kinds=MECHANISM),
    ]
    assert not found(claims, "ZnO", "void growth")
    direct = say("brown interphase", "composed_of", "CaO", kinds=kinds)
    assert found([*claims, direct], "ZnO", "void growth")


def test_what_is_formed_is_not_what_somebody_doped(found, say):
    doped = say("CaCO3", "doped_with", "ZnO")
    effect = say("ZnO", "suppresses", "void growth", kinds=MECHANISM)
    formed = say("calcite melt", "decomposes_to", "CaCO3")
    assert found([doped, effect], "CaCO3", "void growth")
    assert not found([formed, doped, effect], "calcite melt", "void growth")


def test_quantities_have_no_parts(found, say):
    claims = [
        say("hot storage", "increases", "pellet density"),
        say("pellet density", "composed_of", "ZnO", kinds=("Property", "Material")),
        say("ZnO", "suppresses", "void growth", kinds=MECHANISM),
    ]
    assert not found(claims, "hot storage", "void growth")


def test_what_another_material_forms_is_not_in_this_material_s_interphase(found, say):
    layer = say(
        "swelling interphase",
        "promotes",
        "stack breakage",
        kinds=("Interphase", "FailureMechanism"),
        context=["Li6PS5X"],
    )
    own = say("Li6PS5Br", "decomposes_to", "Li3P")
    other = say("black phosphorus", "forms", "Li3P", kinds=("Material", "Material"))
    assert found([layer, own, other], "Li6PS5Br", "stack breakage")
    assert not found([layer, own, other], "black phosphorus", "stack breakage")


def test_only_substances_are_products(found, say):
    claims = [
        say("Li6PS5Br", "forms", "brown film", kinds=("Material", "Interphase")),
        say("swelling interphase", "promotes", "stack breakage", context=["Li6PS5X"]),
    ]
    assert not found(claims, "Li6PS5Br", "stack breakage")


def test_a_general_word_means_what_stands_near_it_and_not_what_stands_near_another_such_word(found, say):
    kinds = ("Interphase", "FailureMechanism")
    near = [
        say("the interphase", "promotes", "gas release", kinds=kinds, document="one"),
        say("ZnO-rich interphase", "suppresses", "void growth", kinds=kinds, document="one"),
    ]
    elsewhere = say("CaO", "forms", "the interphase", document="two")
    here = say("CaO", "forms", "the interphase", document="one")
    assert found([*near, here], "CaO", "void growth")
    assert not found([*near, elsewhere], "CaO", "void growth")


def test_what_a_solvent_does_not_react_with_says_nothing_of_the_cell(found, say):
    claims = [say("interfacial reaction", "promotes", "stack breakage")]
    stable = {
        name: say(name, "stable_with", "Li6PS5Cl", kinds=("Material", "Material"))
        for name in ("toluene", "LiPON")
    }
    assert found([*claims, stable["LiPON"]], "LiPON", "stack breakage")
    assert not found([*claims, stable["toluene"]], "toluene", "stack breakage")


def test_a_critical_current_density_is_no_kind_of_current_density(found, say):
    claims = [
        say("ZnO", "increases", "critical current density", kinds=("Dopant", "Property")),
        say("current density", "promotes", "void growth", kinds=("Property", "FailureMechanism")),
    ]
    assert not found(claims, "ZnO", "void growth")


def test_a_thing_with_very_many_steps_gives_its_best_first(known, say):
    many = [
        say("busy layer", "promotes", f"wear {number}", kinds=("Interphase", "FailureMechanism"))
        for number in range(300)
    ]
    ends = [say(f"wear {number}", "promotes", "stack breakage") for number in range(300)]
    sure = [
        say("busy layer", "promotes", "wear 250", kinds=("Interphase", "FailureMechanism"), year=year)
        for year in (2001, 2002, 2003)
    ]
    graph = known(*many, *ends, *sure)
    chains = find_chains(
        chain_graph(graph.statements(), lexicon=graph.lexicon), "busy layer", "stack breakage", limit=300
    )
    assert len(chains) == 300
    assert chains[0].nodes[1].label == "wear 250"
    assert [chain.belief for chain in chains] == sorted((chain.belief for chain in chains), reverse=True)


@pytest.mark.parametrize("stated", [True, False])
def test_a_name_grants_a_part_only_where_no_claim_states_it(known, say, stated):
    effect = say("LiI-rich shell", "suppresses", "void growth", kinds=("Interphase", "FailureMechanism"))
    left = say("LiI", "forms", "LiI-rich shell", kinds=("Material", "Interphase"))
    graph = known(effect, *([left] if stated else [say("LiI", "stable_with", "toluene")]))
    chain, *_ = find_chains(chain_graph(graph.statements(), lexicon=graph.lexicon), "LiI", "void growth")
    assert bool(chain.steps[0].claims) is stated
    assert ("its name says so" in chain.steps[0].because) is not stated
