"""Sends requests that schemathesis makes from a description to a running server, and judges the answers by the description. `run` starts it.

Schemathesis makes parts: paths, queries, headers and bodies, some that fit the description and some that break it. Making one takes as long as many
requests do, so the parts are put together anew for each request. Half of the ids in paths that fit are those of things that are there.

Schemathesis also says what a part is on the wire, once, and judges the answers. An answer is judged in full when it is the first of its kind to an
operation (its status and headers, and whether the request fits); of later ones only the body is, by the same validator, and in full again should
that find something. An accepted request that breaks the description is always judged in full.
"""

import argparse
import collections
import functools
import http.client
import itertools
import json
import random
import re
import sys
import time
import typing
import urllib.parse

import hypothesis
import requests
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, CHECKS
from schemathesis.core import NOT_SET
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.transport import Response

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
        r"request.body.defaultClaims.*: has more than \d+ bytes",
        r"request.body.*publicKey.*Ed25519",
        r"request.body: must have either jwt or issuer",
        r"request.body: the issuer must be a text without spaces",
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

CONNECTION = {"type": "OIDC", "authenticationUrl": "https://login.example.com", "clientId": "c", "clientSecret": "s"}

# By path parameter: where things with such an id are listed and made, the names of the list and of the id, and the body of a new one.
THINGS = {
    "recordId": ("/v1/records", "records", "recordId", {"name": "n", "users": [{"userId": "bob"}], "statements": [STATEMENT]}),
    "requestId": ("/v1/requests", "records", "requestId", {"access": {"users": [{"userId": "bob"}], "statements": [STATEMENT]}}),
    "roleId": ("/v1/roles", "roles", "roleId", {"name": "n", "permissions": []}),
    "groupId": ("/v1/groups", "groups", "groupId", {"name": "n", "users": [{"userId": "bob"}], "admins": [{"userId": "bob"}]}),
    "inviteId": ("/v1/invites", None, "inviteId", {"statements": [STATEMENT]}),
    "clientId": ("/v1/clients", "clients", "clientId", {"name": "n"}),
    "tenantId": ("/v1/tenants", "tenants", "tenantId", {"connection": {}}),
    "connectionId": ("/v1/connections", "connections", "connectionId", CONNECTION),
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
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=20)
        self.ids = {}

    def prepared(self, case):
        """The request that schemathesis makes of a case."""
        return requests.Request(**case.as_transport_kwargs(base_url=self.url, headers=self.headers)).prepare()

    def answer(self, method, target, headers, body):
        """The status, headers and content that a request is answered with."""
        try:
            return self.answer_now(method, target, headers, body)
        except ConnectionError:
            # A server may close a connection that is kept alive; a second time would be a fault.
            self.connection.close()
            return self.answer_now(method, target, headers, body)

    def answer_now(self, method, target, headers, body):
        try:
            self.connection.request(method, target, body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except Exception:
            self.connection.close()
            raise
        named = {}
        for name, value in answer.getheaders():
            named.setdefault(name.lower(), []).append(value)
        return answer.status, named, content

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


class Made(typing.NamedTuple):
    """A case that schemathesis made, and what its parts are on the wire."""

    case: schemathesis.Case
    path: str
    query: str
    headers: dict
    # Those that belong to the body.
    content_headers: dict
    body: bytes | None

    @classmethod
    def of(cls, case, server):
        prepared = server.prepared(case)
        path, _, query = prepared.path_url.partition("?")
        headers = {name.lower(): value for name, value in prepared.headers.items()}
        content = {name: headers.pop(name) for name in ("content-type", "content-length") if name in headers and name not in case.headers}
        body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body
        return cls(case, path, query, headers, content, body)


class Request:
    """A request made of a case, where the parts that fit the description may come from another case or name what is there."""

    def __init__(self, made, fitting, server, path_of, chance):
        def part(location):
            if fitting and mode_of(made.case, location) == GenerationMode.POSITIVE:
                return chance.choice([made, chance.choice(fitting)])
            return made

        path_from = part(ParameterLocation.PATH)
        self.query = part(ParameterLocation.QUERY)
        self.header = part(ParameterLocation.HEADER)
        self.body = part(ParameterLocation.BODY)
        self.case = made.case
        self.path, path = path_from.case.path_parameters, path_from.path
        if self.path and mode_of(made.case, ParameterLocation.PATH) == GenerationMode.POSITIVE:
            ids = server.ids
            self.path = {
                name: urllib.parse.quote(chance.choice(ids[name]), safe="") if ids.get(name) and chance.random() < 0.5 else value
                for name, value in self.path.items()
            }
            path = path_of(tuple(self.path.items()))
        self.target = f"{path}?{self.query.query}" if self.query.query else path
        self.headers = self.body.content_headers | self.header.headers

    def as_case(self):
        body = self.body.case
        return self.case.operation.Case(
            path_parameters=self.path,
            query=self.query.case.query,
            headers=self.header.case.headers,
            body=body.body,
            media_type=body.media_type if body.body is not NOT_SET else None,
            _meta=self.case.meta,
        )


class Judge:
    """Judges the answers of an operation."""

    def __init__(self, operation, server, checks, failures):
        self.operation = operation
        self.server = server
        self.checks = checks
        self.failures = failures
        self.may_refuse = operation.definition.raw["x-may-refuse"]
        # By all that the checks look at but the body: what validates the body of answers that are fine otherwise, if anything does.
        self.validators = {}

    def judge(self, request, status, headers, content):
        fits = request.case.meta.generation.mode == GenerationMode.POSITIVE
        definition = self.operation.responses.find_by_status_code(status)
        names = ["content-type", *(name.lower() for name, _ in definition.headers.items())] if definition else []
        kind = (fits, status, *(tuple(headers.get(name, [])) for name in names))
        # Whether the server may accept a request that breaks the description depends on the request.
        known = kind in self.validators and (fits or str(status) in ANSWERS_TO_BREAKING)
        if known and self.is_fine(self.validators[kind], content) and (not fits or status != 400 or self.may_be_refused(content)):
            return
        if self.finds_nothing(request, status, headers, content) and definition:
            resolved = definition.get_schema(headers.get("content-type", [None])[0])
            self.validators[kind] = definition.get_validator(resolved.media_type, resolved.schema) if resolved.schema is not None else None

    def is_fine(self, validator, content):
        try:
            return validator is None or validator.is_valid(json.loads(content))
        except ValueError:
            return False

    def may_be_refused(self, content):
        return self.may_refuse or CONDITIONS.search(content.decode(errors="replace"))

    def is_excused(self, title, request, status, content):
        if title == "Schema-valid request rejected":
            return status == 400 and self.may_be_refused(content)
        return title == "Schema-violating request accepted" and not self.breaks(request)

    def breaks(self, request):
        """Whether a request that is to break the description does. Schemathesis looks at paths as they are encoded, which `*` and a line feed are."""
        components = request.case.meta.components
        broken = {location for location, component in components.items() if component.mode == GenerationMode.NEGATIVE}
        if not broken <= {ParameterLocation.PATH, ParameterLocation.BODY}:
            return True
        parameters = self.operation.path_parameters
        if any(not parameter.is_valid(urllib.parse.unquote(request.path[parameter.name])) for parameter in parameters):
            return True
        if not request.body.body:
            return any(body.is_required for body in self.operation.body)
        try:
            return any(not body.is_valid(json.loads(request.body.body)) for body in self.operation.body)
        except ValueError:
            return True

    def finds_nothing(self, request, status, headers, content):
        """Has schemathesis judge an answer."""
        case = request.as_case()
        try:
            response = Response(status, headers, content, self.server.prepared(case), elapsed=0.0, verify=True, encoding="utf-8")
            case.validate_response(response, checks=self.checks)
        except FailureGroup as group:
            found = [failure for failure in group.exceptions if not self.is_excused(failure.title, request, status, content)]
            for failure in found:
                self.failures.setdefault((self.operation.label, failure.title, status), []).append(str(group))
            return not found
        return True


def fuzz(operation, server, count, seed, checks, failures):
    """Sends `count` requests to an operation; how many were answered with which status."""
    chance = random.Random(seed)
    most = CASES_WITH_BODY if list(operation.body) else CASES
    wanted = min(most, max(4, count // 2))
    fitting = [Made.of(case, server) for case in cases(operation, GenerationMode.POSITIVE, wanted, seed)]
    every = fitting + [Made.of(case, server) for case in cases(operation, GenerationMode.NEGATIVE, wanted, seed)]
    chance.shuffle(every)
    statuses = collections.Counter()
    parameters = [parameter.name for parameter in operation.path_parameters]
    judge = Judge(operation, server, checks, failures)

    @functools.cache
    def path_of(values):
        return server.prepared(operation.Case(path_parameters=dict(values))).path_url

    for number, made in enumerate(itertools.islice(itertools.cycle(every), count)):
        if number % 100 == 0:
            server.learn(parameters)
        request = Request(made, fitting, server, path_of, chance)
        try:
            status, headers, content = server.answer(made.case.method, request.target, request.headers, request.body.body)
        except (OSError, http.client.HTTPException) as error:
            failures.setdefault((operation.label, "No answer", 0), []).append(f"{error!r}\n{request.as_case().as_curl_command()}")
            continue
        statuses[status] += 1
        judge.judge(request, status, headers, content)
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
