"""Is the ontology OWL 2 DL? OWLAPI's own profile checker says so; owlready2 ships it inside HermiT's archive.

JPype calls it in a process of its own, since a Java machine cannot be ended within the process that began it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import owlready2
import rdflib

from ontology.axioms import load_graph
from ontology.reasoner import need_java


class JPypeMissingError(RuntimeError):
    """The profile checker is called through JPype, which is not installed."""


def dl_violations(
    files: Iterable[Path] | None = None, *, more: rdflib.Graph | None = None
) -> tuple[str, ...]:
    """What keeps the ontology (or the given modules) from being OWL 2 DL, one line each.

    Raises ontology.reasoner.JavaMissingError without Java, JPypeMissingError without JPype.
    """
    need_java("the checker of OWL profiles")
    if find_spec("jpype") is None:
        raise JPypeMissingError(
            "the checker of OWL profiles is called through JPype, which is not installed; "
            "install it with: pip install jpype1"
        )
    graph = load_graph(files)
    if more is not None:
        graph += more
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ontology.rdf"
        graph.serialize(path, format="xml")
        command = [sys.executable, "-m", "ontology.profile", str(path)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"the checker of OWL profiles could not read the ontology:\n{run.stderr[-2000:]}")
    return tuple(run.stdout.splitlines())


def _check(path: Path) -> Iterable[str]:
    """The violations in a file of RDF/XML, in the words of OWLAPI."""
    import jpype  # noqa: PLC0415  (needed by whoever checks profiles, and by nobody else)

    archive = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    jpype.startJVM(classpath=[str(archive)], convertStrings=True)
    owlapi = jpype.JPackage("org").semanticweb.owlapi
    manager = owlapi.apibinding.OWLManager.createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(jpype.java.io.File(str(path)))
    report = owlapi.profiles.OWL2DLProfile().checkOntology(ontology)
    return sorted({" ".join(str(violation).split()) for violation in report.getViolations()})


if __name__ == "__main__":
    sys.stdout.writelines(f"{violation}\n" for violation in _check(Path(sys.argv[1])))
