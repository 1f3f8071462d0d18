#!/usr/bin/env python3
"""A cache program for tests: go doc cmd/go/internal/cacheprog. It keeps objects in a folder, and misbehaves as it is told.

usage: folder-cache.py FOLDER [plain … | poison OLD NEW | die COUNT | hang COUNT | garbage COUNT | linger]

poison: objects with the text OLD are answered with NEW in its place, which has the same length.
die, hang, garbage: after COUNT answers. linger: does not end when it is asked to. Each start is a
line in the file CACHE_LOG.
"""
import base64
import hashlib
import json
import os
import sys
import time

folder, mode, words = sys.argv[1], (sys.argv[2:] or [""])[0], sys.argv[3:]
os.makedirs(folder, exist_ok=True)
with open(os.environ.get("CACHE_LOG", "/dev/null"), "a") as log:
    log.write(f"pid={os.getpid()} GOCACHE={os.environ.get('GOCACHE', '')} words={sys.argv[1:]}\n")
answers = 0


def say(answer):
    global answers
    answers += 1
    if words and words[0].isdigit() and answers > int(words[0]):
        if mode == "die":
            os._exit(3)
        if mode == "hang":
            time.sleep(3600)
        if mode == "garbage":
            sys.stdout.write("<html>502 Bad Gateway</html>\n")
    # Over several lines, as the decoder of go allows.
    sys.stdout.write(json.dumps(answer, indent=1) + "\n")
    sys.stdout.flush()


def changed(body):
    old, new = words[0].encode(), words[1].encode()
    assert len(old) == len(new)
    return body.replace(old, new)


def stored(body):
    output = hashlib.sha256(body).digest()
    path = os.path.join(folder, "o-" + output.hex())
    # go may have mapped the file into its memory.
    if not os.path.exists(path):
        with open(f"{path}-{os.getpid()}", "wb") as file:
            file.write(body)
        os.rename(file.name, path)
    return output, path


def answer(request, body):
    key = os.path.join(folder, "a-" + base64.b64decode(request.get("ActionID") or "").hex())
    if request["Command"] == "put":
        _, path = stored(body)
        with open(key, "w") as file:
            file.write(path)
        return {"DiskPath": path}
    if request["Command"] == "get":
        if not os.path.exists(key):
            return {"Miss": True}
        with open(open(key).read(), "rb") as file:
            body = file.read()
        output, path = stored(changed(body) if mode == "poison" else body)
        return {"OutputID": base64.b64encode(output).decode(), "Size": len(body), "DiskPath": path}
    return {}


say({"ID": 0, "KnownCommands": ["get", "put", "close"]})
lines = (line for line in sys.stdin if line.strip())
for line in lines:
    request = json.loads(line)
    body = base64.b64decode(json.loads(next(lines))) if request.get("BodySize") else b""
    say({"ID": request["ID"], **answer(request, body)})
if mode == "linger":
    # With a child, which holds the same standard error.
    os.fork()
    time.sleep(3600)
