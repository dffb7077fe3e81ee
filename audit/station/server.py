"""The review page on the loopback, behind a token in its address, with the standard library.

Nothing of it is seen by other machines; another page of the same browser has no token, and its
requests name another host.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from audit.display.pages import script_data
from audit.station.sitting import Sitting
from schemas.disk import system_error
from schemas.errors import PipelineError

_LOOPBACK = "127.0.0.1"
_MOST_SENT = 32_000_000  # bytes
_FROM_DISK, _SERVED = "default-src 'none';", "default-src 'none'; connect-src 'self';"
_PLAIN = "text/plain; charset=utf-8"
_AWAY = "The review page is not there: a run is making it anew, or failed. Load it again later.\n"
_NOT_SERVED = '<script type="application/json" id="served">null</script>'
Check = Callable[[str, str, str, str], Mapping[str, Any]]  # table, row_id, column, typed value


@dataclass
class Station:
    """What is served: the review page of a document, its sitting, and what checks typed values."""

    page: Path
    sitting: Sitting
    check: Check
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _busy: Lock = field(default_factory=Lock)

    def html(self) -> bytes:
        """The page with what it needs to know of its server."""
        served = {"sitting": self.sitting.state(), "others": self.sitting.others()}
        text = self.page.read_text(encoding="utf-8").replace(_FROM_DISK, _SERVED, 1)
        told = _NOT_SERVED.replace("null", script_data(served))
        return text.replace(_NOT_SERVED, told, 1).encode()

    def answer(self, asked: str, sent: Any) -> Mapping[str, Any]:
        """What is answered to a request of the page; raises PipelineError, KeyError, TypeError."""
        with self._busy:  # one after the other: requests come in threads
            if asked == "check":
                texts = [str(sent[name]) for name in ("table", "row", "column", "value")]
                return self.check(texts[0], texts[1], texts[2], texts[3])
            self.sitting.save(list(sent["rows"]), dict(sent["sitting"]), list(sent["asked"]))
            return {}


@contextmanager
def serving(station: Station) -> Iterator[str]:
    """Serve a station while the block runs; the address of its page."""
    server = _Server((_LOOPBACK, 0), _Handler)
    server.station = station
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{_LOOPBACK}:{server.server_address[1]}/{station.token}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    station: Station
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Nothing: whoever asked has gone, and a trace on the terminal could hold a cell's text."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version, sys_version = "review", ""

    def do_GET(self) -> None:
        """The page, for those who have its address."""
        if self._asked() != "":
            self._reply(HTTPStatus.NOT_FOUND)
            return
        try:
            page = self.server.station.html()
        except (OSError, ValueError):
            self._reply(HTTPStatus.SERVICE_UNAVAILABLE, _AWAY.encode(), _PLAIN)
            return
        self._reply(HTTPStatus.OK, page, "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Decisions, or a value to be checked."""
        asked, length = self._asked(), self.headers.get("Content-Length", "")
        is_json = self.headers.get_content_type() == "application/json"
        if asked not in ("decisions", "check"):
            self._reply(HTTPStatus.NOT_FOUND)
        elif not is_json or not length.isdecimal() or int(length) > _MOST_SENT:
            self._reply(HTTPStatus.BAD_REQUEST)
        else:
            self._answer(asked, self.rfile.read(int(length)))

    def _answer(self, asked: str, content: bytes) -> None:
        try:
            found = self.server.station.answer(asked, json.loads(content))
        except PipelineError as error:
            self._reply(HTTPStatus.BAD_REQUEST, str(error).encode(), _PLAIN)
            return
        except OSError as error:
            told = str(system_error(error, "review"))
            self._reply(HTTPStatus.INTERNAL_SERVER_ERROR, told.encode(), _PLAIN)
            return
        except (ValueError, TypeError, KeyError, RecursionError):
            self._reply(HTTPStatus.BAD_REQUEST, b"the request is none", _PLAIN)
            return
        self._reply(HTTPStatus.OK, json.dumps(found).encode(), "application/json")

    def _asked(self) -> str | None:
        """What is asked for behind the token; None without it, or of another host's page."""
        own = f"{_LOOPBACK}:{self.server.server_address[1]}"
        token, slash, rest = self.path.removeprefix("/").partition("/")
        is_known = secrets.compare_digest(token.encode(), self.server.station.token.encode())
        origin = self.headers.get("Origin", f"http://{own}")
        is_own = self.headers.get("Host") == own and origin == f"http://{own}"
        return rest if is_known and slash and is_own else None

    def _reply(self, status: HTTPStatus, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: an address holds the token."""
