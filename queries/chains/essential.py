"""From many chains to the ones that answer a question."""

from __future__ import annotations

from collections.abc import Sequence

from queries.chains.model import Chain


def essential_chains(chains: Sequence[Chain]) -> list[Chain]:
    """The chains that need the fewest assumptions and fit the ends best, without detours.

    Where one thing is said to lead to another by way of a third, what is said of the two alone is no answer.
    A chain makes a detour where a shorter one passes the same things in the same order but leaves some out.
    """
    if not chains:
        return []
    mediated = [chain for chain in chains if len(chain.nodes) > 2] or chains
    best = min(_granted(chain) for chain in mediated)
    plain = [chain for chain in mediated if _granted(chain) == best]
    return [chain for chain in plain if not any(_leaves_out(other, chain) for other in plain)]


def _granted(chain: Chain) -> tuple[int, float]:
    return len(chain.assumptions), -round(chain.match, 3)


def _leaves_out(short: Chain, long: Chain) -> bool:
    """Whether the short chain is the long one without some of the things between its ends."""
    if len(short.nodes) >= len(long.nodes):
        return False
    rest = iter(node.iri for node in long.nodes)
    return all(any(iri == other for other in rest) for iri in (node.iri for node in short.nodes))
