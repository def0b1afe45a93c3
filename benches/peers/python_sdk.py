"""The Python SDK as one of those who take part, used as its documentation shows. `run` starts it.

    python python_sdk.py take-part
    python python_sdk.py decide URL ACCESS_KEY

What is said and answered is described in `participants.py`.
"""

import json
import sys
import time

from authress import ApiException, AuthressClient, ServiceClientTokenProvider

CALLERS = 64


class Sdk:
    def __init__(self, setting):
        self.url = setting["url"]
        self.access_key = setting["access_key"]
        self.the_token = setting["token"]
        self.client = AuthressClient(authress_api_url=self.url, service_client_access_key=self.access_key)
        self.threads = None

    def versions(self):
        import platform
        from importlib.metadata import version

        versions = [f"{name} {version(name)}" for name in ("authress", "PyJWT", "cryptography", "urllib3")]
        return {"versions": [*versions, f"python {platform.python_version()}"]}

    def whose(self, token):
        try:
            return {"subject": self.client.verify_token(token)["sub"]}
        except Exception as error:
            # How a token is refused.
            if error.args[:1] == ("Unauthorized",):
                return {"subject": None}
            raise

    def may(self, permission):
        try:
            self.client.user_permissions.authorize_user("user-1", "documents/42", permission)
            return {"allowed": True}
        except ApiException as error:
            if error.status == 404:
                return {"allowed": False}
            raise

    def made(self):
        """A token by a provider that is made for it."""
        return ServiceClientTokenProvider(self.access_key, self.url).get_client_token()

    def make_token(self):
        return {"token": self.made()}

    def ask(self):
        self.client.user_permissions.authorize_user("user-1", "documents/42", "read")

    def ask_at_once(self, times):
        def caller(_):
            for _ in range(times):
                self.ask()

        # What a caller raises is raised again here.
        list(self.threads.map(caller, range(CALLERS)))

    def work(self, work, times):
        if work == "verify":
            return whole(times, lambda: self.client.verify_token(self.the_token))
        if work == "cached":
            return whole(times, self.client.get_client_token)
        if work == "made":
            return whole(times, self.made)
        if work == "check":
            return each(times, self.ask)
        if work == "at_once":
            if self.threads is None:
                from concurrent.futures import ThreadPoolExecutor

                self.threads = ThreadPoolExecutor(CALLERS)
            return whole(1, lambda: self.ask_at_once(times))
        raise ValueError(f"there is no work named {work}")


def whole(times, work):
    """What so many repetitions took: for work that is not much longer than a look at the clock."""
    begun = time.perf_counter_ns()
    for _ in range(times):
        work()
    return {"took": time.perf_counter_ns() - begun}


def each(times, work):
    """What so many repetitions took, and the median of them."""
    single = []
    begun = last = time.perf_counter_ns()
    for _ in range(times):
        work()
        now = time.perf_counter_ns()
        single.append(now - last)
        last = now
    return {"took": time.perf_counter_ns() - begun, "median": sorted(single)[times // 2]}


def take_part():
    sdk = Sdk(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps(getattr(sdk, task.pop("do"))(**task)), flush=True)


def decide(url, access_key):
    """What a process does that lives for one decision."""
    client = AuthressClient(authress_api_url=url, service_client_access_key=access_key)
    client.user_permissions.authorize_user("user-1", "documents/42", "read")
    print("true", flush=True)


if sys.argv[1] == "decide":
    decide(*sys.argv[2:])
else:
    take_part()
