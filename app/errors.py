"""What a person did or gave wrongly, as opposed to a fault of the program."""

from __future__ import annotations

from app.sources import SourceError
from app.sparql.guard import QueryError
from extract.llm import LanguageModelError
from extract.readers.source import ReadError
from kg.claims_file import ClaimsFileError
from kg.curation import CurationError
from kg.export import ExportError
from kg.store import StoreError
from kg.watches import WatchError
from ontology.modules import OntologyError
from queries.charts import ChartError
from queries.gaps import DayError, DimensionError, EvaluationError

#: Errors whose message says what is wrong, where and what to do: shown without a traceback.
USER_ERRORS = (
    SourceError,
    QueryError,
    ReadError,
    LanguageModelError,
    ClaimsFileError,
    CurationError,
    ExportError,
    StoreError,
    WatchError,
    OntologyError,
    ChartError,
    DayError,
    DimensionError,
    EvaluationError,
    OSError,
)
