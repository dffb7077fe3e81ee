"""What a run does when it is told to stop."""

from __future__ import annotations

import signal


def hear_signals() -> None:
    """Let SIGTERM, or the closing of the terminal, end the run as an error does.

    So its temporary pictures are removed. A signal that whoever began the run had ignored stays so:
    a run under ``nohup`` goes on when the terminal closes.
    """
    for polite in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(polite) != signal.SIG_IGN:
            signal.signal(polite, _terminated)


def _terminated(*_: object) -> None:
    raise SystemExit(128 + signal.SIGTERM)
