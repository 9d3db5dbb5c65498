"""Chains of evidence on small graphs."""

from __future__ import annotations

import pytest

from queries.chains import chain_graph, chain_sparql, essential_chains, find_chains


@pytest.fixture
def chains(known):
    """The chains of some claims between two ends, as labels of their nodes."""

    def find(claims, start=None, end=None, **options):
        return find_chains(_graph(known(*claims)), start, end, **options)

    return find


def _graph(graph):
    return chain_graph(graph.statements(), lexicon=graph.lexicon)


def _labels(chain):
    return [node.label for node in chain.nodes]


def test_claims_join_where_one_ends_and_another_starts(chains, say):
    (chain,) = chains(
        [
            say("rough pellet surface", "promotes", "uneven current distribution"),
            say("uneven current distribution", "promotes", "short circuit"),
        ],
        "rough pellet surface",
        "short circuit",
    )
    assert _labels(chain) == ["rough pellet surface", "uneven current distribution", "short circuit"]
    assert [step.relation for step in chain.steps] == ["promotes", "promotes"]
    assert chain.steps[0].claims[0].evidence.quote.startswith("rough pellet surface promotes")


@pytest.mark.parametrize(
    ("relations", "sign"),
    [
        (("promotes", "promotes"), 1),
        (("suppresses", "promotes"), -1),
        (("promotes", "decreases"), -1),
        (("suppresses", "decreases"), 1),
    ],
)
def test_signs_compose_step_by_step(chains, say, relations, sign):
    first, second = relations
    kinds = ("FailureMechanism", "Property" if second == "decreases" else "FailureMechanism")
    (chain,) = chains(
        [
            say("wax coating", first, "pore opening"),
            say("pore opening", second, "cell lifetime", kinds=kinds),
        ],
        "wax coating",
        "cell lifetime",
    )
    assert chain.sign == sign


def test_the_direction_of_a_claim_counts(chains, say):
    claims = [
        say("pore opening", "promotes", "short circuit"),
        say("wax coating", "suppresses", "pore opening"),
    ]
    assert not chains(claims, "short circuit", "wax coating")


def test_belief_is_the_product_of_the_steps_and_the_weakest_is_named(chains, say):
    (chain,) = chains(
        [
            say("pore opening", "promotes", "sudden swelling"),
            say("sudden swelling", "promotes", "short circuit", certainty="hypothesised"),
        ],
        "pore opening",
        "short circuit",
    )
    assert chain.belief == pytest.approx(0.7 * 0.35)
    assert chain.weakest == 1


def test_a_denied_relation_is_no_step(chains, say):
    claims = [
        say("wax coating", "suppresses", "pore opening", polarity="negated"),
        say("pore opening", "promotes", "short circuit"),
    ]
    assert not chains(claims, "wax coating", "short circuit")


@pytest.mark.parametrize(
    ("ends_in", "goes_on_from", "how"),
    [
        ("large resistance of the seal", "seal resistance", "is the same as"),
        ("creep of the rubber seal", "seal creep", "is a kind of"),
        ("seal porosity", "low porosity of the seal", "is the reverse of"),
    ],
)
def test_a_chain_goes_on_under_another_name(chains, say, ends_in, goes_on_from, how):
    (chain,) = chains(
        [
            say("fast cooling", "increases", ends_in),
            say(goes_on_from, "promotes", "short circuit", kinds=("Property", "FailureMechanism")),
        ],
        "fast cooling",
        "short circuit",
    )
    assert [step.label for step in chain.steps] == ["increases", how, "promotes"]
    assert chain.sign == (-1 if how == "is the reverse of" else 1)
    assert any(how in text for text in chain.assumptions)


def test_general_words_do_not_join(chains, say):
    claims = [
        say("fast cooling", "forms", "brittle layer", kinds=("Strategy", "Interphase")),
        say("layer", "promotes", "short circuit", kinds=("Interphase", "FailureMechanism")),
    ]
    assert not chains(claims, "fast cooling", "short circuit")


def test_a_dopant_acts_through_a_material_that_is_named_by_it(chains, say):
    claims = [
        say("ZnO-doped Li3PS4", "doped_with", "ZnO"),
        say("ZnO-doped Li3PS4", "suppresses", "void growth", kinds=("Material", "FailureMechanism")),
    ]
    (chain,) = chains(claims, "any dopant", "void growth")
    assert _labels(chain) == ["ZnO", "ZnO-doped Li3PS4", "void growth"]
    assert chain.steps[0].inverse


def test_what_the_bare_host_does_is_not_the_doing_of_its_dopant(chains, say):
    claims = [
        say("Li3PS4", "doped_with", "ZnO"),
        say("Li3PS4", "suppresses", "void growth", kinds=("Material", "FailureMechanism")),
    ]
    assert not chains(claims, "ZnO", "void growth")


def test_a_host_acts_through_its_dopant(chains, say):
    claims = [
        say("Li3PS4", "doped_with", "ZnO"),
        say("ZnO", "suppresses", "void growth", kinds=("Dopant", "FailureMechanism")),
    ]
    (chain,) = chains(claims, "Li3PS4", "void growth")
    assert _labels(chain) == ["Li3PS4", "ZnO", "void growth"]


@pytest.mark.parametrize(("role", "found"), [("protective layer", True), ("solid electrolyte", False)])
def test_only_roles_that_act_lead_on(chains, say, role, found):
    claims = [
        say("Li3N", "used_as", role),
        say(role, "suppresses", "void growth", kinds=("Role", "FailureMechanism")),
    ]
    assert bool(chains(claims, "Li3N", "void growth")) is found


def test_products_of_decomposition_belong_to_the_interphase_of_that_material(chains, say):
    claims = [
        say("Li6PS5Br", "decomposes_to", "Li3P"),
        say(
            "swelling interphase",
            "promotes",
            "stack breakage",
            kinds=("Interphase", "FailureMechanism"),
            context=["Li6PS5X"],
        ),
    ]
    (chain,) = chains(claims, "Li6PS5Br", "stack breakage")
    assert _labels(chain) == ["Li6PS5Br", "Li3P", "swelling interphase", "stack breakage"]
    assert chain.assumptions


def test_what_is_unstable_with_another_material_reacts_with_it(chains, say):
    claims = [
        say("Li4SnS4", "unstable_with", "lithium metal"),
        say("interfacial reaction", "forms", "dark film", kinds=("FailureMechanism", "Interphase")),
    ]
    (chain,) = chains(claims, "Li4SnS4", "dark film")
    assert chain.steps[0].because
    assert chain.sign == 1


def test_a_quantity_of_every_material_joins_only_one_system(chains, say):
    claims = [
        say("slow cooling", "increases", "ionic conductivity", context=["Li6PS5Cl"]),
        say(
            "ionic conductivity",
            "promotes",
            "void growth",
            kinds=("Property", "FailureMechanism"),
            context=["Li7P3S11"],
        ),
    ]
    assert not chains(claims, "slow cooling", "void growth")
    same = [
        claims[0],
        say("ionic conductivity", "promotes", "void growth", kinds=("Property", "FailureMechanism")),
    ]
    assert chains(same, "slow cooling", "void growth")


def test_a_change_of_system_is_said(chains, say):
    (chain,) = chains(
        [
            say("slow cooling", "suppresses", "seam opening", context=["Li6PS5Cl"]),
            say("seam opening", "promotes", "void growth", context=["Li7P3S11"]),
        ],
        "slow cooling",
        "void growth",
    )
    assert chain.crossings == (1,)
    assert "Li7P3S11" in " ".join(chain.assumptions)


def test_a_family_and_its_member_are_one_system(chains, say):
    (chain,) = chains(
        [
            say("slow cooling", "suppresses", "seam opening", context=["Li6PS5X"]),
            say("seam opening", "promotes", "void growth", context=["Li6PS5Cl"]),
        ],
        "slow cooling",
        "void growth",
    )
    assert not chain.crossings


def test_more_believed_and_shorter_chains_come_first(chains, say):
    found = chains(
        [
            say("hot storage", "promotes", "seam opening"),
            say("seam opening", "promotes", "short circuit"),
            say("seam opening", "promotes", "foil wrinkling"),
            say("foil wrinkling", "promotes", "short circuit"),
            say("hot storage", "promotes", "gas release", certainty="hypothesised"),
            say("gas release", "promotes", "short circuit"),
        ],
        "hot storage",
        "short circuit",
    )
    assert [_labels(chain)[1:-1] for chain in found] == [
        ["seam opening"],
        ["seam opening", "foil wrinkling"],
        ["gas release"],
    ]


def test_essential_chains_make_no_detour(chains, say):
    found = chains(
        [
            say("hot storage", "promotes", "seam opening"),
            say("seam opening", "promotes", "short circuit"),
            say("seam opening", "promotes", "foil wrinkling"),
            say("foil wrinkling", "promotes", "short circuit"),
        ],
        "hot storage",
        "short circuit",
    )
    assert [_labels(chain)[1:-1] for chain in essential_chains(found)] == [["seam opening"]]
    assert essential_chains([]) == []


@pytest.mark.parametrize(("max_hops", "count"), [(2, 0), (3, 1)])
def test_the_number_of_claims_is_limited(chains, say, max_hops, count):
    claims = [
        say("hot storage", "promotes", "seam opening"),
        say("seam opening", "promotes", "foil wrinkling"),
        say("foil wrinkling", "promotes", "stack breakage"),
    ]
    assert len(chains(claims, "hot storage", "stack breakage", max_hops=max_hops)) == count


def test_what_is_said_of_the_ends_alone_comes_after_the_chains(chains, say):
    direct = say("hot storage", "promotes", "short circuit")
    assert [len(chain.steps) for chain in chains([direct], "hot storage", "short circuit")] == [1]
    longer = [
        say("hot storage", "promotes", "seam opening"),
        say("seam opening", "promotes", "short circuit"),
    ]
    found = chains([direct, *longer], "hot storage", "short circuit")
    assert [len(chain.steps) for chain in found] == [2, 1]
    assert [len(chain.steps) for chain in essential_chains(found)] == [2]
    assert len(chains([direct, *longer], "hot storage", "short circuit", limit=1)) == 1


def test_circles_end(chains, say):
    claims = [
        say("seam opening", "promotes", "gas release"),
        say("gas release", "promotes", "seam opening"),
        say("gas release", "promotes", "stack breakage"),
    ]
    assert [_labels(chain) for chain in chains(claims, "seam opening", "stack breakage")] == [
        ["seam opening", "gas release", "stack breakage"]
    ]


def test_open_ends_give_the_chains_to_any_outcome(chains, say):
    claims = [
        say("hot storage", "promotes", "seam opening"),
        say("seam opening", "promotes", "stack breakage"),
    ]
    assert [_labels(chain) for chain in chains(claims)] == [["hot storage", "seam opening", "stack breakage"]]
    assert chains(claims, "hot storage") == chains(claims)
    assert chains(claims, None, "stack breakage") == chains(claims)


@pytest.mark.parametrize("name", ["nothing of the kind", "", "zirconium phosphate glass"])
def test_an_unknown_end_gives_no_chain(chains, say, name):
    claims = [
        say("hot storage", "promotes", "seam opening"),
        say("seam opening", "promotes", "stack breakage"),
    ]
    assert chains(claims, name, "stack breakage") == []


def test_a_graph_without_relations_has_no_chain(chains, measure):
    assert chains([measure("Li3PS4", 2e-4)]) == []


def test_json_has_the_contract_s_shape(chains, say):
    claims = [
        say("wax coating", "suppresses", "pore opening"),
        say("pore opening", "promotes", "short circuit"),
    ]
    row = chains(claims, "wax coating", "short circuit")[0].to_json()
    assert [set(node) >= {"label", "names", "iri", "type"} for node in row["path"]] == [True] * 3
    assert [edge["relation"] for edge in row["edges"]] == ["suppresses", "promotes"]
    assert row["sign"] == -1
    assert row["edges"][0]["claims"][0]["quote"].startswith("wax coating")
    assert row["belief"] == pytest.approx(0.49)


def test_the_query_of_a_chain_finds_its_sentences(known, say):
    claims = [
        say("wax coating", "suppresses", "pore opening"),
        say("pore opening", "promotes", "loss of seal"),
    ]
    graph = known(*claims)
    (chain,) = find_chains(_graph(graph), "wax coating", "loss of seal")
    (row,) = graph.sparql(chain_sparql(chain))
    assert row["quote1"] == claims[0].evidence.quote
    assert row["quote2"] == claims[1].evidence.quote


@pytest.mark.parametrize(("start", "found"), [(300, True), (9000, False)])
def test_a_general_word_means_what_stands_near_it(chains, say, start, found):
    claims = [
        say("Li4SnS4", "forms", "interphase", start=100),
        say(
            "swelling interphase",
            "promotes",
            "stack breakage",
            kinds=("Interphase", "FailureMechanism"),
            start=start,
        ),
    ]
    assert bool(chains(claims, "Li4SnS4", "stack breakage")) is found


def test_a_strategy_is_found_by_the_name_of_what_it_applies(chains, say):
    claims = [
        say("use of a waxy buffer layer", "suppresses", "seam opening"),
        say("seam opening", "promotes", "stack breakage"),
    ]
    (chain,) = chains(claims, "waxy buffer layer", "stack breakage")
    assert chain.nodes[0].label == "use of a waxy buffer layer"
