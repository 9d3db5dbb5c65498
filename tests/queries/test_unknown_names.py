"""Names that mean nothing: told as such, with what looks like them."""

from __future__ import annotations

import pytest

from queries.chains import chain_graph
from queries.chains.resolve import unknown_names


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["voids", "dendrite growth"], ""),
        (["unobtanium", "dendrite growth"], "nothing in the graph is called “unobtanium”"),
        (["voids", "dendrit growt"], "did you mean dendrite growth"),
        (["unobtanium", "phlogiston"], "“unobtanium”, and nothing in the graph is called “phlogiston”"),
    ],
)
def test_a_name_that_means_no_node_is_told_with_what_is_near(say, known, names, told: str) -> None:
    graph = known(say("voids", "promotes", "dendrite growth"))
    index = chain_graph(graph.statements(), lexicon=graph.lexicon).index
    said = unknown_names(names, index, lexicon=graph.lexicon)
    assert told in said
    assert bool(said) is bool(told)
