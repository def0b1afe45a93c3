"""What the page of the local server must do, in a real browser. Each check is named after what it shows."""

import json
import sys
import time
import traceback
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Error, Page, expect

from support import Browser, Server, started

# The colours of the banner, as in style.css.
DENIED, ALLOWED = (0xFD, 0xE6, 0xE3), (0xDF, 0xF3, 0xE5)
DARK_DENIED, DARK_ALLOWED = (0x3B, 0x19, 0x17), (0x12, 0x30, 0x1F)


def role(role_id, *actions):
    permissions = [{"action": action, "allow": True, "grant": False, "delegate": False} for action in actions]
    return {"roleId": role_id, "name": role_id, "permissions": permissions}


def record(record_id, user, role_id, resource, **more):
    statement = {"roles": [role_id], "resources": [{"resourceUri": resource}]}
    return {"recordId": record_id, "name": record_id, "users": [{"userId": user}], "statements": [statement], **more}


STATE = {
    "roles": [role("reader", "documents:read"), role("editor", "documents:*")],
    "groups": [{"groupId": "team", "name": "Team", "users": [{"userId": "carol"}], "admins": [{"userId": "alice"}]}],
    "records": [
        record("handbook", "alice", "reader", "documents/handbook"),
        record("former", "dave", "editor", "documents", status="DELETED"),
    ],
}


def question(page: Page, user: str, resource: str, permission: str):
    page.get_by_label("User", exact=True).fill(user)
    page.get_by_label("Resource", exact=True).fill(resource)
    page.get_by_label("Permission", exact=True).fill(permission)
    page.get_by_role("button", name="Ask", exact=True).click()


def colour_of_banner(browser: Browser, page: Page, name: str):
    """The one colour of the banner where it has neither text nor button: a line along its upper edge."""
    picture = browser.shoot(page, name)
    box = page.locator("#banner").bounding_box()
    places = [(box["x"] + box["width"] * part / 10, box["y"] + 8) for part in range(1, 10)]
    colours = {picture.getpixel((int(x), int(y))) for x, y in places}
    assert len(colours) == 1, colours
    return colours.pop()


def a_denial_is_explained_a_grant_made_and_the_same_question_allowed(server: Server, browser: Browser):
    for scheme, denied, allowed in [("light", DENIED, ALLOWED), ("dark", DARK_DENIED, DARK_ALLOWED)]:
        server.put_state(STATE)
        with browser.page(scheme=scheme) as page:
            question(page, "alice", "documents/42", "documents:read")
            expect(page.locator("#verdict")).to_have_text("Denied")
            expect(page.locator("#sentence")).to_have_text("alice may not documents:read on documents/42")
            expect(page.locator("#why")).to_contain_text(server.ask("GET", page.url.replace(
                server.url + "/_local", "/_local/explain"))[1]["text"].splitlines()[0][10:])
            assert colour_of_banner(browser, page, f"denied-{scheme}") == denied
            assert not server.allows("alice", "documents/42", "documents:read")

            page.get_by_role("button", name="Give alice documents:read on documents/42").click()
            expect(page.locator("#verdict")).to_have_text("Allowed")
            expect(page.locator("#sentence")).to_have_text("alice may documents:read on documents/42")
            assert colour_of_banner(browser, page, f"allowed-{scheme}") == allowed
            assert server.allows("alice", "documents/42", "documents:read")
            assert not server.allows("alice", "documents/4", "documents:read")

            steps = page.get_by_role("list", name="What decides it")
            given = server.state()["records"][-1]["recordId"]
            expect(steps).to_contain_text("documents/42")
            steps.get_by_role("button", name=given).click()
            expect(page.locator(".tree .found > summary")).to_be_focused()
            expect(page.locator(".tree .found > summary")).to_contain_text(given)


def a_denial_shows_what_comes_close_and_what_would_have_to_be_different(server: Server, browser: Browser):
    state = {
        "roles": [*STATE["roles"], {**role("lender"), "permissions": [
            {"action": "documents:write", "allow": False, "grant": True, "delegate": False}]}],
        "groups": STATE["groups"],
        "records": [
            record("reads", "alice", "reader", "documents/1"),
            record("lends", "alice", "lender", "documents/1"),
            record("names-nothing", "alice", "no-role", "documents/1"),
            record("elsewhere", "alice", "editor", "documents/2"),
            record("former", "alice", "editor", "documents/1", status="DELETED"),
            {**record("of-the-team", "", "editor", "documents"), "users": [], "groups": [{"groupId": "team"}]},
        ],
    }
    server.put_state(state)
    query = "?userId=alice&resourceUri=documents/1&permission=documents:write"
    with browser.page(query, height=1500) as page:
        expect(page.locator("#verdict")).to_have_text("Denied")
        expected = {
            "There is no role no-role; it would have to be made, and to allow this.": "no-role",
            "The role lender lets others be given this; it would have to allow it too.": "documents:write",
            "The role reader would have to allow documents:write.": "documents:read",
            "The record former is deleted; it would have to be active.": "former",
            "alice would have to be in the group team.": "team",
            "The statement would have to name documents/1, or something above it.": "documents/2",
        }
        misses = page.locator(".miss")
        expect(misses).to_have_count(len(expected))
        for different, wrong in expected.items():
            steps = misses.filter(has_text=different).locator("li.wrong")
            expect(steps).to_have_count(1)
            expect(steps.locator("code, .chip")).to_have_text(wrong)
        browser.shoot(page, "near-misses")
        # What is wrong leads to where it can be put right.
        misses.get_by_role("button", name="team", exact=True).click()
        expect(page.locator(".tree .found > summary")).to_contain_text("Team")
        misses.get_by_role("button", name="no-role").click()
        expect(page.locator("#tree")).to_contain_text("names-nothing")
        expect(page.get_by_label("Filter records, roles, groups and clients")).to_be_focused()


def what_is_public_is_allowed_by_its_configuration(server: Server, browser: Browser):
    public = {"resourceUri": "documents/open", "permissions": [{"action": "PUBLIC", "allow": True}]}
    server.put_state({**STATE, "resources": [public]})
    with browser.page("?userId=anybody&resourceUri=documents/open/1&permission=documents:read") as page:
        expect(page.locator("#verdict")).to_have_text("Allowed")
        expect(page.get_by_role("list", name="What decides it")).to_contain_text("PUBLIC")
        expect(page.get_by_role("list", name="What decides it")).to_contain_text("documents/open")


def the_keyboard_suffices(server: Server, browser: Browser):
    server.put_state(STATE)
    with browser.page() as page:
        press = page.keyboard.press
        expect(page.get_by_label("User", exact=True)).to_be_focused()
        for text in ["bob", "documents/7", "documents:read"]:
            page.keyboard.type(text)
            press("Tab")
        expect(page.get_by_role("button", name="Ask", exact=True)).to_be_focused()
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown == "solid", f"the focus cannot be seen: {shown}"
        press("Enter")
        expect(page.locator("#verdict")).to_have_text("Denied")
        press("Tab")
        expect(page.locator("#give")).to_be_focused()
        press("Enter")
        expect(page.locator("#verdict")).to_have_text("Allowed")
        expect(page.locator("#banner")).to_be_focused()
        assert server.allows("bob", "documents/7", "documents:read")
        browser.shoot(page, "keyboard")
        # Enter within a field asks as well.
        page.get_by_label("User", exact=True).focus()
        page.keyboard.type("by")
        press("Enter")
        expect(page.locator("#sentence")).to_contain_text("by may not")


def a_link_asks_its_question_and_the_way_back_asks_the_one_before(server: Server, browser: Browser):
    server.put_state(STATE)
    query = "?userId=alice&resourceUri=documents%2Fhandbook%2F1&permission=documents%3Aread"
    with browser.page(query) as page:
        expect(page.locator("#verdict")).to_have_text("Allowed")
        expect(page.get_by_label("Resource", exact=True)).to_have_value("documents/handbook/1")
        question(page, "carol", "documents/handbook/1", "documents:read")
        expect(page.locator("#verdict")).to_have_text("Denied")
        assert "userId=carol" in page.url
        page.go_back()
        expect(page.locator("#verdict")).to_have_text("Allowed")
        expect(page.get_by_label("User", exact=True)).to_have_value("alice")


def the_state_is_a_tree_that_marks_what_is_deleted_and_takes_names_up(server: Server, browser: Browser):
    server.put_state(STATE)
    with browser.page() as page:
        tree = page.locator("#tree")
        expect(tree.locator("summary", has_text="former")).to_contain_text("deleted")
        expect(tree.locator("summary", has_text="handbook")).not_to_contain_text("deleted")
        tree.locator("summary", has_text="handbook").click()
        tree.get_by_role("button", name="documents/handbook").click()
        expect(page.get_by_label("Resource", exact=True)).to_have_value("documents/handbook")
        page.get_by_label("Filter records, roles, groups and clients").fill("TEAM")
        expect(tree.locator(".items > li")).to_have_count(1)
        expect(tree).to_contain_text("0 of 2")


def names_are_shown_as_text_whatever_they_say(server: Server, browser: Browser):
    bad = "<img src=x onerror=\"window.bad = 1\"><script>window.bad = 1</script>"
    state = {
        "roles": [{**role("reader", "documents:read"), "name": bad}],
        "groups": [{"groupId": "team", "name": bad, "users": [{"userId": bad}], "admins": [{"userId": bad}]}],
        "records": [{**record("bad", bad, "reader", "documents/" + bad.replace("/", "")), "name": bad}],
    }
    server.put_state(state)
    path = urlencoded(f"/v1/users/{{}}/resources/{{}}/permissions/read", bad, bad.replace("/", ""))
    server.ask("GET", path, authorization=f"Bearer {server.alice}")
    query = urlencoded("?userId={}&resourceUri={}&permission=documents%3Aread", bad, "documents/" + bad.replace("/", ""))
    with browser.page(query) as page:
        expect(page.locator("#verdict")).to_have_text("Allowed")
        for summary in page.locator(".tree .items > li > details > summary").all():
            summary.click()
        expect(page.locator("#tree")).to_contain_text(bad)
        expect(page.locator("#sentence")).to_contain_text(bad)
        expect(page.locator("#requests tr").first).to_be_visible()
        browser.shoot(page, "names")
        assert page.evaluate("[window.bad, document.images.length, document.scripts.length]") == [None, 0, 1]


def urlencoded(form: str, *values: str) -> str:
    return form.format(*(quote(value, safe="") for value in values))


def what_is_wrong_in_the_text_is_selected_and_nothing_is_changed(server: Server, browser: Browser):
    server.put_state(STATE)
    before = server.state()
    with browser.page() as page:
        text = page.get_by_label("The state as JSON")
        message = page.locator("#edit-message")
        good = text.input_value()
        selected = "() => { const t = document.getElementById('text'); return t.value.slice(t.selectionStart, t.selectionEnd) }"
        for broken, said, expected in [
            (good.replace('"name": "Team",', '"name": "Team"'), "Line ", '"lastUpdated"'),
            (good.replace('"name": "Team"', '"name": 7'), "groups[0].name: ", "7"),
            (good.replace('"roleId": "reader"', '"roleId": "editor"'), "roles[1].roleId: editor is there already", '"editor"'),
        ]:
            text.fill(broken)
            text.press("Control+Enter")
            expect(message).to_have_class("message wrong")
            expect(message).to_contain_text(said)
            assert (found := page.evaluate(selected)) == expected, f"{said}: {found}"
            assert server.state() == before
        browser.shoot(page, "wrong")
        page.get_by_role("button", name="Reset").click()
        expect(text).to_have_value(good)
        expect(page.get_by_role("button", name="Apply")).to_be_disabled()


def an_edit_changes_the_answer_and_none_is_lost(server: Server, browser: Browser):
    server.put_state(STATE)
    with browser.page("?userId=carol&resourceUri=documents/handbook&permission=documents:read") as page:
        text, message = page.get_by_label("The state as JSON"), page.locator("#edit-message")
        expect(page.locator("#verdict")).to_have_text("Denied")
        text.fill(text.input_value().replace('"userId": "alice"\n        }\n      ],\n      "statements"',
                                             '"userId": "carol"\n        }\n      ],\n      "statements"').replace(
            '"userId": "alice"', '"userId": "carol"'))
        # Somebody else is faster.
        server.ask("POST", "/_local/grant", {"userId": "erin", "resourceUri": "x", "permission": "read"})
        page.get_by_role("button", name="Apply").click()
        expect(message).to_contain_text("changed meanwhile")
        assert server.allows("erin", "x", "read")
        page.get_by_role("button", name="Apply").click()
        expect(message).to_have_text("Applied.")
        expect(page.locator("#verdict")).to_have_text("Allowed")
        assert server.allows("carol", "documents/handbook", "documents:read")
        assert not server.allows("erin", "x", "read")


def requests_appear_while_one_looks_and_lead_to_their_question(server: Server, browser: Browser):
    server.put_state(STATE)
    with browser.page() as page:
        path = "/v1/users/alice/resources/documents%2Flive/permissions/documents%3Aread"
        assert server.ask("GET", path, authorization=f"Bearer {server.alice}")[0] == 404
        row = page.locator("#requests tr", has_text="documents∕live")
        expect(row).to_contain_text("denied")
        expect(row.locator(".status")).to_have_text("404")
        server.ask("GET", "/v1/roles")
        expect(page.locator("#requests tr").first).to_contain_text("getRoles")
        page.get_by_label("Filter requests").fill("LIVE")
        expect(page.locator("#requests tr")).to_have_count(1)
        row.get_by_role("link", name="why").click()
        expect(page.locator("#sentence")).to_have_text("alice may not documents:read on documents/live")


def nothing_is_clipped_on_a_phone(server: Server, browser: Browser):
    long = "arather_longnamewithoutaplacetobreak" * 3
    server.put_state({**STATE, "records": [*STATE["records"], record("long", long, "reader", f"{long}/{long}")]})
    path = urlencoded("/v1/users/{}/resources/{}/permissions/read", "alice", long)
    server.ask("GET", path, authorization=f"Bearer {server.alice}")
    # Steps of a path have their arrows beside them, within the path.
    wide = """() => [...document.querySelectorAll('body *')].filter((it) => {
        const box = it.getBoundingClientRect();
        if (box.width <= 1 || it.closest('.visually-hidden, thead, .skip, textarea, datalist')) return false;
        const isCut = it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0 && it.tagName !== 'INPUT'
            && getComputedStyle(it).display !== 'inline' && !it.matches('.path > li');
        return box.left < -0.5 || box.right > innerWidth + 0.5 || isCut;
    }).map((it) => it.outerHTML.slice(0, 120))"""
    for user, resource in [("alice", "documents/42"), ("alice", "documents/handbook"), (long, f"{long}/{long}/1")]:
        query = urlencoded("?userId={}&resourceUri={}&permission=documents%3Aread", user, resource)
        with browser.page(query, width=390, height=844) as page:
            expect(page.locator("#verdict")).to_have_text("Denied" if resource == "documents/42" else "Allowed")
            for summary in page.locator(".tree .items > li > details > summary").all():
                summary.click()
            page.locator("#requests tr").first.wait_for()
            assert not (found := page.evaluate(wide)), found
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.screenshot(path=browser.out / f"phone-{len(resource)}.png", full_page=True)


def all_text_can_be_read(server: Server, browser: Browser):
    """The contrast of text and its ground is at least 4.5 to 1 (WCAG 1.4.3)."""
    pale = """() => {
        const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((it) => (it /= 255) <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
            .reduce((sum, it, index) => sum + it * [0.2126, 0.7152, 0.0722][index], 0);
        const ground = (it) => {
            for (; it; it = it.parentElement) {
                const colour = numbers(getComputedStyle(it).backgroundColor);
                if (colour.length === 3) return colour;
            }
        };
        const hasText = (it) => [...it.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        return [...document.querySelectorAll('body *')].filter((it) => {
            if (!hasText(it) || !it.checkVisibility() || it.closest('noscript, :disabled, datalist')) return false;
            const [a, b] = [light(numbers(getComputedStyle(it).color)), light(ground(it))].sort((a, b) => b - a);
            return (a + 0.05) / (b + 0.05) < 4.5;
        }).map((it) => it.outerHTML.slice(0, 120));
    }"""
    server.put_state(STATE)
    server.ask("GET", "/v1/users/alice/resources/documents/permissions/x", authorization=f"Bearer {server.alice}")
    for scheme in ["light", "dark"]:
        for resource in ["documents/42", "documents/handbook"]:
            query = f"?userId=alice&resourceUri={resource}&permission=documents:read"
            with browser.page(query, scheme=scheme) as page:
                expect(page.locator("#verdict")).to_have_text("Denied" if resource == "documents/42" else "Allowed")
                page.locator("#requests tr").first.wait_for()
                page.locator(".tree summary", has_text="former").click()
                assert not (found := page.evaluate(pale)), found


def a_large_state_does_not_freeze_the_page(server: Server, browser: Browser):
    server.put_state(STATE)
    # Made within the page, since it is the page that is looked at, and watched for how long it stands still.
    prepare = """(([record, role]) => {
        const records = Array.from({ length: 100_000 }, (_, number) =>
            ({ ...record, recordId: `rec_${number}`, name: `rec_${number}`, users: [{ userId: `user-${number}` }] }));
        const body = JSON.stringify({ roles: [role], records });
        const real = window.fetch;
        window.fetch = (path, options) => path === '/_local/state' ? Promise.resolve(new Response(body)) : real(path, options);
        window.longest = 0;
        let last = performance.now();
        setInterval(() => {
            const now = performance.now();
            [window.longest, last] = [Math.max(window.longest, now - last), now];
        }, 10);
    })"""
    given = json.dumps([record("r", "u", "reader", "documents"), role("reader", "documents:read")])
    with browser.page(before=lambda page: page.add_init_script(f"{prepare}({given})")) as page:
        tree = page.locator("#tree")
        expect(tree).to_contain_text("showing 100 of 100,000")
        assert tree.locator("details").count() < 200
        expect(page.get_by_label("The state as JSON")).to_be_disabled()
        page.get_by_label("Filter records, roles, groups and clients").fill("user-99999")
        expect(tree).to_contain_text("1 of 100,000")
        browser.shoot(page, "large")
        pause = page.evaluate("window.longest")
        assert pause < 2000, f"the page stood still for {pause:.0f} ms"


CHECKS = [
    a_denial_is_explained_a_grant_made_and_the_same_question_allowed,
    a_denial_shows_what_comes_close_and_what_would_have_to_be_different,
    what_is_public_is_allowed_by_its_configuration,
    the_keyboard_suffices,
    a_link_asks_its_question_and_the_way_back_asks_the_one_before,
    the_state_is_a_tree_that_marks_what_is_deleted_and_takes_names_up,
    names_are_shown_as_text_whatever_they_say,
    what_is_wrong_in_the_text_is_selected_and_nothing_is_changed,
    an_edit_changes_the_answer_and_none_is_lost,
    requests_appear_while_one_looks_and_lead_to_their_question,
    nothing_is_clipped_on_a_phone,
    all_text_can_be_read,
    a_large_state_does_not_freeze_the_page,
]


def main(program: str, out: str):
    failed = 0
    with started(program, Path(out)) as (server, browser):
        for check in CHECKS:
            began, browser.complaints = time.monotonic(), []
            problem = None
            try:
                check(server, browser)
            except (AssertionError, Error) as error:
                problem = str(error) or "".join(traceback.format_tb(error.__traceback__)[1:])
            # An answer of 400 is what some checks are after; the browser reports it as an error.
            expected = check is what_is_wrong_in_the_text_is_selected_and_nothing_is_changed
            complaints = [it for it in browser.complaints if not (expected and "status of 400" in it)]
            problem = problem or "\n".join(complaints)
            failed += bool(problem)
            print(f"{'FAILED' if problem else 'ok'} {check.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
            if problem:
                print(problem, file=sys.stderr)
    raise SystemExit(f"{failed} of {len(CHECKS)} failed" if failed else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
