# %% [markdown]
# # What does the literature say, and how sure is it?
#
# A tour of a small graph of sulfide solid electrolytes, for people who know batteries and some
# Python. It runs without a network. `make tour` makes a page of it, with its results, in
# `build/tour.html`; as a notebook it opens in Jupyter with jupytext
# (`pip install 'lithograph[notebook]'`).
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
# Every value is in one unit per property and keeps its conditions, its sentence and its paper. They
# come as a pandas data frame, a row each. The ten best room-temperature conductivities:

# %%
table = graph.measurements("ionic conductivity")
near_25 = table[(table["temperature_C"].fillna(25) - 25).abs() <= 5]
best = near_25.sort_values("value", ascending=False)[["material", "value", "unit", "method", "papers"]]
best.head(10)

# %% [markdown]
# What a method usually reaches is a line of pandas. Mind the counts: some medians rest on one value.

# %%
by_method = near_25.groupby("method")["value"].agg(["median", "max", "count"])
by_method.sort_values("count", ascending=False).head(6)

# %% [markdown]
# A name finds its material however it is written: LGPS is Li10GeP2S12.

# %%
graph.measurements(material="LGPS")[["material", "property", "value", "unit", "papers", "quote"]]

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
    print(f"{pair.subject.label}: {low.value:.2g} against {high.value:.2g} {low.unit}")
    for condition, (one, other) in pair.difference.items():
        print(f"    {condition}: {one or 'not said'} against {other or 'not said'}")

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
# In a notebook a list of statements is a table, and a statement shows its sentences too.

# %%
suppressing

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
graph.neighbours("LiI")

# %%
network = graph.to_networkx()
causes = sorted(network.in_degree(), key=lambda found: found[1], reverse=True)[:5]
[(network.nodes[node]["label"], count) for node, count in causes]

# %% [markdown]
# ## From a dopant to dendrites
#
# No single paper need draw the whole line: a chain joins the claims of several. Each says what more
# of the first thing does to the last, how far it is believed, which step is the weakest, and what it
# takes for granted beyond the claims.

# %%
from queries.chains import chain_graph, find_chains

chains = find_chains(
    chain_graph(graph.statements(), lexicon=graph.lexicon), "any dopant", "lithium dendrite growth", limit=3
)
for chain in chains:
    outcome = "less" if chain.sign < 0 else "more"
    weakest = chain.steps[chain.weakest]
    print(chain.text)
    print(f"  more {chain.nodes[0].label}: {outcome} dendrite growth; belief {chain.belief:.2f}")
    print(f"  the weakest step: “{weakest.claims[0].evidence.quote}”")
    print(*(f"  granted: {each}" for each in chain.assumptions), sep="\n")

# %% [markdown]
# ## What has nobody tried?
#
# Any two classes of the ontology make a matrix. An empty cell is a gap, and it says which kind: the
# two were never combined, combined without this outcome, or only within composites.

# %%
from collections import Counter

from queries.gaps import gap_matrix

matrix = gap_matrix(graph, "dopant", "failure mechanism")
Counter(cell.status for cell in matrix.cells).most_common()

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
