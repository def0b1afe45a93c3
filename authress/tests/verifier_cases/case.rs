//! One row: a token, the verifier and the service that it meets, and what must come of it.

use std::collections::HashMap;
use std::error::Error as _;
use std::time::Duration;

use authress::{Identity, TokenVerificationError, TokenVerificationReason, TokenVerifier};
use serde_json::{Value, json};

use crate::support::{ACCOUNT, CLIENT, DOMAIN, Memory, NOW, OTHER, TestClock, answer, jwk};
use crate::tokens;

/// Where the keys of an issuer are, from the issuer on.
const JWKS: &str = "/.well-known/openid-configuration/jwks";
/// How long a piece of a token has to be for its sight to be told from chance, in bytes.
const PIECE: usize = 12;

/// One rule.
pub(crate) struct Case {
    pub(crate) rule: &'static str,
    token: String,
    expected: Expected,
    domain: &'static str,
    trusted: Option<&'static str>,
    audiences: Vec<&'static str>,
    leeway: Option<Duration>,
    /// What the service answers, by issuer.
    answers: HashMap<String, (u16, String)>,
    /// The issuer whose keys are asked for.
    asked: String,
    /// Good tokens of other issuers that the verifier has seen before, so that their keys are at hand.
    before: Vec<String>,
}

enum Expected {
    Accepted {
        user: String,
        client: Option<String>,
    },
    Refused {
        reason: TokenVerificationReason,
        /// How many requests for keys there are: none when the token is refused for something that needs no key.
        requests: usize,
    },
}

/// `token` is good, and it is the token of `user-1`.
pub(crate) fn accepted(rule: &'static str, token: impl Into<String>) -> Case {
    let expected = Expected::Accepted {
        user: "user-1".to_owned(),
        client: None,
    };
    Case::new(rule, token.into(), expected)
}

/// `token` is refused for `reason` with the keys at hand.
pub(crate) fn refused(rule: &'static str, token: impl Into<String>, reason: TokenVerificationReason) -> Case {
    Case::new(rule, token.into(), Expected::Refused { reason, requests: 1 })
}

/// `token` is refused for `reason` without a request for keys.
pub(crate) fn refused_unasked(rule: &'static str, token: impl Into<String>, reason: TokenVerificationReason) -> Case {
    Case::new(rule, token.into(), Expected::Refused { reason, requests: 0 })
}

impl Case {
    fn new(rule: &'static str, token: String, expected: Expected) -> Self {
        let set = |key_id, key| (200, json!({"keys": [jwk(key_id, key)]}).to_string());
        Self {
            rule,
            token,
            expected,
            domain: DOMAIN,
            trusted: None,
            audiences: Vec::new(),
            leeway: None,
            answers: HashMap::from([
                (DOMAIN.to_owned(), set("k-account", ACCOUNT)),
                (format!("{DOMAIN}/v1/clients/sc_1"), set("k-client", CLIENT)),
                (format!("{DOMAIN}/v1/clients/sc_2"), set("k-other", OTHER)),
            ]),
            asked: DOMAIN.to_owned(),
            before: Vec::new(),
        }
    }

    /// The verifier is that of another domain, and the keys are asked for there.
    pub(crate) fn domain(mut self, domain: &'static str) -> Self {
        self.domain = domain;
        self
    }

    /// Another origin is trusted as well.
    pub(crate) fn trusting(mut self, origin: &'static str) -> Self {
        self.trusted = Some(origin);
        self
    }

    pub(crate) fn audience(mut self, audience: &'static str) -> Self {
        self.audiences.push(audience);
        self
    }

    pub(crate) fn leeway(mut self, seconds: u64) -> Self {
        self.leeway = Some(Duration::from_secs(seconds));
        self
    }

    /// The keys of `issuer`, whom the verifier has to ask.
    pub(crate) fn keys_at(self, issuer: impl Into<String>, keys: Value) -> Self {
        let issuer = issuer.into();
        let body = json!({ "keys": keys }).to_string();
        self.also(issuer.clone(), 200, body).asking(issuer)
    }

    /// The keys of the account.
    pub(crate) fn keys(self, keys: Value) -> Self {
        self.keys_at(DOMAIN, keys)
    }

    /// What the service answers when it is asked for the keys of `issuer`.
    pub(crate) fn also(mut self, issuer: impl Into<String>, status: u16, body: impl Into<String>) -> Self {
        self.answers.insert(issuer.into(), (status, body.into()));
        self
    }

    /// The issuer whom the verifier has to ask.
    pub(crate) fn asking(mut self, issuer: impl Into<String>) -> Self {
        self.asked = issuer.into();
        self
    }

    /// The verifier has seen these good tokens of other issuers before.
    pub(crate) fn after(mut self, tokens: Vec<String>) -> Self {
        self.before = tokens;
        self
    }

    /// The token is that of somebody else than `user-1`.
    pub(crate) fn of_user(mut self, id: impl Into<String>) -> Self {
        if let Expected::Accepted { user, .. } = &mut self.expected {
            *user = id.into();
        }
        self
    }

    /// The token is that of a service client.
    pub(crate) fn of_client(mut self, id: impl Into<String>) -> Self {
        let id = id.into();
        if let Expected::Accepted { user, client } = &mut self.expected {
            user.clone_from(&id);
            *client = Some(id);
        }
        self
    }

    /// What is wrong with the outcome; nothing when the rule holds.
    pub(crate) async fn run(&self) -> Vec<String> {
        let answers = self.answers.clone();
        let memory = Memory::answering(move |request| {
            let url = request.uri().to_string();
            let found = url.strip_suffix(JWKS).and_then(|issuer| answers.get(issuer));
            Ok(found.map_or_else(|| answer(404, ""), |(status, body)| answer(*status, body)))
        });
        let mut builder = TokenVerifier::builder(self.domain)
            .clock(TestClock::at(NOW))
            .transport(memory.clone());
        if let Some(origin) = self.trusted {
            builder = builder.trusted_issuer(origin);
        }
        for audience in &self.audiences {
            builder = builder.audience(*audience);
        }
        if let Some(leeway) = self.leeway {
            builder = builder.leeway(leeway);
        }
        let verifier = builder.build().unwrap();

        for token in &self.before {
            verifier.verify(token).await.unwrap();
        }
        // The second time the keys are at hand, and nothing else may come of it.
        let first = self.compare(verifier.verify(&self.token).await);
        let second = self.compare(verifier.verify(&self.token).await);
        let mut problems: Vec<String> = first.iter().cloned().collect();
        if second != first {
            problems.push(second.map_or_else(
                || "all well the second time".to_owned(),
                |it| format!("{it} the second time"),
            ));
        }
        let requests = match self.expected {
            Expected::Refused { requests, .. } => requests,
            Expected::Accepted { .. } => 1,
        };
        let urls = memory.urls().split_off(self.before.len());
        if urls != vec![format!("{}{JWKS}", self.asked); requests] {
            problems.push(format!(
                "asked for keys at {urls:?}, expected {requests} at {}",
                self.asked
            ));
        }
        problems
    }

    fn compare(&self, outcome: Result<Identity, TokenVerificationError>) -> Option<String> {
        match (&self.expected, outcome) {
            (Expected::Accepted { user, client }, Ok(identity)) => {
                let got = (identity.user_id(), identity.service_client_id());
                (got != (user.as_str(), client.as_deref())).then(|| format!("accepted as {got:?}"))
            }
            (Expected::Accepted { .. }, Err(error)) => {
                Some(format!("refused as {}, expected accepted", error.reason()))
            }
            (Expected::Refused { reason, .. }, Ok(_)) => Some(format!("accepted, expected {reason}")),
            (Expected::Refused { reason, .. }, Err(error)) if error.reason() != *reason => {
                Some(format!("refused as {}, expected {reason}", error.reason()))
            }
            (Expected::Refused { reason, .. }, Err(error)) => {
                let is_unavailable = *reason == TokenVerificationReason::KeysUnavailable;
                if (error.is_unavailable(), error.is_token_invalid()) != (is_unavailable, !is_unavailable) {
                    return Some("of the wrong class".to_owned());
                }
                seen(&error, &self.token).map(|piece| format!("{piece:?} of the token is shown"))
            }
        }
    }
}

/// A piece of `token`, as it stands or decoded, that the texts of `error` show.
fn seen(error: &TokenVerificationError, token: &str) -> Option<String> {
    let mut shown = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        shown = format!("{shown}\n{error}\n{error:?}");
        source = error.source();
    }
    // What is shown is short and a token may be long, so it is the pieces of the former that are looked for.
    let mut hidden = vec![token.to_owned()];
    let mut texts_within = Vec::new();
    for decoded in token.split('.').flat_map(tokens::decode) {
        texts_within.extend(serde_json::from_slice(&decoded).map_or_else(|_| Vec::new(), |value| texts(&value)));
        hidden.push(String::from_utf8_lossy(&decoded).into_owned());
    }
    hidden.retain(|text| text.len() >= PIECE);
    let places: Vec<usize> = shown.char_indices().map(|(at, _)| at).collect();
    let pieces = places.iter().filter_map(|at| shown.get(*at..at + PIECE));
    let whole_texts = texts_within
        .iter()
        .map(String::as_str)
        .filter(|text| shown.contains(text));
    pieces
        .filter(|piece| hidden.iter().any(|text| text.contains(piece)))
        .chain(whole_texts)
        .map(str::to_owned)
        .next()
}

/// The texts in `value` that are long enough not to be there by chance.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.len() >= PIECE / 2 => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
