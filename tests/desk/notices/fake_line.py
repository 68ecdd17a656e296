"""LINE's Messaging API on this machine: HTTPS, bearer token, retry keys, a quota, answers by script.

``answers`` are used up one by one: a status, (status, headers), "slow" (accepts, but answers too late) or
"lost" (accepts, hangs up). ``pushed`` holds what really reached people.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "line.example.com"
TOKEN = "token-that-must-not-be-seen"
SECRET = "channel-secret"


def sign(body: bytes, secret: str = SECRET) -> str:
    """What stands in X-Line-Signature."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


class FakeLine:
    """The server; ``seen`` are all tries (retry key, body), ``pushed`` the accepted ones (to, text)."""

    def __init__(self, certificate: Path, quota: int = 10_000) -> None:
        self.seen: list[tuple[str, dict[str, Any]]] = []
        self.pushed: list[tuple[str, str]] = []
        self.keys: set[str] = set()
        self.answers: list[Any] = []
        self.quota = quota
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = outer.answer(self.path, self.headers, body)
                if answer == "slow":
                    time.sleep(1.5)
                    return
                if answer == "lost":
                    return
                status, headers = answer if isinstance(answer, tuple) else (answer, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Quiet."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: object) -> None:
                """A client that hangs up is what some tests want."""

        self.server = Quiet(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()

    def answer(self, path: str, headers: Any, body: bytes) -> Any:
        """What LINE would say; the script may say otherwise."""
        with self.lock:
            told, key = json.loads(body), headers.get("X-Line-Retry-Key", "")
            self.seen.append((key, told))
            if refusal := self._refusal(path, headers, key):
                return refusal
            scripted = self.answers.pop(0) if self.answers else 200
            if key in self.keys:
                return 409
            if scripted not in (200, "slow", "lost"):
                return scripted
            if len(self.pushed) >= self.quota:
                return 429
            self.keys.add(key)
            self.pushed.append((told["to"], told["messages"][0]["text"]))
            return scripted

    @staticmethod
    def _refusal(path: str, headers: Any, key: str) -> int | None:
        """What LINE refuses at once: a strange address, another token, a retry key that is no UUID."""
        if path != "/v2/bot/message/push":
            return 404
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401
        try:
            uuid.UUID(key)
        except ValueError:
            return 400
        return None

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
