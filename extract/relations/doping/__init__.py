"""Hosts and dopants by a small grammar of words: "boron- and nitrogen-doped graphene", "ZnO:Al"."""

from extract.relations.doping.statements import doping_statements

__all__ = ["doping_statements"]
