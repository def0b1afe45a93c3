//! Which issuers are trusted, and where the keys of each are.
//!
//! The security of the verifier hangs on this file: an issuer that is matched too loosely lets the holder of any service client's key act
//! as any user.

use percent_encoding::percent_decode_str;

use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::{InvalidClaim, SubjectMismatch, UntrustedIssuer};
use crate::origin::{host, origin};
use crate::{BaseUrl, encoding};

/// What stands between a trusted origin and the id of a service client.
const CLIENTS: &str = "/v1/clients/";
/// Where the keys are, from the issuer on.
const JWKS: &str = "/.well-known/openid-configuration/jwks";

/// The origins whose tokens are trusted.
#[derive(Debug, Clone)]
pub(super) struct TrustedOrigins(Vec<String>);

/// A trusted issuer. Every text in it is built from the configuration and a checked client id, none is copied from a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Issuer {
    /// Where the keys are.
    pub(super) keys_url: String,
    /// The service client that issued the token, or none when the account itself did.
    pub(super) service_client_id: Option<String>,
}

impl TrustedOrigins {
    /// The origin of `domain`, and the two other names of the account when it is one of the service's own hosts.
    pub(super) fn new(domain: &BaseUrl) -> Self {
        let mut origins = Self(Vec::new());
        origins.add(domain);
        // `ACCOUNT.api.authress.io`, `ACCOUNT.api-eu-west.authress.io`, `ACCOUNT.login.authress.io`: one account, several names.
        let labels: Vec<&str> = host(domain).split('.').collect();
        if let [account, _, "authress", "io"] = labels.as_slice() {
            for service in ["api", "login"] {
                origins.push(format!("https://{account}.{service}.authress.io"));
            }
        }
        origins
    }

    /// Trusts the origin of `url` as well.
    pub(super) fn add(&mut self, url: &BaseUrl) {
        self.push(origin(url).to_owned());
    }

    fn push(&mut self, origin: String) {
        if !self.0.contains(&origin) {
            self.0.push(origin);
        }
    }

    /// The trusted issuer that `issuer` names exactly, for a token about `subject`.
    ///
    /// Two shapes are trusted: an origin, and an origin with `/v1/clients/{id}`, where the subject must be that client.
    pub(super) fn find(&self, issuer: &str, subject: &str) -> Result<Issuer, TokenVerificationError> {
        let untrusted = || TokenVerificationError::new(UntrustedIssuer);
        let (origin, path) = self.split(issuer).ok_or_else(untrusted)?;
        if path.is_empty() || path == "/" {
            return Ok(Issuer {
                keys_url: format!("{origin}{JWKS}"),
                service_client_id: None,
            });
        }
        let client_id = path.strip_prefix(CLIENTS).and_then(client_id).ok_or_else(untrusted)?;
        if client_id != subject {
            return Err(TokenVerificationError::new(SubjectMismatch));
        }
        Ok(Issuer {
            keys_url: format!("{origin}{CLIENTS}{}{JWKS}", encoding::segment(&client_id)),
            service_client_id: Some(client_id),
        })
    }

    /// The trusted origin at the beginning of `issuer`, and what follows it.
    fn split<'a>(&self, issuer: &'a str) -> Option<(&str, &'a str)> {
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
        let named = format!("{scheme}://{authority}");
        let trusted = self.0.iter().find(|trusted| **trusted == named)?;
        Some((trusted, path))
    }
}

/// The client id that `segment` is the one encoding of.
///
/// Because the id is encoded again and compared, every other way to write it is refused: `%41` for `A`, `%7c` for `%7C`, a bare `|`, a
/// second segment, a query. Ids that a URL library or a gateway might take for structure are no ids.
fn client_id(segment: &str) -> Option<String> {
    let id = percent_decode_str(segment).decode_utf8().ok()?;
    let is_structure =
        id.is_empty() || id == "." || id == ".." || id.contains(['/', '\\']) || id.contains(char::is_control);
    (!is_structure && encoding::segment(&id) == segment).then(|| id.into_owned())
}

/// The issuer and subject that a token claims to have.
pub(super) fn claimed(
    claims: &serde_json::Map<String, serde_json::Value>,
) -> Result<(&str, &str), TokenVerificationError> {
    let text = |name| match claims.get(name) {
        Some(serde_json::Value::String(text)) if !text.is_empty() => Some(text.as_str()),
        _ => None,
    };
    let issuer = text("iss").ok_or_else(|| TokenVerificationError::at(InvalidClaim, "`iss`"))?;
    let subject = text("sub").ok_or_else(|| TokenVerificationError::at(InvalidClaim, "`sub`"))?;
    Ok((issuer, subject))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted(domain: &str) -> TrustedOrigins {
        TrustedOrigins::new(&BaseUrl::parse(domain).unwrap())
    }

    #[test]
    fn the_names_of_an_account_at_the_service_are_one() {
        for (domain, expected) in [
            ("https://login.example.com/gateway", vec!["https://login.example.com"]),
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
            assert_eq!(trusted(domain).0, expected, "{domain}");
        }
    }

    #[test]
    fn the_two_shapes_of_a_trusted_origin_are_trusted() {
        let account = "https://login.example.com/.well-known/openid-configuration/jwks";
        let origins = trusted("login.example.com");
        for issuer in [
            "https://login.example.com",
            "https://login.example.com/",
            "https://LOGIN.Example.com",
            "https://login.example.com:443",
            "https://login.example.com:443/",
        ] {
            let found = origins.find(issuer, "user").unwrap();
            assert_eq!(found.keys_url, account, "{issuer}");
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
            let found = origins.find(&issuer, id).unwrap();
            assert_eq!(
                found.keys_url,
                format!("{issuer}/.well-known/openid-configuration/jwks")
            );
            assert_eq!(found.service_client_id.as_deref(), Some(id));
        }
    }

    #[test]
    fn plain_http_is_another_origin_than_https() {
        assert!(trusted("http://localhost:80").find("http://localhost", "u").is_ok());
        assert!(trusted("http://localhost:80").find("https://localhost", "u").is_err());
        assert!(trusted("https://localhost").find("http://localhost", "u").is_err());
        assert!(trusted("http://[::1]:8888").find("http://[::1]:8888/", "u").is_ok());
    }

    #[test]
    fn every_other_issuer_is_untrusted() {
        let origins = trusted("login.example.com");
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
                let error = origins.find(issuer, subject).unwrap_err();
                assert_eq!(error.reason(), UntrustedIssuer, "{issuer}");
            }
        }
    }

    #[test]
    fn a_client_speaks_of_itself_only() {
        let origins = trusted("login.example.com");
        for subject in ["", "user", "SC_1", "sc_1 ", "sc%7Cone"] {
            for issuer in [
                "https://login.example.com/v1/clients/sc_1",
                "https://login.example.com/v1/clients/sc%7Cone",
            ] {
                let error = origins.find(issuer, subject).unwrap_err();
                assert_eq!(error.reason(), SubjectMismatch, "{issuer} {subject}");
            }
        }
    }
}
