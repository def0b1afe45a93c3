//! Seeds of the local server that are good, whatever bytes they are made of: each choice is a byte.

use std::collections::BTreeMap;

use authress_local::bench::BenchEngine;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use crate::{ACCOUNT, CLIENT, STRANGER};

/// Most items of a list.
const MOST: usize = 3;
/// Names that are used often, so that one list speaks of another, and texts that YAML could take for something else.
const TEXTS: [&str; 20] = [
    "alice",
    "bob",
    "sc_1",
    "team",
    "reader",
    "yes",
    "~",
    "1e3",
    "- a",
    "a: b",
    "#",
    " ",
    "\n",
    "a\n\nb ",
    "\t",
    "\0",
    "\u{85}\u{2028}",
    "\u{feff}\u{fffe}\u{ffff}",
    "\"\\",
    "ü\u{1f600}",
];
/// Resources, each in its plain form: no other has the same name.
const RESOURCES: [&str; 10] = [
    "documents",
    "documents/1",
    "documents/1/pages",
    "documents/*/pages",
    "folders",
    "ns:a",
    "ns:*",
    "*",
    "*/*",
    "a b/~",
];
const ACTIONS: [&str; 6] = ["read", "documents:read", "documents:*", "*", "READ", "write"];
const TIMES: [&str; 4] = [
    "2026-01-02T03:04:05Z",
    "1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "2023-11-14T22:13:20.123Z",
];

/// A seed as JSON, and an engine that was told the same.
pub struct Made {
    pub seed: Value,
    pub engine: BenchEngine,
}

impl Made {
    pub fn of(bytes: &[u8]) -> Self {
        let mut choices = Choices(bytes);
        let mut engine = BenchEngine::default();
        let mut seed = Map::new();
        for (list, make) in LISTS {
            let items = choices.named(list, *make);
            for (id, item) in &items {
                tell(&mut engine, list, id, item);
            }
            if !items.is_empty() {
                seed.insert((*list).to_owned(), items.into_values().collect());
            }
        }
        // A user is in a tenant that there is, under the one name of the user.
        let tenants = seed
            .get("tenants")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let users: Map<String, Value> = tenants
            .iter()
            .filter_map(|tenant| Some((tenant["tenantId"].as_str()?.to_owned(), json!(["alice", "sc_1"]))))
            .filter(|_| choices.yes())
            .collect();
        if !users.is_empty() {
            seed.insert("tenantUsers".to_owned(), users.into());
        }
        let disabled: Map<String, Value> = choices
            .list(|choices| (choices.id(), json!({ choices.id(): choices.of(&TIMES) })))
            .into_iter()
            .collect();
        if !disabled.is_empty() {
            seed.insert("disabledTokens".to_owned(), disabled.into());
        }
        let identities = choices.list(|choices| (choices.id(), choices.maybe_text()));
        let identities: BTreeMap<String, Option<String>> = identities.into_iter().collect();
        if !identities.is_empty() {
            let identity = |(audience, expression): (String, Option<String>)| {
                let mut identity = json!({"issuer": "https://issuer.example", "audience": audience});
                set(&mut identity, "userIdExpression", expression);
                identity
            };
            seed.insert("identities".to_owned(), identities.into_iter().map(identity).collect());
        }
        Self {
            seed: seed.into(),
            engine,
        }
    }
}

/// How an item of a list is made; its id is given to it.
type Make = fn(&mut Choices<'_>) -> Value;

/// The lists whose items have an id, in the order in which the server reads them.
const LISTS: &[(&str, Make)] = &[
    ("roles", role),
    ("groups", group),
    ("records", record),
    ("clients", client),
    ("resources", resource),
    ("requests", request),
    ("invites", invite),
    ("users", user),
    ("connections", connection),
    ("applications", application),
    ("tenants", tenant),
    ("extensions", extension),
];

/// The member of the items of a list that is their id.
pub fn id_of(list: &str) -> &'static str {
    match list {
        "roles" => "roleId",
        "groups" => "groupId",
        "records" => "recordId",
        "clients" => "clientId",
        "resources" => "resourceUri",
        "requests" => "requestId",
        "invites" => "inviteId",
        "users" => "userId",
        "connections" => "connectionId",
        "applications" => "applicationId",
        "tenants" => "tenantId",
        "extensions" => "extensionId",
        // Of those that are made here, each has an audience of its own.
        "identities" => "audience",
        other => panic!("{other} has no ids"),
    }
}

fn role(choices: &mut Choices<'_>) -> Value {
    let permission = |choices: &mut Choices<'_>| {
        let [allow, grant, delegate] = [(); 3].map(|()| choices.yes());
        json!({"action": choices.of(&ACTIONS), "allow": allow, "grant": grant, "delegate": delegate})
    };
    let mut role = json!({"name": choices.text(), "permissions": choices.list(permission)});
    set(&mut role, "description", choices.maybe_text());
    role
}

fn group(choices: &mut Choices<'_>) -> Value {
    let mut group = json!({"name": choices.text(), "users": users(choices), "admins": users(choices)});
    set(&mut group, "lastUpdated", choices.maybe_time());
    set(&mut group, "tags", choices.maybe_tags());
    group
}

fn record(choices: &mut Choices<'_>) -> Value {
    let by_statement = choices.yes();
    let mut record =
        json!({"name": choices.text(), "statements": choices.list(|choices| statement(choices, by_statement))});
    if !by_statement {
        record["users"] = users(choices);
        record["groups"] = groups(choices);
    }
    set(&mut record, "lastUpdated", choices.maybe_time());
    set(&mut record, "description", choices.maybe_text());
    set(&mut record, "tags", choices.maybe_tags());
    let status = ["ACTIVE", "DELETED"];
    set(&mut record, "status", choices.yes().then(|| choices.of(&status)));
    record
}

/// A statement, with users and groups where the record has none.
fn statement(choices: &mut Choices<'_>, with_users: bool) -> Value {
    let resource = |choices: &mut Choices<'_>| json!({"resourceUri": choices.of(&RESOURCES)});
    let mut statement = json!({"roles": choices.list(Choices::id), "resources": choices.list(resource)});
    if with_users {
        statement["users"] = users(choices);
        statement["groups"] = groups(choices);
    }
    statement
}

fn client(choices: &mut Choices<'_>) -> Value {
    let key = |choices: &mut Choices<'_>| {
        // As X.509 has a key of Ed25519 (RFC 8410 section 4).
        const BEFORE: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
        let pair = [&ACCOUNT, &CLIENT, &STRANGER][choices.below(3)];
        let x = URL_SAFE_NO_PAD.decode(pair.jwk("")["x"].as_str().unwrap()).unwrap();
        let key = STANDARD.encode([&BEFORE[..], &x].concat());
        json!({"keyId": choices.text(), "publicKey": key, "generationDate": choices.of(&TIMES)})
    };
    let mut client = json!({"verificationKeys": choices.list(key)});
    set(&mut client, "name", choices.maybe_text());
    set(&mut client, "createdTime", choices.maybe_time());
    if choices.yes() {
        let [all, tokens] = [(); 2].map(|()| choices.yes());
        client["options"] = json!({"grantUserPermissionsAccess": all, "grantTokenGeneration": tokens});
    }
    if choices.yes() {
        client["rateLimits"] = json!([{"duration": choices.of(&["PT1H", "P1D"]), "quota": choices.below(256)}]);
    }
    client
}

fn resource(choices: &mut Choices<'_>) -> Value {
    let permission = |choices: &mut Choices<'_>| {
        let allow = choices.yes();
        json!({"action": choices.of(&["PUBLIC", "CLAIM", "LATER"]), "allow": allow})
    };
    json!({"permissions": choices.list(permission)})
}

fn request(choices: &mut Choices<'_>) -> Value {
    let by_statement = choices.yes();
    let statements = choices.list(|choices| statement(choices, by_statement));
    let users = if by_statement { json!([]) } else { users(choices) };
    let access = json!({"users": users, "statements": statements});
    let mut request = json!({"createdBy": choices.text(), "access": access});
    let status = ["OPEN", "APPROVED", "DENIED", "DELETED"];
    set(&mut request, "status", choices.yes().then(|| choices.of(&status)));
    set(&mut request, "lastUpdated", choices.maybe_time());
    set(&mut request, "tags", choices.maybe_tags());
    request
}

fn invite(choices: &mut Choices<'_>) -> Value {
    let statements = choices.list(|choices| statement(choices, false));
    let mut invite = json!({"statements": statements, "expiryTime": choices.of(&TIMES), "createdBy": choices.text()});
    set(&mut invite, "tenantId", choices.maybe_text());
    set(&mut invite, "linkedUserId", choices.maybe_text());
    set(&mut invite, "conflictResolutionStrategy", choices.maybe_text());
    invite
}

fn user(choices: &mut Choices<'_>) -> Value {
    let mut user = json!({"linkedIdentities": []});
    for name in ["name", "picture", "email"] {
        set(&mut user, name, choices.maybe_text());
    }
    if choices.yes() {
        let claims: Map<String, Value> = choices
            .list(|choices| (choices.text(), choices.claim()))
            .into_iter()
            .collect();
        user["tokenConfiguration"] = json!({"defaultClaims": {"defaultAccessTokenClaims": claims}});
    }
    user
}

fn connection(choices: &mut Choices<'_>) -> Value {
    let mut connection = json!({});
    for name in ["type", "authenticationUrl", "tokenUrl", "clientId", "clientSecret"] {
        set(&mut connection, name, choices.maybe_text());
    }
    set(&mut connection, "createdTime", choices.maybe_time());
    connection
}

fn application(choices: &mut Choices<'_>) -> Value {
    let mut application = json!({"redirectUrls": choices.list(Choices::text)});
    set(&mut application, "name", choices.maybe_text());
    set(&mut application, "sessionType", choices.maybe_text());
    set(&mut application, "lastUpdated", choices.maybe_time());
    application
}

fn tenant(choices: &mut Choices<'_>) -> Value {
    let mut tenant = json!({"domains": choices.list(|choices| json!({"domain": choices.text()}))});
    set(&mut tenant, "tenantLookupIdentifier", choices.maybe_text());
    set(&mut tenant, "createdTime", choices.maybe_time());
    if choices.yes() {
        tenant["data"] = json!({"name": choices.text()});
        tenant["connection"] = json!({"connectionId": choices.id()});
    }
    tenant
}

fn extension(choices: &mut Choices<'_>) -> Value {
    let mut extension = json!({"application": {"applicationId": choices.id()}, "client": {"clientId": choices.id()}});
    set(&mut extension, "name", choices.maybe_text());
    set(&mut extension, "tags", choices.maybe_tags());
    extension
}

fn users(choices: &mut Choices<'_>) -> Value {
    let user = |choices: &mut Choices<'_>| {
        // A service client has two names.
        let id = choices.id();
        let id = if choices.below(8) == 7 {
            format!("Authress:ServiceClients/{id}")
        } else {
            id
        };
        json!({"userId": id})
    };
    choices.list(user).into()
}

fn groups(choices: &mut Choices<'_>) -> Value {
    choices.list(|choices| json!({"groupId": choices.id()})).into()
}

fn set(object: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        object[name] = value.into();
    }
}

/// Tells the engine what an item of a seed means for decisions.
fn tell(engine: &mut BenchEngine, list: &str, id: &str, item: &Value) {
    let each = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let texts = |list: &Value, name: &str| -> Vec<String> {
        let text = |item: &Value| {
            item.get(name)
                .unwrap_or(item)
                .as_str()
                .expect("it is a text")
                .to_owned()
        };
        each(list).iter().map(text).collect()
    };
    match list {
        "roles" => {
            let permissions = each(&item["permissions"]);
            let is = |permission: &Value, right: &str| permission[right] == true;
            let rights: Vec<(&str, [bool; 3])> = permissions
                .iter()
                .map(|it| {
                    (
                        it["action"].as_str().unwrap(),
                        ["allow", "grant", "delegate"].map(|right| is(it, right)),
                    )
                })
                .collect();
            engine.put_role_with_rights(id, &rights);
        }
        "groups" => engine.put_group(id, texts(&item["users"], "userId")),
        "records" if item["status"] != "DELETED" => {
            let all = |statement: &Value, list: &str, id: &str| {
                [texts(&item[list], id), texts(&statement[list], id)].concat()
            };
            let statements = each(&item["statements"]).into_iter().map(|statement| {
                [
                    all(&statement, "users", "userId"),
                    all(&statement, "groups", "groupId"),
                    texts(&statement["roles"], ""),
                    texts(&statement["resources"], "resourceUri"),
                ]
            });
            engine.put_statements(id, statements);
        }
        "resources" => {
            let is_public = |it: &Value| it["action"] == "PUBLIC" && it["allow"] == true;
            engine.set_public(id, each(&item["permissions"]).iter().any(is_public));
        }
        _ => {}
    }
}

/// Bytes as choices; when they have come to their end, all others are the first of what there is.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn next(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    fn below(&mut self, count: usize) -> usize {
        usize::from(self.next()) % count
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }

    fn list<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(MOST + 1)).map(|_| make(self)).collect()
    }

    /// Items of a list by their ids, of which each is there once.
    fn named(&mut self, list: &str, make: Make) -> BTreeMap<String, Value> {
        let item = |choices: &mut Self| {
            let id = match list {
                "resources" => choices.of(&RESOURCES).to_owned(),
                _ => choices.id(),
            };
            let mut item = make(choices);
            item[id_of(list)] = id.clone().into();
            (id, item)
        };
        self.list(item).into_iter().collect()
    }

    /// A text of those above, or of the bytes themselves.
    fn text(&mut self) -> String {
        let number = usize::from(self.next());
        let Some(length) = number.checked_sub(TEXTS.len()) else {
            return TEXTS[number].to_owned();
        };
        let (text, rest) = self.0.split_at((length % 16).min(self.0.len()));
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    /// A text that is not empty. None of those above is an id of the server's own, and what is made of bytes gets a mark that those have not.
    fn id(&mut self) -> String {
        let text = self.text();
        if TEXTS.contains(&&*text) {
            text
        } else {
            format!("{text}'")
        }
    }

    fn maybe_text(&mut self) -> Option<String> {
        self.yes().then(|| self.text())
    }

    fn maybe_time(&mut self) -> Option<&'static str> {
        self.yes().then(|| self.of(&TIMES))
    }

    fn maybe_tags(&mut self) -> Option<Map<String, Value>> {
        self.yes().then(|| {
            self.list(|choices| (choices.text(), choices.text().into()))
                .into_iter()
                .collect()
        })
    }

    /// A value of a claim that a program may have set.
    fn claim(&mut self) -> Value {
        match self.below(8) {
            0 => Value::Null,
            1 => self.yes().into(),
            2 => i64::from_le_bytes([(); 8].map(|()| self.next())).into(),
            3 => f64::from_le_bytes([(); 8].map(|()| self.next())).into(),
            4 => u64::MAX.into(),
            5 => json!([self.text(), {}, []]),
            6 => json!({self.text(): {self.text(): []}}),
            _ => self.text().into(),
        }
    }
}
