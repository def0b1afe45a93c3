"""Those who take part: processes that stay, and what is said to them.

Each reads the setting as its first line, then a task a line, and answers each with a line. All lines are JSON:

    {"do": "versions"}                             {"versions": ["authress 0.2.0"]}
    {"do": "whose", "token": TOKEN}                {"subject": "sc_orders"}, or null for a token that is refused
    {"do": "may", "permission": "read"}            {"allowed": true}
    {"do": "make_token"}                           {"token": TOKEN}
    {"do": "work", "work": "verify", "times": 9}   {"took": NANOSECONDS}, and the "median" of those 9 where each was measured

The setting is what the server prints when it starts: `benches/src/bin/peer/setting.rs`.
"""

import json
import os
import select
import subprocess
from contextlib import ExitStack, contextmanager

SECONDS = 120


class Participant:
    """A process that answers lines with lines. It ends when its input does."""

    def __init__(self, title, command):
        self.title = title
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def tell(self, line):
        self.process.stdin.write(json.dumps(line).encode() + b"\n")
        self.process.stdin.flush()

    def line(self):
        ready, _, _ = select.select([self.process.stdout], [], [], SECONDS)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            raise SystemExit(f"{self.title}: no answer")
        return json.loads(line)

    def ask(self, task, **details):
        self.tell({"do": task, **details})
        return self.line()


def environment():
    """Without proxies, since the server is on this machine."""
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


@contextmanager
def started(programs):
    """The setting, and all who take part, by name."""
    with ExitStack() as stack:
        peer = programs["rust"].take_part[0]
        setting = stack.enter_context(Participant("the server", [peer, "serve"])).line()
        taking_part = {}
        for name, program in programs.items():
            taking_part[name] = stack.enter_context(Participant(program.title, program.take_part))
            taking_part[name].tell(setting)
        yield setting, taking_part


def check(setting, taking_part):
    """Everybody answers right before anybody is measured."""
    for participant in taking_part.values():
        # By this SDK, which allows for clocks that differ: one that rounds up makes tokens of the next second.
        made = participant.ask("make_token")["token"]
        expect(participant, taking_part["rust"].ask("whose", token=made), {"subject": setting["subject"]})
    for participant in taking_part.values():
        expect(participant, participant.ask("whose", token=setting["token"]), {"subject": setting["subject"]})
        expect(participant, participant.ask("whose", token=setting["forged"]), {"subject": None})
        expect(participant, participant.ask("may", permission="read"), {"allowed": True})
        expect(participant, participant.ask("may", permission="write"), {"allowed": False})


def expect(participant, answer, right):
    if answer != right:
        raise SystemExit(f"{participant.title}: {answer}, which should be {right}")
