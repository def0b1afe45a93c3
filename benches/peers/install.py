"""Makes the programs of those who take part: this SDK's is built, the others' SDKs are installed from their registries into a directory."""

import json
import pathlib
import shutil
import subprocess
import sys
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 600


@dataclass
class Program:
    """How somebody who takes part is started."""

    title: str
    take_part: list
    decide: list
    say: list


class Missing(Exception):
    """Why somebody does not take part."""


def all_of(directory):
    """The programs by name, this SDK's first; and why somebody is missing, by title."""
    programs, left_out = {"rust": rust()}, {}
    for name, title, make in (("javascript", "JavaScript", javascript), ("python", "Python", python)):
        try:
            programs[name] = make(pathlib.Path(directory, name))
        except Missing as reason:
            print(f"{title} is left out of every row: {reason}", flush=True)
            left_out[title] = reason
    return programs, left_out


def rust():
    command = ["cargo", "build", "--release", "--package", "benches", "--bin", "peer", "--message-format", "json"]
    built = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, check=True, text=True)
    executables = [json.loads(line).get("executable") for line in built.stdout.splitlines() if line.startswith("{")]
    peer = [executable for executable in executables if executable][-1]
    return Program("This SDK", [peer, "take-part"], [peer, "decide"], [peer, "say"])


def javascript(directory):
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Missing("there is no Node.js with npm")
    directory.mkdir()
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts"]
    run([npm, "install", *quiet, "--prefix", str(directory), "@authress/sdk@latest"])
    run([node, "-e", "require('@authress/sdk')"], cwd=directory)
    program = [node, str(HERE / "javascript.mjs"), str(directory)]
    return Program("JavaScript", [*program, "take-part"], [*program, "decide"], [node, "-e", "console.log(true)"])


def python(directory):
    run([sys.executable, "-m", "venv", str(directory)])
    interpreter = str(directory / "bin" / "python")
    run([interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "authress"])
    run([interpreter, "-c", "import authress"])
    program = [interpreter, str(HERE / "python_sdk.py")]
    return Program("Python", [*program, "take-part"], [*program, "decide"], [interpreter, "-c", "print('true')"])


def run(command, cwd=None):
    what = " ".join(command)
    try:
        done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"`{what}` failed: {error}") from error
    if done.returncode != 0:
        last = done.stdout.strip().splitlines()[-1:]
        raise Missing(f"`{what}` failed: {''.join(last)}")
