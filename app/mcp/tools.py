"""The tools: questions, chains, gaps, things, SPARQL, evidence. All of them only read."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from app.mcp.shapes import Answer, Chains, Gaps, QueryAnswer, Sentence, Shown, Things
from app.sparql.guard import QueryError
from app.sparql.pool import QueryPool, QueryRequest
from app.web.library import MOST_QUESTION, Library, UnknownNameError
from kg.claims_file import claim_to_row
from kg.statements import claim_text
from queries.evidence import claim_to_json

_INSTRUCTIONS = (
    "Claims of the literature on sulfide solid-state batteries, each with the sentence it was read from. "
    "Ask in plain English first; use sparql for what a question cannot express. Report only what the tools "
    "return, quote the sentences, and pass a refusal on as a refusal."
)
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
#: So many sentences go with one answer; show_evidence and sparql give the others.
_MOST_SENTENCES = 20
_MOST_TEXT = 100_000

GapKind = Literal["bridges", "analogies", "contradictions", "open-questions", "thin"]
Name = Annotated[
    str, Field(max_length=200, description="A name, a formula, a class such as dopant, or an IRI.")
]
End = Annotated[
    str,
    Field(max_length=200, description="A thing (LiF-rich SEI) or a class (dopant); empty leaves it open."),
]


def mcp_server(library: Library, pool: QueryPool) -> MCPServer:
    """The server with its tools over one library; queries run in the pool."""
    server = MCPServer("lithograph", title="Lithograph", instructions=_INSTRUCTIONS, log_level="WARNING")

    @server.tool(title="Ask a question", annotations=_READS)
    async def ask(
        question: Annotated[str, Field(min_length=1, max_length=MOST_QUESTION, description="In English.")],
    ) -> Answer:
        """Answer a question from the graph, with evidence, or say why it cannot be answered."""
        found = await asyncio.to_thread(library.ask, question)
        found["evidence"] = found["evidence"][:_MOST_SENTENCES]
        return Answer.model_validate(found)

    @server.tool(title="Trace chains", annotations=_READS)
    async def chains(
        start: End = "",
        end: End = "",
        max_hops: Annotated[int, Field(ge=1, le=8)] = 4,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
    ) -> Chains:
        """Trace how one thing leads to another over the claims of several papers."""
        if not (start or end):
            raise ToolError("give a start, an end, or both; either may be a class such as dopant")
        try:
            found = await asyncio.to_thread(library.chains, start, end, max_hops=max_hops, limit=limit)
        except UnknownNameError as error:
            raise ToolError(str(error)) from None
        return Chains.model_validate({"chains": found})

    @server.tool(title="List gaps", annotations=_READS)
    async def gaps(kind: GapKind, limit: Annotated[int, Field(ge=1, le=100)] = 10) -> Gaps:
        """List what nobody has tried, what is contradictory, open, or rests on one paper."""
        found = await asyncio.to_thread(library.gaps, kind)
        return Gaps(kind=kind, count=len(found), gaps=found[:limit])

    @server.tool(title="Describe a thing", annotations=_READS)
    async def describe(name: Name) -> Things:
        """Tell everything the graph knows of the things of a name: classes, values, statements, belief."""
        found = await asyncio.to_thread(library.describe, name)
        if not found:
            raise ToolError(str(library.unknown_name(name)))
        return Things(things=found)

    @server.tool(title="Run a SPARQL query", annotations=_READS)
    async def sparql(
        query: Annotated[
            str,
            Field(min_length=1, description="SPARQL 1.1, read-only; prefixes such as lg: are known."),
        ],
    ) -> QueryAnswer:
        """Run a query over the graph, within limits of time, memory and rows."""
        try:
            result = await pool.run(QueryRequest(query, accept="text/csv, text/turtle"))
        except QueryError as error:
            raise ToolError(str(error)) from None
        text = result.body.decode()
        complete = not result.cut and len(text) <= _MOST_TEXT
        if len(text) > _MOST_TEXT:
            text = text[: text.rindex("\n", 0, _MOST_TEXT) + 1]
        return QueryAnswer(media_type=result.media_type, text=text, complete=complete)

    @server.tool(title="Show the evidence of a claim", annotations=_READS)
    async def show_evidence(
        claim: Annotated[str, Field(max_length=40, description="The id of a claim, as other tools give it.")],
    ) -> Shown:
        """Show what a claim says, the sentence it was read from, and whom the sentence cites."""
        found = await asyncio.to_thread(library.claim, claim)
        if found is None:
            raise ToolError(f"no claim has the id {claim!r}; ids are in what the other tools return")
        return Shown(
            text=claim_text(found),
            evidence=Sentence.model_validate(claim_to_json(found)),
            row=claim_to_row(found),
        )

    return server
