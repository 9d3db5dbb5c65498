# %% [markdown]
# # What does the literature say, and how sure is it?
#
# A tour of a small graph of sulfide solid electrolytes, for people who know batteries and some
# Python. It runs without a network. As a page with its results:
#
#     pip install 'lithograph[notebook]'
#     jupytext --to ipynb --set-kernel python3 --execute examples/tour.py
#     jupyter nbconvert --to html examples/tour.ipynb
#
# The graph here comes from the notes that Lithograph brings along. For papers of your own run
# `lithograph build my-papers/` first, then start with `graph = KnowledgeGraph.open("lithograph.db")`.

# %%
from corpus import annotation, notes
from kg import KnowledgeGraph
from kg.claims_file import read_claims
from kg.store import load_claims, memory_store

store = memory_store()
load_claims(store, [claim for note in notes() for claim in read_claims(annotation(note))])
graph = KnowledgeGraph(store)
graph

# %% [markdown]
# ## Values, with their conditions
#
# Every value is in one unit per property and keeps its conditions and its paper. The rows make a
# table; with pandas installed, `graph.measurements_frame("ionic conductivity")` is that table.

# %%
rows = [
    row for row in graph.measurements("ionic conductivity") if abs((row["temperature_C"] or 25) - 25) <= 5
]
best = sorted(rows, key=lambda row: row["value"], reverse=True)[:5]
[
    (row["material"], f"{1000 * row['value']:.3g} mS/cm", row["method"] or row["form"], row["papers"])
    for row in best
]

# %% [markdown]
# A name finds its material however it is written: LGPS is Li10GeP2S12.

# %%
[(row["property"], row["value"], row["unit"]) for row in graph.measurements(material="LGPS")]

# %% [markdown]
# ## Why do values for one material differ?
#
# Contradictions are kept, not averaged. Two values are set against each other only where no condition
# is known to differ: a pellet from solution is not compared with a hot-pressed one. What only one
# side says is the first place to look for a reason.

# %%
scattered = [each for each in graph.contradictions() if each.kind == "value"]
for pair in scattered[:4]:
    low, high = pair.left[0].quantity, pair.right[0].quantity
    print(f"{pair.subject.label}: {low.value:.2g} against {high.value:.2g} {low.unit}; {pair.difference}")

# %% [markdown]
# ## A statement and the belief in it
#
# Claims that say the same make one statement. Its belief counts papers, not mentions: a paper that
# two reviews cite counts once. Denials count against it, hedges count half, and what a program read
# counts as far as that program is right. The arithmetic is always there to be checked.

# %%
suppressing = graph.statements(relation="suppresses", object="lithium dendrite growth")
strongest = max(suppressing, key=lambda statement: statement.belief.value)
print(strongest.text)
print(strongest.belief.explain())

# %% [markdown]
# In a notebook a statement shows its sentences too.

# %%
disputed = next(each for each in suppressing if each.affirming and each.denying)
disputed

# %% [markdown]
# General and special statements are kept apart and linked, so that you can ask what a general one
# rests on.

# %%
general = next(each for each in suppressing if graph.more_special(each))
print(general.text, "—", [special.text for special in graph.more_special(general)])

# %% [markdown]
# ## From thing to thing
#
# `neighbours` lists what a thing is joined to, the best supported first; `to_networkx` gives the
# whole graph to the algorithms of networkx, with sign, belief and sentences on its edges.

# %%
[(near.direction, near.statement.relation, near.entity.label) for near in graph.neighbours("LiI")[:5]]

# %%
network = graph.to_networkx()
causes = sorted(network.in_degree(), key=lambda found: found[1], reverse=True)[:5]
[(network.nodes[node]["label"], count) for node, count in causes]

# %% [markdown]
# ## Questions of your own, in SPARQL
#
# All usual prefixes are known. Write `DISTINCT`: two documents may state one triple.

# %%
graph.sparql(
    """SELECT ?relation (COUNT(DISTINCT ?claim) AS ?claims) {
         ?claim a lg:RelationClaim ; lg:relation ?relation
       } GROUP BY ?relation ORDER BY DESC(?claims) LIMIT 5"""
)

# %% [markdown]
# ## Disagreeing with the machine
#
# Reject, accept or correct a claim, or mark a retracted paper, and everything follows: statements,
# chains, gaps and answers. Verdicts survive a new build, can be taken back, and travel as a file. On
# the command line this is `lithograph curate`.

# %%
from kg.curate import judge
from kg.curation import Verdict

denial = disputed.denying[0]
judge(store, [Verdict(denial, "reject", by="me", on="2024-05-17", note="only true of stiff polymers")])
again = KnowledgeGraph(store)
(after,) = again.statements(subject=disputed.subject.iri, relation="suppresses", object=disputed.object.iri)
print(f"belief before {disputed.belief.value:.2f}, after {after.belief.value:.2f}")

# %% [markdown]
# ## Taking it along
#
# `lithograph export` writes claims, RDF, nanopublications, tables and networks; `--format rocrate`
# makes a folder that is ready to be published, with a description that catalogues read.
