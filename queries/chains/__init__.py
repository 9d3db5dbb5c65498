"""Chains of evidence: how one thing leads to another, claim by claim."""

from queries.chains.essential import essential_chains
from queries.chains.graph import ChainGraph, chain_graph
from queries.chains.model import Chain, Node, Step
from queries.chains.read import read_chain_graph
from queries.chains.search import find_chains
from queries.chains.sparql import chain_sparql

__all__ = [
    "Chain",
    "ChainGraph",
    "Node",
    "Step",
    "chain_graph",
    "chain_sparql",
    "essential_chains",
    "find_chains",
    "read_chain_graph",
]
