"""Gives everybody turns at each piece of work, in an order that rotates from round to round."""

import statistics
import subprocess
import time
from dataclasses import dataclass
from functools import partial

from participants import environment

CALLERS = 64
# How long a turn takes, and for how long everybody works before it counts, in nanoseconds.
TURN = 40_000_000
WARM_UP = 1_000_000_000


@dataclass
class Row:
    """A line of the table. The samples of a column, one a round, are nanoseconds for each repetition or, in a rate, repetitions a second."""

    title: str
    bare: str
    samples: dict
    is_rate: bool = False

    def quartiles(self, column):
        return statistics.quantiles(self.samples[column], n=4, method="inclusive")

    def ratio(self, column):
        """To what this SDK took in the same round: the median of the rounds."""
        return statistics.median(one / ours for one, ours in zip(self.samples[column], self.samples["rust"]))


def everything(setting, programs, taking_part, rounds):
    """The rows, one after another."""
    rust = taking_part["rust"]

    def at(work, columns=taking_part, bare=None):
        """The turns of these columns, and that of the libraries below this SDK."""
        turns = {column: partial(taking_part[column].ask, "work", work=work) for column in columns}
        return {**turns, "bare": partial(rust.ask, "work", work=f"bare_{bare or work}")}

    samples = mean(in_turns(at("verify"), rounds))
    yield Row("verify a token, keys cached", "raw Ed25519 verify", samples)
    samples = mean(in_turns(at("cached"), rounds))
    yield Row("a service client's token, cached", "a look at the clock", samples)
    samples = mean(in_turns(at("made"), rounds))
    yield Row("a service client's token, made by a new provider", "raw Ed25519 sign", samples)
    samples = mean(in_turns(at("made_again", ["rust"], bare="made"), rounds))
    yield Row("a service client's token, made by a provider that is kept", "raw Ed25519 sign", samples)

    answers = in_turns(at("check"), rounds)
    yield Row("an authorization check, one at a time: p50", "reqwest", single(answers))
    yield Row("an authorization check, one at a time: mean", "reqwest", mean(answers))
    samples = rate(in_turns(at("at_once"), rounds))
    yield Row(f"authorization checks, {CALLERS} at once", "reqwest", samples, is_rate=True)

    asking = [setting["url"], setting["access_key"]]
    turns = {name: partial(start, [*program.decide, *asking]) for name, program in programs.items()}
    turns["bare"] = partial(start, [programs["rust"].take_part[0], "decide-bare", setting["url"]])
    yield Row("start of a process to its first decision", "reqwest", mean(in_turns(turns, rounds // 2, times=1)))
    turns = {name: partial(start, program.say) for name, program in programs.items()}
    yield Row("start of a process that only says something", "", mean(in_turns(turns, rounds // 2, times=1)))


def in_turns(turns, rounds, times=None):
    """What each answered in each round, by column. So many times a turn, or as often as a turn is long."""
    columns = list(turns)
    times = {column: times or warm(turns[column]) for column in columns}
    answers = {column: [] for column in columns}
    # The first round does not count: what was at rest while others warmed up opens its connections again.
    for number in range(rounds + 1):
        for place in range(len(columns)):
            column = columns[(number + place) % len(columns)]
            answer = {"times": times[column], **turns[column](times=times[column])}
            if number:
                answers[column].append(answer)
    return answers


def warm(turn):
    """Works for a while, and says how many repetitions are a turn then."""
    times, spent = 1, 0
    while True:
        took = turn(times=times)["took"]
        spent += took
        if spent >= WARM_UP:
            return max(1, round(times * TURN / took))
        if took < TURN:
            times *= 2


def start(command, times):
    """Starts a process, and waits for its first line."""
    assert times == 1
    begun = time.perf_counter_ns()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment()) as process:
        said = process.stdout.readline()
        took = time.perf_counter_ns() - begun
    if said.strip() != b"true" or process.returncode != 0:
        raise SystemExit(f"{' '.join(command[:3])}: {said!r}, which should be true")
    return {"took": took}


def mean(answers):
    return of_each(answers, lambda answer: answer["took"] / answer["times"])


def single(answers):
    return of_each(answers, lambda answer: answer["median"])


def rate(answers):
    return of_each(answers, lambda answer: CALLERS * answer["times"] * 1e9 / answer["took"])


def of_each(answers, value):
    return {column: [value(answer) for answer in rounds] for column, rounds in answers.items()}
