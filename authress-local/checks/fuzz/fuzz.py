"""Sends requests that schemathesis makes from a description to a running server, and judges the answers by the description. `run` starts it.

Schemathesis makes parts: paths, queries, headers and bodies, some that fit the description and some that break it. Making one takes as long as many
requests do, so the parts are put together anew for each request. Half of the ids in paths that fit are those of things that are there.
"""

import argparse
import collections
import itertools
import random
import re
import sys
import time
import urllib.parse

import hypothesis
import requests
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, CHECKS
from schemathesis.core import NOT_SET
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation

# Most cases of each kind that schemathesis makes for an operation: for one with a body fewer, since a body with many resources takes seconds.
CASES = 150
CASES_WITH_BODY = 30

# Ids that the server takes in paths as models have them; the description has narrower rules for paths, or none.
IDS = {"userId": ("User", "userId"), "groupId": ("Group", "groupId")}

# What any operation may answer to a request that breaks the description or has no good token. Operations do not list it.
REFUSALS = {
    "400": "The request breaks the description.",
    "401": "The token is not good.",
    "413": "The body is too large.",
    "415": "The body is no JSON.",
}

# Why a request is refused with 400 that fits the description: conditions that are none of a JSON schema, or that it leaves out. By the titles.
# Operations that list 400 themselves say so.
CONDITIONS = re.compile(
    "|".join([
        r"request.query.cursor is none that was given out",
        r"request.headers.If-Unmodified-Since is no date",
        r"request.body.*(users and groups|users or groups)",
        r"request.body.*: must be an absolute URL",
        r"request.(body|query).*: must be made of at most 15 segments",
        r"request.body.resourceId: must be one segment",
        r"request.body.expiryTime: ",
        r"request.body.*publicKey.*Ed25519",
        r"request.body: must have either jwt or issuer",
        r"request.body.jwt: is no JWT",
        r"request.body.userId: is missing",
        r"request.body.\w+ is another than that of the path",
        r"The service client has 5 access keys already",
    ])
)

# Answers to requests that fit the description: done, or not, because of who asks or of what is there.
ANSWERS_TO_FITTING = ["2xx", "401", "403", "404", "409", "412", "413", "422"]

# Answers to requests that break it.
ANSWERS_TO_BREAKING = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422"]

CHECKED = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
]

STATEMENT = {"roles": ["ro_fuzz"], "resources": [{"resourceUri": "documents/1"}]}

# By path parameter: where things with such an id are listed and made, the names of the list and of the id, and the body of a new one.
THINGS = {
    "recordId": ("/v1/records", "records", "recordId", {"name": "n", "users": [{"userId": "bob"}], "statements": [STATEMENT]}),
    "requestId": ("/v1/requests", "records", "requestId", {"access": {"users": [{"userId": "bob"}], "statements": [STATEMENT]}}),
    "roleId": ("/v1/roles", "roles", "roleId", {"name": "n", "permissions": []}),
    "groupId": ("/v1/groups", "groups", "groupId", {"name": "n", "users": [{"userId": "bob"}], "admins": [{"userId": "bob"}]}),
    "inviteId": ("/v1/invites", None, "inviteId", {"statements": [STATEMENT]}),
    "clientId": ("/v1/clients", "clients", "clientId", {"name": "n"}),
    "tenantId": ("/v1/tenants", "tenants", "tenantId", {"connection": {}}),
    "connectionId": ("/v1/connections", "connections", "connectionId", {"type": "OIDC", "authenticationUrl": "https://login.example.com", "clientId": "c", "clientSecret": "s"}),
    "applicationId": ("/v1/applications", "applications", "applicationId", {"name": "n", "redirectUrls": []}),
    "extensionId": ("/v1/extensions", "extensions", "extensionId", {"name": "n", "extensionUrl": "https://extension.example.com"}),
    "accountId": ("/v1/accounts", "accounts", "accountId", None),
    "userId": (None, None, None, ["bob", "carol"]),
    "resourceUri": (None, None, None, ["documents/1", "documents/*", "documents", "*"]),
    "permission": (None, None, None, ["documents:read", "*"]),
}

# Neither is taken from the caller: without it nothing more could be asked.
KEPT = {"rec_fuzz_caller", "alice"}


class Server:
    """The server under test, and the ids of what is there."""

    def __init__(self, url, token):
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.headers = {"Authorization": f"Bearer {token}"}
        self.ids = {}

    def learn(self, parameters):
        """Learns the ids of what is there, and makes something where there is little."""
        for name in parameters:
            path, members, member, body = THINGS.get(name, (None, None, None, []))
            if path is None:
                self.ids[name] = body
                continue
            found = []
            if members is not None:
                listed = self.session.get(self.url + path, headers=self.headers)
                things = listed.json().get(members, []) if listed.ok else []
                # The only account is no list.
                things = [things] if isinstance(things, dict) else things
                found = [thing[member] for thing in things if member in thing]
            while len(found) < 3 and body is not None:
                made = self.session.post(self.url + path, json=body, headers=self.headers)
                if not made.ok or not made.content:
                    break
                found.append(made.json()[member])
            # Bodies take ids of groups that paths do not.
            self.ids[name] = [id for id in found if id not in KEPT and (name != "groupId" or id.startswith("grp_"))]


def loaded(path):
    """The description, to which refusals are added that every operation shares."""

    @schemathesis.hook
    def before_load_schema(context, raw_schema):
        models = raw_schema["components"]["schemas"]
        for path_item in raw_schema["paths"].values():
            for method, operation in path_item.items():
                if method in ("get", "put", "post", "patch", "delete"):
                    answers = operation["responses"]
                    operation["x-may-refuse"] = "400" in answers
                    for status, text in REFUSALS.items():
                        answers.setdefault(status, {"description": text})
                    for parameter in operation.get("parameters", []):
                        if parameter["in"] == "path" and parameter["name"] in IDS:
                            model, field = IDS[parameter["name"]]
                            rules = models[model]["properties"][field]
                            parameter["schema"] = {key: value for key, value in rules.items() if key != "description"}

    schema = schemathesis.openapi.from_path(path)
    # Bad tokens are no part of this: every request has the good one.
    schema.config.generation.with_security_parameters = False
    schema.config.checks.positive_data_acceptance.expected_statuses = ANSWERS_TO_FITTING
    schema.config.checks.negative_data_rejection.expected_statuses = ANSWERS_TO_BREAKING
    return [found.ok() for found in schema.get_all_operations()]


def cases(operation, mode, count, seed):
    """Cases of an operation that fit the description, or break it; fewer where there are no more."""
    made = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def keep(case):
        made.append(case)

    try:
        keep()
    except hypothesis.errors.Unsatisfiable:
        # An operation without parameters and body has nothing that could break the description.
        pass
    # Some that are to break it do not.
    return [case for case in made if mode == GenerationMode.POSITIVE or breaks(case)]


def breaks(case):
    return any(component.mode == GenerationMode.NEGATIVE for component in case.meta.components.values())


def mode_of(case, location):
    component = case.meta.components.get(location)
    return component.mode if component else GenerationMode.POSITIVE


def put_together(operation, case, fitting, ids, chance):
    """The case, where the parts that fit the description may come from another case or name what is there."""

    def part(location, name):
        other = case
        if fitting and mode_of(case, location) == GenerationMode.POSITIVE:
            other = chance.choice([case, chance.choice(fitting)])
        return getattr(other, name), other

    path, _ = part(ParameterLocation.PATH, "path_parameters")
    query, _ = part(ParameterLocation.QUERY, "query")
    headers, _ = part(ParameterLocation.HEADER, "headers")
    body, of = part(ParameterLocation.BODY, "body")
    if path and mode_of(case, ParameterLocation.PATH) == GenerationMode.POSITIVE:
        path = {
            name: urllib.parse.quote(chance.choice(ids[name]), safe="") if ids.get(name) and chance.random() < 0.5 else value
            for name, value in path.items()
        }
    return operation.Case(
        path_parameters=path,
        query=query,
        headers=headers,
        body=body,
        media_type=of.media_type if body is not NOT_SET else None,
        _meta=case.meta,
    )


def fuzz(operation, server, count, seed, checks, failures):
    """Sends `count` requests to an operation; how many were answered with which status."""
    chance = random.Random(seed)
    most = CASES_WITH_BODY if list(operation.body) else CASES
    wanted = min(most, max(4, count // 2))
    may_refuse = operation.definition.raw["x-may-refuse"]
    fitting = cases(operation, GenerationMode.POSITIVE, wanted, seed)
    breaking = cases(operation, GenerationMode.NEGATIVE, wanted, seed)
    every = fitting + breaking
    chance.shuffle(every)
    statuses = collections.Counter()
    parameters = [parameter.name for parameter in operation.path_parameters]
    for number, case in enumerate(itertools.islice(itertools.cycle(every), count)):
        if number % 100 == 0:
            server.learn(parameters)
        case = put_together(operation, case, fitting, server.ids, chance)
        try:
            response = case.call(base_url=server.url, session=server.session, headers=server.headers, timeout=20)
            statuses[response.status_code] += 1
            case.validate_response(response, checks=checks)
        except FailureGroup as group:
            for failure in group.exceptions:
                refused = failure.title == "Schema-valid request rejected" and response.status_code == 400
                if refused and (may_refuse or CONDITIONS.search(response.text)):
                    continue
                failures.setdefault((operation.label, failure.title, response.status_code), []).append(str(group))
        except requests.RequestException as error:
            failures.setdefault((operation.label, "No answer", 0), []).append(f"{error}\n{case.as_curl_command()}")
    return statuses


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("description")
    arguments.add_argument("url")
    arguments.add_argument("token")
    arguments.add_argument("count", type=int)
    arguments.add_argument("seed", type=int)
    arguments.add_argument("operations", nargs="*", help="only these, by their operationId")
    arguments = arguments.parse_args()

    load_all_checks()
    checks = [CHECKS.get_one(name) for name in CHECKED]
    server = Server(arguments.url, arguments.token)
    failures = {}
    total = collections.Counter()
    sent = 0
    began = time.monotonic()
    operations = loaded(arguments.description)
    for operation in operations:
        if arguments.operations and operation.definition.raw["operationId"] not in arguments.operations:
            continue
        start = time.monotonic()
        sent += 1
        statuses = fuzz(operation, server, arguments.count, arguments.seed, checks, failures)
        total += statuses
        answers = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
        print(f"{time.monotonic() - start:6.1f} s  {operation.label:<70} {answers}", flush=True)

    for (label, title, status), reports in sorted(failures.items()):
        print(f"\n-- {label}: {title}, answered with {status}; {len(reports)} times, first:\n{reports[0]}")
    seconds = time.monotonic() - began
    print(f"\n{total.total()} requests to {sent} operations in {seconds:.0f} s, {len(failures)} kinds of failures")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
