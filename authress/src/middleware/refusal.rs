//! Why a request is not let through, and what it is answered. When a path names no resource is decided in `template`.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};

use crate::{Error, TokenVerificationError};

/// How long callers are told to wait when nobody says how long: as long as a verifier lets an issuer rest after a failure.
const WAIT: Duration = Duration::from_secs(5);
/// The longest time that callers are told to wait.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

/// Why a request was not let through, and the answer to it.
///
/// The layers answer with it; in axum it is what the extractors of [`middleware`](crate::middleware) are rejected with. `Display` and `Debug` are
/// for logs: they show no token, and no ids but what the service itself says in an answer that is not understood.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let client = authress::AuthressClient::builder("https://login.example.com").build()?;
/// use authress::http::{Request, Response, header::WWW_AUTHENTICATE};
/// use authress::middleware::Authenticate;
///
/// let authenticate = Authenticate::builder(&client).realm("documents").build()?;
/// let (mut parts, ()) = Request::new(()).into_parts();
/// let refusal = authenticate.identify(&mut parts).await.unwrap_err();
/// assert!(refusal.status() == 401 && !refusal.is_denied() && refusal.retry_after().is_none());
///
/// let answer: Response<String> = refusal.into_response();
/// assert_eq!(answer.headers()[WWW_AUTHENTICATE], r#"Bearer realm="documents""#);
/// # Ok(()) }
/// ```
pub struct Refusal {
    kind: Kind,
    manner: Manner,
}

/// What is the matter.
pub(super) enum Kind {
    NoToken,
    SeveralAuthorizations,
    /// The token is not good, or the keys cannot be had.
    Token(TokenVerificationError),
    /// The service does not accept the user's token, which is good by its keys.
    TokenNotAccepted,
    Denied,
    /// The path names no resource, so nothing was asked.
    NoResource,
    /// Nothing binds a name of the template, or more than one thing does.
    Unbound,
    /// The question has no answer.
    NotAsked(Error),
}

/// How refusals are put: what is set of a layer.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    /// `Bearer realm="…"`.
    challenge: HeaderValue,
    hides_denied: bool,
}

impl Manner {
    /// The default.
    pub(super) const DEFAULT: Self = Self::hiding_denied(false);

    /// The default, but for what becomes of denials.
    pub(super) const fn hiding_denied(hides_denied: bool) -> Self {
        Self {
            challenge: HeaderValue::from_static("Bearer realm=\"api\""),
            hides_denied,
        }
    }

    /// # Errors
    /// An [`Error`] that names `realm` when a quoted string cannot hold it as it stands.
    pub(super) fn of(realm: &str, hides_denied: bool) -> Result<Self, Error> {
        let refuse =
            || Error::invalid_argument("realm", "it is empty, or not of printable ASCII without `\"` and `\\`");
        if realm.is_empty() || !realm.bytes().all(is_quotable) {
            return Err(refuse());
        }
        let challenge = HeaderValue::try_from(format!("Bearer realm=\"{realm}\"")).map_err(|_| refuse())?;
        Ok(Self {
            challenge,
            hides_denied,
        })
    }

    pub(super) fn refuse(&self, kind: Kind) -> Refusal {
        let refusal = Refusal {
            kind,
            manner: self.clone(),
        };
        match &refusal.kind {
            Kind::NotAsked(error) => tracing::warn!(%error, "a permission could not be asked for"),
            Kind::Unbound => tracing::warn!("{refusal}"),
            _ => tracing::debug!(
                status = refusal.status().as_u16(),
                "a request was not let through: {refusal}"
            ),
        }
        refusal
    }

    /// `WWW-Authenticate` with what is wrong (RFC 6750 section 3).
    fn challenge_with(&self, code: &str, description: &str) -> HeaderValue {
        let mut value = self.challenge.as_bytes().to_vec();
        value.extend_from_slice(b", error=\"");
        value.extend_from_slice(code.as_bytes());
        value.extend_from_slice(b"\", error_description=\"");
        value.extend(description.bytes().filter(|byte| is_quotable(*byte)));
        value.push(b'"');
        HeaderValue::from_maybe_shared(bytes::Bytes::from(value)).unwrap_or_else(|_| self.challenge.clone())
    }
}

/// Whether a quoted string of `WWW-Authenticate` can hold a byte as it stands (RFC 6750 section 3).
fn is_quotable(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7E) && byte != b'"' && byte != b'\\'
}

impl Refusal {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match &self.kind {
            Kind::NoToken | Kind::TokenNotAccepted => StatusCode::UNAUTHORIZED,
            Kind::Token(error) if error.is_token_invalid() => StatusCode::UNAUTHORIZED,
            Kind::Token(_) => StatusCode::SERVICE_UNAVAILABLE,
            Kind::SeveralAuthorizations => StatusCode::BAD_REQUEST,
            Kind::Denied | Kind::NoResource if self.manner.hides_denied => StatusCode::NOT_FOUND,
            Kind::Denied | Kind::NoResource => StatusCode::FORBIDDEN,
            Kind::Unbound => StatusCode::INTERNAL_SERVER_ERROR,
            Kind::NotAsked(error) => status_without_answer(error),
        }
    }

    /// Whether the caller does not have the permission; or the path names no resource, which is answered alike.
    pub fn is_denied(&self) -> bool {
        matches!(self.kind, Kind::Denied | Kind::NoResource)
    }

    /// How long the caller is told to wait, in whole seconds, where coming again may help.
    pub fn retry_after(&self) -> Option<Duration> {
        let asked = match &self.kind {
            Kind::NotAsked(error) => error.retry_after(),
            _ => None,
        };
        let wait = asked.unwrap_or(WAIT).min(LONGEST_WAIT);
        let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        (self.status() == StatusCode::SERVICE_UNAVAILABLE).then(|| Duration::from_secs(whole.max(1)))
    }

    /// The answer, with an empty body.
    pub fn into_response<R: Default>(self) -> Response<R> {
        let mut response = Response::new(R::default());
        *response.status_mut() = self.status();
        if let Some(challenge) = self.challenge() {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(wait) = self.retry_after() {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
        }
        response
    }

    fn challenge(&self) -> Option<HeaderValue> {
        let with = |code, description: &str| Some(self.manner.challenge_with(code, description));
        match &self.kind {
            Kind::NoToken => Some(self.manner.challenge.clone()),
            Kind::SeveralAuthorizations => with("invalid_request", "there are several Authorization headers"),
            Kind::Token(error) if error.is_token_invalid() => with("invalid_token", &error.to_string()),
            Kind::TokenNotAccepted => with("invalid_token", "the token is not accepted"),
            Kind::Token(_) | Kind::Denied | Kind::NoResource | Kind::Unbound | Kind::NotAsked(_) => None,
        }
    }
}

/// The status for a question without an answer: another one where asking again will not help.
fn status_without_answer(error: &Error) -> StatusCode {
    let may_pass = matches!(error.status().map(|status| status.as_u16()), Some(408 | 425 | 429));
    if error.is_invalid_argument() {
        StatusCode::INTERNAL_SERVER_ERROR
    } else if may_pass
        || error.is_server_error()
        || error.is_connect()
        || error.is_timeout()
        || error.is_interrupted()
        || error.is_token_unavailable()
    {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::BAD_GATEWAY
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.kind {
            Kind::NoToken => "the request has no bearer token",
            Kind::SeveralAuthorizations => "the request has several Authorization headers",
            Kind::Token(error) if error.is_token_invalid() => "the token is not good",
            Kind::Token(_) => "the keys to verify the token with could not be had",
            Kind::TokenNotAccepted => "the service does not accept the token",
            Kind::Denied => "denied: the caller does not have the permission",
            Kind::NoResource => "the path names no resource that can be asked about",
            Kind::Unbound => "the route does not bind each name of the resource's template once",
            Kind::NotAsked(_) => "the permission could not be asked for",
        })
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refusal({}: {self}", self.status().as_u16())?;
        if let Some(source) = self.source() {
            write!(f, ": {source}")?;
        }
        f.write_str(")")
    }
}

impl StdError for Refusal {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.kind {
            Kind::Token(error) => Some(error),
            Kind::NotAsked(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(feature = "axum")]
impl axum::response::IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        Self::into_response(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Operation;
    use crate::requests::AuthorizeUser;
    use authress_api::Request as _;

    const CHECK: &Operation = AuthorizeUser::OPERATION;

    fn not_asked(error: Error) -> Refusal {
        Manner::DEFAULT.refuse(Kind::NotAsked(error.with_operation(CHECK)))
    }

    #[test]
    fn what_has_no_answer_is_a_5xx_and_says_to_come_again_only_where_that_may_help() {
        for status in [408, 425, 429, 500, 501, 502, 503, 504, 599] {
            let refusal = not_asked(Error::from_status(StatusCode::from_u16(status).unwrap()));
            assert_eq!(
                (refusal.status().as_u16(), refusal.retry_after()),
                (503, Some(WAIT)),
                "{status}"
            );
        }
        for status in [301, 400, 401, 402, 403, 405, 409, 418, 422] {
            let refusal = not_asked(Error::from_status(StatusCode::from_u16(status).unwrap()));
            assert_eq!(
                (refusal.status().as_u16(), refusal.retry_after()),
                (502, None),
                "{status}"
            );
        }
        for error in [
            Error::connect("refused"),
            Error::connect_timeout("late"),
            Error::timeout(None, "late"),
            Error::interrupted(None, "reset"),
            Error::token("no key"),
            Error::token_timeout("late"),
        ] {
            assert_eq!(not_asked(error).status(), 503);
        }
        assert_eq!(
            not_asked(Error::undecodable(Response::default(), "a page")).status(),
            502
        );
        let refusal = not_asked(Error::invalid_argument("user_id", "it is empty"));
        assert_eq!((refusal.status().as_u16(), refusal.retry_after()), (500, None));
    }

    #[test]
    fn the_wait_is_what_the_service_says_in_whole_seconds_from_one_to_an_hour() {
        for (asked, expected) in [("0", 1), ("7", 7), ("86400", 3_600), ("soon", 5)] {
            let answer = Response::builder().status(503).header(RETRY_AFTER, asked);
            let refusal = not_asked(Error::unsuccessful(answer.body(bytes::Bytes::new()).unwrap()));
            let answer: Response<()> = refusal.into_response();
            assert_eq!(answer.headers()[RETRY_AFTER], expected.to_string(), "{asked}");
        }
    }

    #[test]
    fn a_hidden_denial_is_an_empty_404_without_headers() {
        let hidden = Manner::of("documents", true).unwrap();
        for kind in [Kind::Denied, Kind::NoResource] {
            let answer: Response<String> = hidden.refuse(kind).into_response();
            assert_eq!((answer.status().as_u16(), answer.headers().len()), (404, 0));
            assert!(answer.body().is_empty());
        }
        // An outage is not hidden.
        let outage = hidden.refuse(Kind::NotAsked(Error::connect("refused")));
        assert!(outage.status() == 503 && !outage.is_denied());
    }

    #[test]
    fn a_realm_is_what_a_quoted_string_holds_as_it_stands() {
        assert!(Manner::of("Documents of ~all~", false).is_ok());
        for realm in ["", "a\"b", "a\\b", "a\nb", "\u{fc}"] {
            let error = Manner::of(realm, false).unwrap_err();
            assert_eq!(error.argument(), Some("realm"), "{realm:?}");
        }
    }

    #[test]
    fn a_description_never_leaves_its_quotes() {
        let challenge = Manner::DEFAULT.challenge_with("invalid_token", "a\", b=\"c\\\r\nd: \u{fc}");
        let expected = "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"a, b=cd: \"";
        assert_eq!(challenge, expected);
    }
}
