//! Which issuers are trusted, and where the keys of each are.
//!
//! The security of the verifier hangs on this file: an issuer that is matched too loosely lets the holder of any service client's key act
//! as any user.

use percent_encoding::percent_decode_str;

use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::{SubjectMismatch, UntrustedIssuer};
use crate::client_id::is_client_id;
use crate::origin::{host, origin};
use crate::{BaseUrl, Error, encoding};

/// What stands between a trusted origin and the id of a service client.
const CLIENTS: &str = "/v1/clients/";
/// Where the keys are, from the issuer on.
const JWKS: &str = "/.well-known/openid-configuration/jwks";

/// The issuers whose tokens are trusted, as far as the configuration names them: origins, some with a path behind which a gateway has the service.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrustedIssuers(Vec<Base>);

/// A trusted origin, and the path at it, most often none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Base {
    origin: String,
    path: String,
    /// Named by the configuration itself, and not only another name of what it names.
    is_configured: bool,
}

/// A trusted issuer. Every text in it is built from the configuration and a checked client id, none is copied from a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Issuer {
    /// The issuer in the one form that a token of it has.
    pub(super) text: String,
    /// The service client that issued the token, or none when the account itself did.
    pub(super) service_client_id: Option<String>,
}

impl Base {
    fn text(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }
}

impl Issuer {
    /// Where the keys are.
    pub(super) fn keys_url(&self) -> String {
        format!("{}{JWKS}", self.text)
    }

    /// A service client speaks of itself only.
    pub(super) fn may_speak_of(&self, subject: &str) -> Result<(), TokenVerificationError> {
        match &self.service_client_id {
            Some(client_id) if client_id != subject => Err(TokenVerificationError::new(SubjectMismatch)),
            _ => Ok(()),
        }
    }
}

impl TrustedIssuers {
    /// What is trusted for the account at `domain`: its origin, the whole of it when it has a path, and the two other names of the account when it
    /// is one of the service's own hosts.
    pub(crate) fn new(domain: &BaseUrl) -> Self {
        let mut issuers = Self::default();
        issuers.push(origin(domain), "", false);
        issuers.add(domain);
        // `ACCOUNT.api.authress.io`, `ACCOUNT.api-eu-west.authress.io`, `ACCOUNT.login.authress.io`: one account, several names.
        let labels: Vec<&str> = host(domain).split('.').collect();
        if let [account, _, "authress", "io"] = labels.as_slice() {
            for service in ["api", "login"] {
                issuers.push(&format!("https://{account}.{service}.authress.io"), "", false);
            }
        }
        issuers
    }

    /// Trusts `url` as well, exactly as it is.
    pub(crate) fn add(&mut self, url: &BaseUrl) {
        let origin = origin(url);
        self.push(origin, url.as_str().strip_prefix(origin).unwrap_or_default(), true);
    }

    fn push(&mut self, origin: &str, path: &str, is_configured: bool) {
        let mut known = self.0.iter_mut();
        match known.find(|base| base.origin == origin && base.path == path) {
            Some(base) => base.is_configured |= is_configured,
            None => self.0.push(Base {
                origin: origin.to_owned(),
                path: path.to_owned(),
                is_configured,
            }),
        }
    }

    /// Whether one of the trusted issuers is at `origin`.
    pub(crate) fn has_origin(&self, origin: &str) -> bool {
        self.0.iter().any(|base| base.origin == origin)
    }

    /// The issuers that the configuration names: the account, and what was added.
    pub(super) fn configured(&self) -> impl Iterator<Item = Issuer> {
        let bases = self.0.iter().filter(|base| base.is_configured);
        bases.map(|base| Issuer {
            text: base.text(),
            service_client_id: None,
        })
    }

    /// The trusted issuer that `issuer` names exactly.
    ///
    /// Two shapes are trusted: a base, and a base with `/v1/clients/{id}`.
    pub(super) fn find(&self, issuer: &str) -> Result<Issuer, TokenVerificationError> {
        let (origin, path) = split(issuer).ok_or_else(|| TokenVerificationError::new(UntrustedIssuer))?;
        let mut at_origin = self.0.iter().filter(|base| base.origin == origin);
        at_origin
            .find_map(|base| issued_at(base, path.strip_prefix(&*base.path)?))
            .ok_or_else(|| TokenVerificationError::new(UntrustedIssuer))
    }
}

/// The base of trusted issuers that a setting names.
///
/// One that is itself the issuer of a service client is refused: it would be taken for an account, whose tokens may speak of anybody.
pub(crate) fn base(setting: &'static str, url: &str) -> Result<BaseUrl, Error> {
    let base = BaseUrl::parse(url).map_err(|error| error.for_argument(setting))?;
    if format!("{base}/").contains(CLIENTS) {
        let reason = "it is the issuer of a service client; give the account's, without `/v1/clients` and what follows";
        return Err(Error::invalid_argument(setting, reason));
    }
    Ok(base)
}

/// The issuer that has `rest` behind `base`.
fn issued_at(base: &Base, rest: &str) -> Option<Issuer> {
    let base = base.text();
    if rest.is_empty() || rest == "/" {
        return Some(Issuer {
            text: base,
            service_client_id: None,
        });
    }
    let client_id = client_id(rest.strip_prefix(CLIENTS)?)?;
    Some(Issuer {
        text: format!("{base}{CLIENTS}{}", encoding::segment(&client_id)),
        service_client_id: Some(client_id),
    })
}

/// The origin at the beginning of `issuer`, in its one form, and what follows it.
fn split(issuer: &str) -> Option<(String, &str)> {
    let (scheme, rest) = issuer.split_once("://")?;
    // Up to the first slash and nothing less: user information, a query or a backslash stays in it and makes it unequal.
    let (authority, path) = rest
        .find('/')
        .map_or(Some((rest, "")), |at| rest.split_at_checked(at))?;
    let authority = authority.to_ascii_lowercase();
    let authority = match scheme {
        "https" => authority.strip_suffix(":443"),
        "http" => authority.strip_suffix(":80"),
        _ => return None,
    }
    .unwrap_or(&authority);
    Some((format!("{scheme}://{authority}"), path))
}

/// The client id that `segment` is the one encoding of.
///
/// Because the id is encoded again and compared, every other way to write it is refused: `%41` for `A`, `%7c` for `%7C`, a bare `|`, a
/// second segment, a query. Ids that a URL library or a gateway might take for structure are no ids.
fn client_id(segment: &str) -> Option<String> {
    let id = percent_decode_str(segment).decode_utf8().ok()?;
    (is_client_id(&id) && encoding::segment(&id) == segment).then(|| id.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted(domain: &str) -> TrustedIssuers {
        TrustedIssuers::new(&BaseUrl::parse(domain).unwrap())
    }

    /// The issuer, when it is trusted and may speak of `subject`.
    fn find(issuers: &TrustedIssuers, issuer: &str, subject: &str) -> Result<Issuer, TokenVerificationError> {
        let found = issuers.find(issuer)?;
        found.may_speak_of(subject)?;
        Ok(found)
    }

    #[test]
    fn the_names_of_an_account_at_the_service_are_one() {
        for (domain, expected) in [
            (
                "https://login.example.com/gateway",
                vec!["https://login.example.com", "https://login.example.com/gateway"],
            ),
            ("http://localhost:8888", vec!["http://localhost:8888"]),
            (
                "acc-42.api-eu-west.authress.io",
                vec![
                    "https://acc-42.api-eu-west.authress.io",
                    "https://acc-42.api.authress.io",
                    "https://acc-42.login.authress.io",
                ],
            ),
            (
                "https://ACC.api.authress.io",
                vec!["https://acc.api.authress.io", "https://acc.login.authress.io"],
            ),
            ("https://api.authress.io", vec!["https://api.authress.io"]),
            ("https://a.b.c.authress.io", vec!["https://a.b.c.authress.io"]),
            ("https://acc.api.notauthress.io", vec!["https://acc.api.notauthress.io"]),
            (
                "https://acc.api.authress.io.example.com",
                vec!["https://acc.api.authress.io.example.com"],
            ),
        ] {
            let bases: Vec<String> = trusted(domain).0.iter().map(Base::text).collect();
            assert_eq!(bases, expected, "{domain}");
            assert_eq!(trusted(domain).configured().count(), 1, "{domain}");
        }
    }

    #[test]
    fn the_two_shapes_of_a_trusted_origin_are_trusted() {
        let account = "https://login.example.com/.well-known/openid-configuration/jwks";
        let issuers = trusted("login.example.com");
        for issuer in [
            "https://login.example.com",
            "https://login.example.com/",
            "https://LOGIN.Example.com",
            "https://login.example.com:443",
            "https://login.example.com:443/",
        ] {
            let found = find(&issuers, issuer, "user").unwrap();
            assert_eq!(found.keys_url(), account, "{issuer}");
            assert_eq!(found.service_client_id, None);
        }
        for (segment, id) in [
            ("sc_1", "sc_1"),
            ("sc%7Cone", "sc|one"),
            ("a%2Bb%20c", "a+b c"),
            ("%C3%BC", "ü"),
            ("100%25", "100%"),
        ] {
            let issuer = format!("https://login.example.com/v1/clients/{segment}");
            let found = find(&issuers, &issuer, id).unwrap();
            assert_eq!(
                found.keys_url(),
                format!("{issuer}/.well-known/openid-configuration/jwks")
            );
            assert_eq!(found.service_client_id.as_deref(), Some(id));
        }
    }

    #[test]
    fn plain_http_is_another_origin_than_https() {
        assert!(find(&trusted("http://localhost:80"), "http://localhost", "u").is_ok());
        assert!(find(&trusted("http://localhost:80"), "https://localhost", "u").is_err());
        assert!(find(&trusted("https://localhost"), "http://localhost", "u").is_err());
        assert!(find(&trusted("http://[::1]:8888"), "http://[::1]:8888/", "u").is_ok());
    }

    #[test]
    fn every_other_issuer_is_untrusted() {
        let issuers = trusted("login.example.com");
        for issuer in [
            "",
            "login.example.com",
            "//login.example.com",
            "http://login.example.com",
            "HTTPS://login.example.com",
            "ftp://login.example.com",
            " https://login.example.com",
            "https://login.example.com ",
            "https://login.example.com\n",
            "https://login.example.com.",
            "https://login.example.com:",
            "https://login.example.com:444",
            "https://login.example.com:80",
            "https://login.example.com:0443",
            "https://login.example.com:443:443",
            "https://login.example.com.evil.com",
            "https://evil.com/login.example.com",
            "https://evil.com#https://login.example.com",
            "https://evil-login.example.com",
            "https://login%2Eexample.com",
            "https://user@login.example.com",
            "https://login.example.com@evil.com",
            "https://login.example.com:443@evil.com",
            "https://evil.com\\@login.example.com",
            "https://login.example.com\\",
            "https://login.example.com?",
            "https://login.example.com#",
            "https://login.example.com/?",
            "https://login.example.com/#",
            "https://login.example.com//",
            "https://login.example.com/.",
            "https://login.example.com/..",
            "https://login.example.com/v1",
            "https://login.example.com/v1/clients",
            "https://login.example.com/v1/clients/",
            "https://login.example.com/V1/clients/sc_1",
            "https://login.example.com/v1/Clients/sc_1",
            "https://login.example.com/v2/clients/sc_1",
            "https://login.example.com//v1/clients/sc_1",
            "https://login.example.com/v1//clients/sc_1",
            "https://login.example.com/v1/clients//sc_1",
            "https://login.example.com/v1/clients/sc_1/",
            "https://login.example.com/v1/clients/sc_1/x",
            "https://login.example.com/v1/clients/sc_1?a",
            "https://login.example.com/v1/clients/sc_1#a",
            "https://login.example.com/v1/clients/sc_1;a",
            "https://login.example.com/v1/clients/x/../sc_1",
            "https://login.example.com/v1/clients/./sc_1",
            "https://login.example.com/x/../v1/clients/sc_1",
            "https://login.example.com/v1/clients/.",
            "https://login.example.com/v1/clients/..",
            "https://login.example.com/v1/clients/%2e%2e",
            "https://login.example.com/v1/clients/%2E%2E",
            "https://login.example.com/v1/clients/..%2Fsc_1",
            "https://login.example.com/v1/clients/a%5Cb",
            "https://login.example.com/v1/clients/a%00",
            "https://login.example.com/v1/clients/sc%5f1",
            "https://login.example.com/v1/clients/%73c_1",
            "https://login.example.com/v1/clients/sc%7cone",
            "https://login.example.com/v1/clients/sc|one",
            "https://login.example.com/v1/clients/sc one",
            "https://login.example.com/v1/clients/sc+one",
            "https://login.example.com/v1/clients/ü",
            "https://login.example.com/v1/clients/%FF",
            "https://login.example.com/v1/clients/%",
            "https://login.example.com/v1/clients/sc_1%",
        ] {
            for subject in ["sc_1", "user", ".", "..", "sc|one", "../sc_1", "a\\b", "a\0"] {
                let error = find(&issuers, issuer, subject).unwrap_err();
                assert_eq!(error.reason(), UntrustedIssuer, "{issuer}");
            }
        }
    }

    #[test]
    fn a_base_with_a_path_is_trusted_exactly_and_so_is_its_origin() {
        let issuers = trusted("https://gateway.example.com/authress");
        for (issuer, keys) in [
            (
                "https://gateway.example.com/authress",
                "https://gateway.example.com/authress",
            ),
            (
                "https://gateway.example.com/authress/",
                "https://gateway.example.com/authress",
            ),
            (
                "https://gateway.example.com/authress/v1/clients/c",
                "https://gateway.example.com/authress/v1/clients/c",
            ),
            ("https://gateway.example.com", "https://gateway.example.com"),
            (
                "https://gateway.example.com/v1/clients/c",
                "https://gateway.example.com/v1/clients/c",
            ),
        ] {
            let found = find(&issuers, issuer, "c").unwrap();
            assert_eq!(
                found.keys_url(),
                format!("{keys}/.well-known/openid-configuration/jwks"),
                "{issuer}"
            );
        }
        for issuer in [
            "https://gateway.example.com/Authress",
            "https://gateway.example.com/authress2",
            "https://gateway.example.com/authressv1/clients/c",
            "https://gateway.example.com/authress//v1/clients/c",
            "https://gateway.example.com/authress/../v1/clients/c",
            "https://gateway.example.com/authress/v1/clients/c/",
            "https://gateway.example.com/v1/clients/authress/v1/clients/c",
            "https://gateway.example.com/other/authress",
            "https://evil.example/authress",
        ] {
            let error = find(&issuers, issuer, "c").unwrap_err();
            assert_eq!(error.reason(), UntrustedIssuer, "{issuer}");
        }
    }

    #[test]
    fn a_client_speaks_of_itself_only() {
        let issuers = trusted("login.example.com");
        for subject in ["", "user", "SC_1", "sc_1 ", "sc%7Cone"] {
            for issuer in [
                "https://login.example.com/v1/clients/sc_1",
                "https://login.example.com/v1/clients/sc%7Cone",
            ] {
                let error = find(&issuers, issuer, subject).unwrap_err();
                assert_eq!(error.reason(), SubjectMismatch, "{issuer} {subject}");
            }
        }
    }
}
