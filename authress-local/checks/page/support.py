"""The program and the browser, as the checks use them."""

import json
import os
import re
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Server:
    """The program, on a port of its own."""

    def __init__(self, program: str):
        self.process = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True)
        greeting = ""
        while "Bearer" not in greeting:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("the program ended before it listened")
            greeting += line
        self.url = re.search(r"http://\S+", greeting).group()
        self.alice = re.search(r"Bearer ([\w.-]+)", greeting).group(1)

    def ask(self, method: str, path: str, body=None, **headers: str):
        """Sends a request; its status, and its body as JSON."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json", **headers}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            status, text = answer.code, answer.read()
        return status, json.loads(text or "null")

    def state(self):
        return self.ask("GET", "/_local/state")[1]

    def put_state(self, state):
        status, problem = self.ask("PUT", "/_local/state", state)
        assert status == 204, problem

    def allows(self, user: str, resource: str, permission: str) -> bool:
        query = urllib.parse.urlencode({"userId": user, "resourceUri": resource, "permission": permission})
        return self.ask("GET", f"/_local/explain?{query}")[1]["allowed"]

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Browser:
    """A browser that complains of what pages must not do: errors, and requests to elsewhere."""

    def __init__(self, chromium, url: str, out: Path):
        self.chromium, self.url, self.out = chromium, url, out
        self.complaints = []

    @contextmanager
    def page(self, query: str = "", width: int = 1280, height: int = 1000, scheme: str = "light", before=None):
        context = self.chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        page = context.new_page()
        page.set_default_timeout(5000)
        note = self.complaints.append
        page.on("console", lambda it: note(f"console: {it.text}") if it.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("request", lambda it: note(f"elsewhere: {it.url}") if not self._is_own(it.url) else None)
        if before:
            before(page)
        page.goto(f"{self.url}/_local{query}")
        page.locator("#connection", has_text="live").wait_for()
        page.locator(".tree summary").first.wait_for()
        try:
            yield page
        finally:
            context.close()

    def _is_own(self, url: str) -> bool:
        return url.startswith((self.url + "/", "data:"))

    def shoot(self, page: Page, name: str) -> Image.Image:
        picture = page.screenshot(path=self.out / f"{name}.png")
        return Image.open(BytesIO(picture)).convert("RGB")


@contextmanager
def started(program: str, out: Path):
    """The program and a browser with nothing in its profile; both are stopped at the end."""
    server = Server(program)
    try:
        with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=os.environ["CHROMIUM"], args=ARGUMENTS, env={**os.environ, "HOME": home}
            )
            try:
                yield server, Browser(chromium, server.url, out)
            finally:
                chromium.close()
    finally:
        server.stop()
