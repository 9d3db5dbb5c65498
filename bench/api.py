"""Whether API and SPARQL endpoint stand up to what their description allows, and to what it does not.

    python -m bench.api [--store DIR] [--examples 30]

Runs schemathesis, which must be installed (``pip install schemathesis``, in an environment of its own if need
be), against a server over a copy of the store, with the token: requests are made up for every operation of
the OpenAPI description. No answer may be a 5xx other than one that the description has, and each must have
a status, a media type and a shape that are described there. The last line is ``operations=… failures=…``.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from pathlib import Path

from bench.serving import demo_store, started, wait_until_ready

_TOKEN = "a token for the time of the measurement"
_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--examples", type=int, default=30)
    options = parser.parse_args()
    tool = shutil.which("schemathesis")
    if tool is None:
        raise SystemExit("there is no schemathesis on the PATH; install it with `pip install schemathesis`")
    with tempfile.TemporaryDirectory() as folder:
        # Verdicts and papers are written, so that it must be a store of its own.
        store = Path(folder) / "demo.db"
        if options.store:
            shutil.copytree(options.store, store)
        else:
            demo_store(Path(folder))
        token = Path(folder) / "token"
        token.write_text(_TOKEN, "utf-8")
        with started(store, "--rate", "0", "--token-file", str(token)) as server:
            wait_until_ready(server.url)
            _run(tool, server.url, examples=options.examples)


def _run(tool: str, url: str, *, examples: int) -> None:
    with urllib.request.urlopen(f"{url}/openapi.json") as answer:
        description = json.load(answer)
    operations = sum(len(methods) for methods in description["paths"].values())
    done = subprocess.run(
        [
            *(tool, "run", f"{url}/openapi.json", "--checks", ",".join(_CHECKS), "--seed", "1"),
            *("--phases", "examples,coverage,fuzzing", "--max-examples", str(examples)),
            *("--header", f"Authorization: Bearer {_TOKEN}", "--continue-on-failure", "--no-color"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    tested = re.search(r"Tested: (\d+)", done.stdout)
    failures = re.search(r"(\d+) (?:unique )?failures?", done.stdout)
    print(
        f"operations={operations} tested={tested[1] if tested else 0} "
        f"failures={failures[1] if failures else 0} exit={done.returncode}"
    )


if __name__ == "__main__":
    main()
