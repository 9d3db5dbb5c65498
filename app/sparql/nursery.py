"""The process that workers are forked from: ``python -m app.sparql.nursery``.

It has loaded everything that a worker needs and has opened no store, so that a new worker takes a third of
the time of a new program. Its standard input is a socket on which lines of JSON come: the settings of a
worker, together with the descriptor of the socket that it is to answer at; or the number of a worker that is
ending, whose exit code is sent back. A worker's number stays its own until then.
"""

from __future__ import annotations

import gc
import json
import os
import select
import socket
import sys
from typing import Any, NoReturn

from app.sparql.sandbox import confine, die_with_parent
from app.sparql.worker import answer_requests

_CHUNK, _MOST_DESCRIPTORS = 65536, 64
#: Seconds between two looks at workers that are ending: one with much memory takes a while.
_LOOK = 0.005


def main() -> None:
    """Make and bury workers until the other end of the socket is closed."""
    confine()
    # What is loaded now is never garbage: were it looked at, each worker would get a copy of its own.
    gc.freeze()
    orders = socket.socket(fileno=sys.stdin.fileno())
    text, descriptors, ending = b"", list[int](), set[int]()
    while True:
        if select.select([orders], [], [], _LOOK if ending else None)[0]:
            chunk, received, _, _ = socket.recv_fds(orders, _CHUNK, _MOST_DESCRIPTORS)
            if not chunk:
                return
            descriptors += received
            *lines, text = (text + chunk).split(b"\n")
            for order in map(json.loads, lines):
                if "ended" in order:
                    ending.add(order["ended"])
                    continue
                descriptor = descriptors.pop(0)
                if os.fork() == 0:
                    _work(descriptor, descriptors, order)
                os.close(descriptor)
        for pid in tuple(ending):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                ending.remove(pid)
                code = os.waitstatus_to_exitcode(status)
                orders.sendall(json.dumps({"ended": pid, "code": code}).encode() + b"\n")


def _work(descriptor: int, foreign: list[int], settings: dict[str, Any]) -> NoReturn:
    code = 1
    try:
        die_with_parent()
        os.dup2(sys.stdout.fileno(), sys.stdin.fileno())
        for each in foreign:
            os.close(each)
        with socket.socket(fileno=descriptor) as channel:
            answer_requests(channel.makefile("rb"), channel.makefile("wb"), settings)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
