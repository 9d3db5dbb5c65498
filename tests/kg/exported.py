"""A graph written out, in memory."""

import io

import pyoxigraph as ox

from kg.export import export


def exported(store: ox.Store, form: str) -> bytes:
    output = io.BytesIO()
    export(store, form, output)
    return output.getvalue()
