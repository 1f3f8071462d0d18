#!/usr/bin/env python3
"""Keeps go's build cache on a web server that takes PUT, such as nginx with WebDAV.

A helper of Go's GOCACHEPROG protocol (Go 1.24 or later); it needs Python 3.9 and nothing else.

usage: webdav-cache.py [--read-only] URL

URL is the folder on the server. User and password come from WEBDAV_CACHE_USER and WEBDAV_CACHE_PASSWORD. With --read-only
nothing is sent to the server. If the server cannot be reached, the build goes on without it.

Each action ID of go is a file: a line of JSON with the output ID (the SHA-256 of the body), and the body. The body is checked
against the output ID when it is read, so a damaged file is a miss. A false file with a true output ID is not found by that: see
docs/cache.md.
"""
import base64
import hashlib
import http.client
import json
import os
import ssl
import sys
import tempfile
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

LARGEST = 1 << 30
CONNECTIONS = 8


class Server:
    """The folder on the server. Each thread has a connection of its own, which stays open."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            sys.exit(f"webdav-cache: {url} is not the URL of a folder; an example is https://cache.example.com/go")
        self.host, self.port, self.scheme = parts.hostname, parts.port, parts.scheme
        self.path = parts.path.rstrip("/")
        self.headers = {"User-Agent": "webdav-cache"}
        user = os.environ.get("WEBDAV_CACHE_USER")
        if user:
            word = f"{user}:{os.environ.get('WEBDAV_CACHE_PASSWORD', '')}"
            self.headers["Authorization"] = "Basic " + base64.b64encode(word.encode()).decode()
        self.own = threading.local()
        self.lock = threading.Lock()
        self.failure = None

    def connection(self):
        if not hasattr(self.own, "connection"):
            if self.scheme == "https":
                context = ssl.create_default_context()
                self.own.connection = http.client.HTTPSConnection(self.host, self.port, timeout=60, context=context)
            else:
                self.own.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        return self.own.connection

    def ask(self, method, name, body=None):
        """The status and the body of the answer; None if the server failed. After the first failure it is not asked again."""
        if self.failure:
            return None
        place = f"{self.path}/{name[:2]}/{name}"
        for attempt in (1, 2):
            connection = self.connection()
            try:
                connection.request(method, place, body, self.headers)
                answer = connection.getresponse()
                content = answer.read(LARGEST + 1)
                if len(content) > LARGEST:
                    connection.close()
                    return None
                if answer.status in (200, 201, 204, 404):
                    return answer.status, content
                return self.fail(f"{method} {place}: {answer.status} {answer.reason}")
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                # The server may have closed a connection that was idle.
                if attempt == 2:
                    return self.fail(f"{self.host}: {error}")

    def fail(self, reason):
        with self.lock:
            if not self.failure:
                self.failure = reason
                print(f"webdav-cache: {reason}; building without the server", file=sys.stderr)


class Cache:
    def __init__(self, server, folder, reads_only):
        self.server, self.folder, self.reads_only = server, folder, reads_only

    def file(self, output_id, body):
        """The body as a local file, which go reads."""
        path = os.path.join(self.folder, output_id.hex())
        if not os.path.exists(path):
            handle, temporary = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            os.replace(temporary, path)
        return path

    def get(self, request):
        answer = self.server.ask("GET", base64.b64decode(request["ActionID"]).hex())
        if not answer or answer[0] != 200:
            return {"Miss": True}
        head, _, body = answer[1].partition(b"\n")
        try:
            facts = json.loads(head)
            output_id = bytes.fromhex(facts["outputID"])
        except (ValueError, KeyError, TypeError):
            return {"Miss": True}
        if hashlib.sha256(body).digest() != output_id:
            return {"Miss": True}
        return {
            "OutputID": base64.b64encode(output_id).decode(), "Size": len(body), "Time": facts.get("time"),
            "DiskPath": self.file(output_id, body),
        }

    def put(self, request, body):
        output_id = base64.b64decode(request["OutputID"])
        path = self.file(output_id, body)
        if not self.reads_only:
            facts = {"outputID": output_id.hex(), "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
            content = json.dumps(facts).encode() + b"\n" + body
            self.server.ask("PUT", base64.b64decode(request["ActionID"]).hex(), content)
        return {"DiskPath": path}


def serve(cache, source, sink):
    """Answers go until it asks to close. Requests are answered side by side, in any order."""
    lock = threading.Lock()

    def say(answer):
        with lock:
            sink.write(json.dumps(answer) + "\n")
            sink.flush()

    def work(request, body):
        try:
            answer = cache.get(request) if request["Command"] == "get" else cache.put(request, body)
        except (OSError, ValueError, KeyError) as error:
            answer = {"Err": str(error)}
        say({"ID": request["ID"], **answer})

    say({"ID": 0, "KnownCommands": ["get", "put", "close"]})
    # Bodies wait in memory until they are sent: no more of them than connections.
    free = threading.Semaphore(2 * CONNECTIONS)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        lines = (line for line in source if line.strip())
        for line in lines:
            request = json.loads(line)
            if request["Command"] == "close":
                pool.shutdown(wait=True)
                say({"ID": request["ID"]})
                return
            body = base64.b64decode(json.loads(next(lines))) if request.get("BodySize") else b""
            free.acquire()
            pool.submit(work, request, body).add_done_callback(lambda _: free.release())


def main():
    words = sys.argv[1:]
    reads_only = "--read-only" in words
    words = [word for word in words if word != "--read-only"]
    if len(words) != 1 or words[0].startswith("-"):
        sys.exit(__doc__.split("\n\n")[2])
    with tempfile.TemporaryDirectory(prefix="webdav-cache-") as folder:
        serve(Cache(Server(words[0]), folder, reads_only), sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
