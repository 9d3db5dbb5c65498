"""What a worker may not do: open sockets, outlive its parent, write files, take much memory.

The operating system holds it to this, so that a fault in a parser or in a check of ours lifts no limit.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES, _FILTER_CALLS = 1, 38, 22  # prctl(2)
_FILTER_MODE = 2
#: Machine → its audit architecture and the number of the system call ``socket`` (seccomp(2)).
_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # the call fails with EACCES


def confine() -> bool:
    """Close this process and its children in; returns whether the system could also forbid them the network.

    It can on Linux only. Each child still has to ``die_with_parent``.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    die_with_parent()
    if sys.platform != "linux":
        return False
    call = ctypes.CDLL(None, use_errno=True).prctl
    if platform.machine() not in _SOCKET_CALL or call(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    steps = _filter(*_SOCKET_CALL[platform.machine()])
    code = ctypes.create_string_buffer(b"".join(steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    return bool(call(_FILTER_CALLS, _FILTER_MODE, program, 0, 0) == 0)


def die_with_parent() -> None:
    """End this process as soon as its parent ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def limit_memory(extra: int) -> None:
    """Let this process take so many bytes beyond what it holds now.

    The limit is on private data: the address space that the store reserves varies by hundreds of megabytes
    from run to run, what it writes to does not.
    """
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmData"))
        held = int(line.split()[1]) * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (held + extra, held + extra))


def _filter(architecture: int, socket: int) -> list[bytes]:
    """The Berkeley packet filter that lets every system call pass but the one that makes sockets."""
    return [
        _step(_LOAD, value=4),
        _step(_JUMP_IF_EQUAL, value=architecture, if_true=1),
        _step(_RETURN, value=_DENY),
        _step(_LOAD, value=0),
        _step(_JUMP_IF_EQUAL, value=socket, if_false=1),
        _step(_RETURN, value=_DENY),
        _step(_RETURN, value=_ALLOW),
    ]


def _step(code: int, *, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
