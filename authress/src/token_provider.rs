//! The tokens of a service client: what stands in them, and when a new one is made. The key is in `access_key`, the signature in `signer`.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use serde::Serialize;

use crate::clock::unix_seconds;
use crate::origin::host;
use crate::signer::Signer;
use crate::{AccessKey, BaseUrl, Clock, Error, Secret, encoding};

/// How long a token is valid, in seconds.
const LIFE: u64 = 86_400;
/// A cached token is used while more than this is left of its life, in seconds.
const LEAST_LIFE_LEFT: u64 = 3_600;

/// Makes the tokens of one service client, and keeps the latest.
pub(crate) struct TokenProvider {
    key: AccessKey,
    issuer: String,
    clock: Arc<dyn Clock>,
    latest: Mutex<Option<Latest>>,
}

struct Latest {
    token: ServiceToken,
    expires_at: u64,
}

/// A token, and the same as the value of an `Authorization` header.
#[derive(Clone)]
pub(crate) struct ServiceToken {
    text: Arc<Secret>,
    authorization: HeaderValue,
}

/// The header; the order of the fields is the order on the wire.
#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    kid: &'a str,
    typ: &'a str,
}

/// The claims; the order of the fields is the order on the wire.
#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    iss: &'a str,
    sub: &'a str,
    client_id: &'a str,
    iat: u64,
    exp: u64,
    scope: &'a str,
}

impl TokenProvider {
    /// A provider for the service client of `key`. `domain` is where the account is reached.
    pub(crate) fn new(key: AccessKey, domain: Option<&BaseUrl>, clock: Arc<dyn Clock>) -> Self {
        Self {
            issuer: issuer(&key, domain),
            key,
            clock,
            latest: Mutex::new(None),
        }
    }

    /// A token with more than an hour of life left.
    ///
    /// The lock is held for one signature at most, which is CPU work of microseconds; so many callers at once make one token.
    pub(crate) fn token(&self) -> Result<ServiceToken, Error> {
        let now = unix_seconds(&*self.clock);
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(latest) = &*latest {
            let left = latest.expires_at.saturating_sub(now);
            // More than a whole life is left when the clock was set back: the token would seem to come from the future.
            if left > LEAST_LIFE_LEFT && left <= LIFE {
                return Ok(latest.token.clone());
            }
        }
        let token = self.sign(now)?;
        *latest = Some(Latest {
            token: token.clone(),
            expires_at: now.saturating_add(LIFE),
        });
        Ok(token)
    }

    fn sign(&self, now: u64) -> Result<ServiceToken, Error> {
        let header = Header {
            alg: Signer::ALGORITHM,
            kid: self.key.key_id(),
            typ: "at+jwt",
        };
        let claims = Claims {
            aud: &format!("{}.accounts.authress.io", self.key.account_id()),
            iss: &self.issuer,
            sub: self.key.client_id(),
            client_id: self.key.client_id(),
            iat: now,
            exp: now.saturating_add(LIFE),
            scope: "openid",
        };
        let mut token = format!("{}.{}", part(&header)?, part(&claims)?);
        let signature = self.key.signer().sign(token.as_bytes()).map_err(Error::token)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        let mut authorization = HeaderValue::try_from(format!("Bearer {token}")).map_err(Error::token)?;
        authorization.set_sensitive(true);
        Ok(ServiceToken {
            text: Arc::new(Secret::from(token)),
            authorization,
        })
    }
}

impl ServiceToken {
    pub(crate) fn text(&self) -> Secret {
        Secret::clone(&self.text)
    }

    pub(crate) fn authorization(&self) -> HeaderValue {
        self.authorization.clone()
    }
}

fn part(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_vec(value)
        .map(|json| URL_SAFE_NO_PAD.encode(json))
        .map_err(Error::token)
}

/// The issuer of the client's tokens: under the custom domain, or, at one of the service's own hosts, under the account's.
fn issuer(key: &AccessKey, domain: Option<&BaseUrl>) -> String {
    let client = encoding::segment(key.client_id());
    match domain {
        Some(domain) if !is_of_the_service(host(domain)) => format!("{domain}/v1/clients/{client}"),
        _ => format!("https://{}.api.authress.io/v1/clients/{client}", key.account_id()),
    }
}

/// Whether `host` is `authress.io` or under it, by whole labels: `notauthress.io` and `authress.io.example.com` are custom domains.
fn is_of_the_service(host: &str) -> bool {
    host == "authress.io" || host.ends_with(".authress.io")
}

impl fmt::Debug for TokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenProvider")
            .field("key", &self.key)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::clock::fixed::FixedClock;

    const NOW: u64 = 1_700_000_000;

    #[derive(Deserialize)]
    struct Fixture {
        keys: Vec<Parts>,
        golden_tokens: Vec<Golden>,
        issuers: Vec<Issuer>,
    }

    #[derive(Deserialize)]
    struct Parts {
        #[serde(rename = "access_key")]
        whole: String,
        client_id: String,
        key_id: String,
        account_id: String,
    }

    #[derive(Deserialize)]
    struct Golden {
        access_key: String,
        custom_domain: Option<String>,
        now: u64,
        token: String,
    }

    #[derive(Deserialize)]
    struct Issuer {
        account_id: String,
        client_id: String,
        custom_domain: Option<String>,
        iss: String,
    }

    fn fixture() -> Fixture {
        serde_json::from_str(include_str!("../tests/fixtures/tokens.json")).unwrap()
    }

    fn domain(text: Option<&str>) -> Option<BaseUrl> {
        text.filter(|text| !text.is_empty())
            .map(|text| BaseUrl::parse(text).unwrap())
    }

    fn access_key(account_id: &str, client_id: &str) -> AccessKey {
        let key = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
        format!("{client_id}.k1.{account_id}.{key}").parse().unwrap()
    }

    fn provider(clock: &Arc<FixedClock>) -> TokenProvider {
        TokenProvider::new(access_key("acc_demo", "sc_orders"), None, Arc::clone(clock) as _)
    }

    #[test]
    fn the_parts_of_every_key_are_read() {
        let keys = fixture().keys;
        assert_eq!(keys.len(), 3);
        for key in keys {
            let read: AccessKey = key.whole.parse().unwrap();
            assert_eq!(read.client_id(), key.client_id);
            assert_eq!(read.key_id(), key.key_id);
            assert_eq!(read.account_id(), key.account_id);
        }
    }

    #[test]
    fn tokens_are_byte_for_byte_those_of_the_services_own_sdk() {
        let golden = fixture().golden_tokens;
        assert_eq!(golden.len(), 12);
        for golden in golden {
            let provider = TokenProvider::new(
                golden.access_key.parse().unwrap(),
                domain(golden.custom_domain.as_deref()).as_ref(),
                Arc::new(FixedClock::at(golden.now)),
            );
            let token = provider.token().unwrap();
            assert_eq!(token.text().expose(), golden.token, "{:?}", golden.custom_domain);
            assert_eq!(token.authorization(), format!("Bearer {}", golden.token));
            assert!(token.authorization().is_sensitive());
        }
    }

    #[test]
    fn the_issuer_is_that_of_the_services_own_sdk() {
        let issuers = fixture().issuers;
        assert_eq!(issuers.len(), 9);
        for case in issuers {
            let key = access_key(&case.account_id, &case.client_id);
            let domain = domain(case.custom_domain.as_deref());
            assert_eq!(issuer(&key, domain.as_ref()), case.iss, "{:?}", case.custom_domain);
        }
    }

    #[test]
    fn hosts_of_the_service_are_told_by_whole_labels() {
        for (written, expected) in [
            ("authress.io", "https://acc.api.authress.io"),
            ("https://AUTHRESS.io:443", "https://acc.api.authress.io"),
            ("https://login.authress.io:8443", "https://acc.api.authress.io"),
            ("notauthress.io", "https://notauthress.io"),
            ("authress.io.company.com", "https://authress.io.company.com"),
            ("https://company.com/authress.io", "https://company.com/authress.io"),
            ("http://[::1]:8888", "http://[::1]:8888"),
        ] {
            let issuer = issuer(&access_key("acc", "c"), domain(Some(written)).as_ref());
            assert_eq!(issuer, format!("{expected}/v1/clients/c"), "{written}");
        }
    }

    #[test]
    fn only_unreserved_characters_of_the_client_id_stay() {
        for (client_id, expected) in [
            ("a+b", "a%2Bb"),
            ("sc|one", "sc%7Cone"),
            ("a'(b)!*", "a%27%28b%29%21%2A"),
            ("ü/~_-", "%C3%BC%2F~_-"),
        ] {
            let issuer = issuer(&access_key("acc", client_id), None);
            assert_eq!(issuer, format!("https://acc.api.authress.io/v1/clients/{expected}"));
        }
    }

    #[test]
    fn a_token_is_reused_while_more_than_an_hour_of_life_is_left() {
        let clock = Arc::new(FixedClock::at(NOW));
        let provider = provider(&clock);
        let first = provider.token().unwrap().text();
        clock.set(NOW + LIFE - LEAST_LIFE_LEFT - 1);
        assert_eq!(provider.token().unwrap().text(), first);
        clock.set(NOW + LIFE - LEAST_LIFE_LEFT);
        assert_ne!(provider.token().unwrap().text(), first);
    }

    #[test]
    fn a_clock_that_is_set_back_makes_a_new_token() {
        let clock = Arc::new(FixedClock::at(NOW));
        let provider = provider(&clock);
        let first = provider.token().unwrap().text();
        clock.set(NOW - 1);
        assert_ne!(provider.token().unwrap().text(), first);
    }

    #[test]
    fn many_callers_at_once_share_one_token() {
        let clock = Arc::new(FixedClock::at(NOW));
        let provider = provider(&clock);
        let tokens: Vec<_> = std::thread::scope(|scope| {
            let callers: Vec<_> = (0..20).map(|_| scope.spawn(|| provider.token().unwrap())).collect();
            callers.into_iter().map(|caller| caller.join().unwrap()).collect()
        });
        // Tokens of one second are equal anyway; that it is the same allocation shows that it was made once.
        assert!(tokens.iter().all(|token| Arc::ptr_eq(&token.text, &tokens[0].text)));
    }

    #[test]
    fn debug_shows_neither_key_nor_token() {
        let provider = provider(&Arc::new(FixedClock::at(NOW)));
        let token = provider.token().unwrap();
        let shown = format!("{provider:?} {:?} {:?}", token.text(), token.authorization());
        assert!(
            shown.contains("sc_orders") && !shown.contains("KuU4") && !shown.contains("eyJ"),
            "{shown}"
        );
    }
}
