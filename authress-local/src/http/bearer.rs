//! Who calls: the bearer token of a request, verified. No lock is held while a signature is.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::answer::Problem;
use super::verified::{UsedKey, Verified};
use super::{Shared, seconds};
use crate::account::Account;
use crate::keys::token::{CLIENT_KEY, Token};
use crate::store::Store;

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The one id of the caller: the subject of its token.
pub(super) fn caller(shared: &Shared, headers: &HeaderMap, now: DateTime<Utc>) -> Result<String, Problem> {
    let header = headers
        .get(AUTHORIZATION)
        .ok_or_else(|| Problem::unauthorized("There is no Authorization header"))?;
    let token = bearer_token(header.as_bytes());
    // A token that is found was text when it was put in.
    if let Some(known) = token.and_then(|token| shared.verified.get(token)) {
        let admitted = shared.read(|store| {
            let is_current = known.is_current(&shared.account, store);
            is_current.then(|| admitted(&known, store, now))
        });
        if let Some(admitted) = admitted {
            return admitted;
        }
    }
    header
        .to_str()
        .map_err(|_| Problem::unauthorized("The Authorization header is no text"))?;
    let token = token.ok_or_else(|| Problem::unauthorized("The Authorization header has no bearer token"))?;
    let text = std::str::from_utf8(token).unwrap_or_default();
    let verified = Arc::new(verify(shared, text)?);
    shared.verified.put(token, &verified);
    shared.read(|store| admitted(&verified, store, now))
}

/// The token in an Authorization header, if it has the scheme of bearer tokens, which is case-insensitive (RFC 9110 section 11.1).
fn bearer_token(header: &[u8]) -> Option<&[u8]> {
    let header = header.trim_ascii();
    let end = header.iter().position(|byte| matches!(byte, b' ' | b'\t'))?;
    let (scheme, token) = header.split_at_checked(end)?;
    scheme.eq_ignore_ascii_case(b"bearer").then(|| token.trim_ascii())
}

/// The one id of whoever has a verified token, unless it is not good now or the caller has called too often.
fn admitted(verified: &Verified, store: &Store, now: DateTime<Utc>) -> Result<String, Problem> {
    if !verified.times.hold(seconds(now)) {
        return Err(not_in_time());
    }
    let id = verified.token_id.as_deref();
    if id.is_some_and(|id| store.is_disabled(&verified.user, id)) {
        return Err(Problem::unauthorized("The token is disabled"));
    }
    let client = store.clients.get(&verified.user);
    if client.is_some_and(|client| !client.may_call(now)) {
        let title = "The service client has made as many calls as its rate limit allows";
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", title));
    }
    Ok(verified.user.clone())
}

/// The refusal of a token that has expired or is not good yet.
pub(super) fn not_in_time() -> Problem {
    Problem::unauthorized("The token is not in its time")
}

/// Verifies everything about a token but its time.
pub(super) fn verify(shared: &Shared, text: &str) -> Result<Verified, Problem> {
    let token = Token::parse(text).ok_or_else(|| Problem::unauthorized("The token is no JWT of this account"))?;
    let subject = token.text("sub").filter(|subject| !subject.is_empty());
    let subject = subject.ok_or_else(|| Problem::unauthorized("The token has no subject"))?;
    let issuer = token
        .text("iss")
        .ok_or_else(|| Problem::unauthorized("The token has no issuer"))?;
    let keys = if shared.account.issuers().any(|own| own == issuer) {
        let signer = UsedKey::find(shared, None, &token.key_id);
        // A token that the account made for a service client is good as long as the key that the client showed for it.
        match token.claims.get(CLIENT_KEY) {
            None => signer.map(|signer| vec![signer]),
            Some(key) => key
                .as_str()
                .and_then(|key| Some(vec![signer?, UsedKey::find(shared, Some(subject), key)?])),
        }
    } else if is_issuer_of(&shared.account, issuer, subject) && is_for(&shared.account, &token) {
        UsedKey::find(shared, Some(subject), &token.key_id).map(|signer| vec![signer])
    } else {
        None
    };
    let keys = keys.unwrap_or_default();
    let signed = keys
        .first()
        .is_some_and(|key| key.public.verifies(token.signed, &token.signature));
    if !signed {
        return Err(Problem::unauthorized(
            "The token is not signed by this account or one of its service clients",
        ));
    }
    Ok(Verified {
        user: shared.read(|store| store.engine.user(subject).to_owned()),
        token_id: token.text("jti").map(str::to_owned),
        times: token
            .times()
            .ok_or_else(|| Problem::unauthorized("The token has no end, or a time that is no number"))?,
        keys,
    })
}

/// Whether a token that a service client has signed may be for this account: one that names audiences names it (RFC 7519 section 4.1.3).
///
/// Whoever a client signs a token for must not be able to use it here.
fn is_for(account: &Account, token: &Token<'_>) -> bool {
    match token.claims.get("aud") {
        None => true,
        Some(audience) => account.is_audience(audience),
    }
}

/// Whether a service client signs under this issuer. A client signs for itself alone: the issuer must be the one text that its id makes.
pub(super) fn is_issuer_of(account: &Account, issuer: &str, client: &str) -> bool {
    let own = client_path(client);
    account
        .client_issuers()
        .any(|origin| issuer.strip_prefix(origin.as_str()) == Some(own.as_str()))
}

/// What stands after the origin in the issuer of a service client.
pub(super) fn client_path(client: &str) -> String {
    format!("/v1/clients/{}", utf8_percent_encode(client, RESERVED))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use authress_api::models::Client;
    use http::HeaderValue;
    use serde_json::json;

    use super::*;
    use crate::account::AccountKeys;
    use crate::clock::Clock;
    use crate::engine::Settings;
    use crate::faults::Faults;
    use crate::http::VerifiedTokens;
    use crate::keys::KeyPair;
    use crate::keys::token::{UserToken, of_user, sign};
    use crate::store::StoredKey;

    const NOW: u64 = 1_900_000_000;

    fn shared() -> Shared {
        let urls = vec!["http://localhost".to_owned()];
        let account = Account::new(
            "acc".to_owned(),
            urls,
            DateTime::default(),
            AccountKeys::generate().unwrap(),
        );
        Shared {
            account: Arc::new(account),
            store: Arc::new(Store::new(Settings::default()).into()),
            saver: None,
            faults: Faults::new(),
            verified: VerifiedTokens::default(),
            enforce: true,
            clock: Clock::new(|| UNIX_EPOCH + Duration::from_secs(NOW)),
            page: false,
            log: None,
        }
    }

    fn token(shared: &Shared, key: &KeyPair, user: &str) -> String {
        sign(key, &of_user(&UserToken::new(&shared.account, user, NOW)))
    }

    fn ask(shared: &Shared, token: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::try_from(format!("Bearer {token}")).unwrap());
        caller(shared, &headers, shared.now()).ok()
    }

    #[test]
    fn a_clients_token_for_somebody_else_is_not_good_here() {
        let shared = shared();
        let key = KeyPair::generate("k").unwrap();
        shared.change(|store| {
            let (id, public, created) = (key.id().to_owned(), key.public().unwrap(), shared.now());
            store.put_client("svc", Client::new(), created);
            assert!(store.add_key("svc", StoredKey { id, public, created }));
        });
        for (audience, is_good) in [
            (None, true),
            (Some(json!("acc.accounts.authress.io")), true),
            (Some(json!(["https://other.example", "acc.accounts.authress.io"])), true),
            (Some(json!("https://other.example")), false),
            (Some(json!("other.accounts.authress.io")), false),
            (Some(json!(["https://other.example"])), false),
            (Some(json!([])), false),
            (Some(json!(1)), false),
        ] {
            let mut claims = json!({"iss": "http://localhost/v1/clients/svc", "sub": "svc", "exp": NOW + 60});
            if let Some(audience) = &audience {
                claims["aud"] = audience.clone();
            }
            assert_eq!(ask(&shared, &sign(&key, &claims)).is_some(), is_good, "{audience:?}");
        }
    }

    #[test]
    fn a_token_is_verified_once_and_one_that_is_made_up_takes_no_place() {
        let shared = shared();
        let keys = shared.account.keys();
        let good = token(&shared, keys.current(), "alice");
        let stranger = KeyPair::generate(keys.current().id()).unwrap();
        assert_eq!(ask(&shared, &token(&shared, &stranger, "alice")), None);
        assert_eq!(ask(&shared, &good), Some("alice".to_owned()));
        let first = shared.verified.get(good.as_bytes()).unwrap();
        for number in 0..1_000 {
            let (signed, _) = good.rsplit_once('.').unwrap();
            assert_eq!(ask(&shared, &format!("{signed}.{number}")), None);
        }
        assert_eq!(ask(&shared, &good), Some("alice".to_owned()));
        assert!(Arc::ptr_eq(&first, &shared.verified.get(good.as_bytes()).unwrap()));
        assert_eq!(shared.verified.len(), 1);
    }
}
