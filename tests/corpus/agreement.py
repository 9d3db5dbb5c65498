"""How far two readings of one text agree: facts matched one to one by what they say, not by where."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import networkx as nx

from kg.model import Claim, Entity

NAMES_READ = 6  # a claim is judged by its first names: a long list would hide a wrong thing
TOLERANCE = 0.011
IGNORED = frozenset({"the", "a", "an", "of", "and", "with", "into", "its", "their", "based", "type"})


@dataclass
class Agreement:
    """Counts of facts by relation or property: those annotated, those extracted, those in both."""

    annotated: Counter[str] = field(default_factory=Counter)
    extracted: Counter[str] = field(default_factory=Counter)
    shared: Counter[str] = field(default_factory=Counter)
    missed: list[Claim] = field(default_factory=list)
    invented: list[Claim] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = self.annotated.total() + self.extracted.total()
        return 2 * self.shared.total() / total if total else 0.0

    def add(self, annotated: Iterable[Claim], extracted: Iterable[Claim]) -> None:
        """Count the facts of one document; a fact that a reading states twice counts once."""
        wanted, found = distinct(annotated), distinct(extracted)
        pairs = dict(matching(wanted, found))
        self.annotated.update(claim.relation for claim in wanted)
        self.extracted.update(claim.relation for claim in found)
        self.shared.update(wanted[at].relation for at in pairs)
        self.missed += [claim for at, claim in enumerate(wanted) if at not in pairs]
        self.invented += [claim for at, claim in enumerate(found) if at not in set(pairs.values())]

    def table(self) -> str:
        counts = (self.annotated, self.extracted, self.shared)
        rows = [
            f"{name:26s}" + "".join(f"{count[name]:5d}" for count in counts)
            for name in sorted(self.annotated | self.extracted)
        ]
        return "\n".join([f"{'':26s} annotated, extracted, shared", *rows, f"F1 {self.f1:.3f}"])


def distinct(claims: Iterable[Claim]) -> list[Claim]:
    """The claims without those that state the same fact again."""
    return list({_statement(claim): claim for claim in reversed(list(claims))}.values())[::-1]


def matching(wanted: Sequence[Claim], found: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """A largest one-to-one matching of the claims that state the same fact."""
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    left = [("wanted", at) for at in range(len(wanted))]
    graph.add_nodes_from(left)
    for at, claim in enumerate(wanted):
        for other, candidate in enumerate(found):
            if agrees(claim, candidate):
                graph.add_edge(("wanted", at), ("found", other))
    pairs = nx.bipartite.hopcroft_karp_matching(graph, top_nodes=left)
    return ((at, pairs["wanted", at][1]) for at in range(len(wanted)) if ("wanted", at) in pairs)


def agrees(wanted: Claim, found: Claim) -> bool:
    """Whether two claims state the same fact: relation, things, polarity, and value within rounding."""
    if wanted.relation != found.relation or not same_thing(wanted.subject, found.subject):
        return False
    if wanted.object is not None and found.object is not None:
        return wanted.polarity == found.polarity and same_thing(wanted.object, found.object)
    ours, theirs = wanted.quantity, found.quantity
    if ours is None or theirs is None:
        return False
    return _close(ours.value, theirs.value) and _close(ours.value_max, theirs.value_max)


def same_thing(one: Entity, other: Entity) -> bool:
    """Whether any name of one is, words aside that say little, a name of the other."""
    return any(_same_name(a, b) for a in one.names for b in other.names[:NAMES_READ])


def _same_name(one: str, other: str) -> bool:
    if _bare(one) == _bare(other):
        return True
    a, b = _words(one), _words(other)
    return bool(a and b) and (2 * len(a & b) > len(a | b) or (min(len(a), len(b)) > 1 and (a <= b or b <= a)))


def _plain(name: str) -> str:
    return re.sub(r"[‐‑‒–—−]", "-", unicodedata.normalize("NFKC", name)).casefold()


def _bare(name: str) -> str:
    return re.sub(r"[\s\-()\[\],.%/_]", "", _plain(name))


def _words(name: str) -> frozenset[str]:
    words = {_singular(word.strip(".")) for word in re.split(r"[^a-zα-ω0-9.+]+", _plain(name))}
    words -= IGNORED | {""}
    return frozenset(words - {"li"} or words)


def _singular(word: str) -> str:
    if word == "lithium":
        return "li"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and not re.search(r"\d", word):
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 5 else word[:-1]
    return word


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def _statement(claim: Claim) -> tuple[object, ...]:
    quantity = claim.quantity
    said = (
        (f"{quantity.value:.3g}", quantity.value_max)
        if quantity is not None
        else _bare(claim.object.label if claim.object else "")
    )
    return claim.relation, _bare(claim.subject.label), said, claim.polarity
