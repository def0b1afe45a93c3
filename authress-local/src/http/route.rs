//! Which operation a request is for: the templates of the description, segment by segment, on the path as it was sent.
//!
//! A parameter is decoded once, after the path was split, so that `%2F` stays within it.

use std::sync::LazyLock;

use authress_api::{OPERATIONS, Operation};
use http::Method;
use percent_encoding::percent_decode_str;

use super::paths::Paths;
use crate::faults::Target;

/// What stands at the end of the path of a JWKS.
const JWKS: &str = "/.well-known/openid-configuration/jwks";

/// What a request is for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// An operation, with its path parameters in the order of the template.
    Operation(&'static Operation, Vec<String>),
    /// The keys of the account.
    AccountKeys,
    /// The keys of a service client.
    ClientKeys(String),
    /// Whether the server is there.
    Health,
    /// The path is known, with other methods: these.
    OtherMethod(Vec<Method>),
    /// What stands in the path after a `%` is no code of a byte, or the bytes are no UTF-8.
    Malformed,
    /// There is no such path.
    Nothing,
}

impl Route {
    /// What the request is for, as far as faults are put in there.
    pub(super) fn target(&self) -> Option<Target> {
        match self {
            Self::Operation(operation, _) => Some(Target::Operation(operation.id)),
            Self::AccountKeys | Self::ClientKeys(_) => Some(Target::Keys),
            Self::Health => None,
            Self::OtherMethod(_) | Self::Malformed | Self::Nothing => Some(Target::Other),
        }
    }
}

/// The operations by their paths.
static PATHS: LazyLock<Paths<&'static Operation>> =
    LazyLock::new(|| Paths::new(OPERATIONS.iter().map(|operation| (operation.path, *operation))));

pub(super) fn find(method: &Method, path: &str) -> Route {
    if !is_well_formed(path) {
        return Route::Malformed;
    }
    if let Some(before) = path.strip_suffix(JWKS) {
        let client = before
            .strip_prefix("/v1/clients/")
            .filter(|id| !id.contains('/'))
            .and_then(decoded);
        return match (before, client) {
            ("", _) if method == Method::GET => Route::AccountKeys,
            (_, Some(id)) if method == Method::GET => Route::ClientKeys(id),
            ("", _) | (_, Some(_)) => Route::OtherMethod(vec![Method::GET]),
            _ => Route::Nothing,
        };
    }
    if path == "/health" {
        return match *method {
            Method::GET | Method::HEAD => Route::Health,
            _ => Route::OtherMethod(vec![Method::GET, Method::HEAD]),
        };
    }
    let Some((operations, parameters)) = PATHS.find(path) else {
        return Route::Nothing;
    };
    let Some(operation) = operations.iter().find(|operation| operation.method == *method) else {
        return Route::OtherMethod(operations.iter().map(|operation| operation.method.clone()).collect());
    };
    let parameters: Option<Vec<String>> = parameters.into_iter().map(decoded).collect();
    parameters.map_or(Route::Malformed, |parameters| Route::Operation(operation, parameters))
}

/// Whether every `%` begins the code of a byte (RFC 3986 section 2.1), and the bytes are UTF-8.
fn is_well_formed(path: &str) -> bool {
    let mut after_percent = path.split('%').skip(1);
    let is_code = |text: &str| text.bytes().take_while(u8::is_ascii_hexdigit).take(2).count() == 2;
    after_percent.all(is_code) && percent_decode_str(path).decode_utf8().is_ok()
}

/// A parameter as it was meant; none may be empty.
fn decoded(segment: &str) -> Option<String> {
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    (!text.is_empty()).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(method: Method, path: &str) -> Option<(&'static str, Vec<String>)> {
        match find(&method, path) {
            Route::Operation(operation, parameters) => Some((operation.id, parameters)),
            _ => None,
        }
    }

    #[test]
    fn every_operation_of_the_description_is_found_by_its_own_path() {
        for expected in OPERATIONS {
            let path = expected.path.replace(['{', '}'], "");
            let (id, parameters) = operation(expected.method.clone(), &path).unwrap();
            assert_eq!(id, expected.id);
            assert_eq!(parameters.len(), expected.path.matches('{').count());
        }
    }

    #[test]
    fn a_slash_within_a_parameter_stays_there_and_nothing_is_decoded_twice() {
        let (id, parameters) =
            operation(Method::GET, "/v1/users/a%7Cb/resources/x%2Fy%252F/permissions/p%3Aq").unwrap();
        assert_eq!(id, "authorizeUser");
        assert_eq!(parameters, ["a|b", "x/y%2F", "p:q"]);
        assert_eq!(
            find(&Method::GET, "/v1/users/u/resources/x/y/permissions/p"),
            Route::Nothing
        );
        assert_eq!(
            find(&Method::GET, "/v1/users/u/resources//permissions/p"),
            Route::Nothing
        );
    }

    #[test]
    fn a_path_with_a_code_that_is_none_is_malformed() {
        for path in [
            "/v1/users/%FF",
            "/v1/users/%zz",
            "/v1/users/%",
            "/v1/users/%4",
            "/v1/users/%4g",
            "/%zz",
            "/v1/users/%C3x",
        ] {
            assert_eq!(find(&Method::GET, path), Route::Malformed, "{path}");
        }
        for path in ["/v1/users/%25", "/v1/users/%C3%BC", "/v1/users/a%2fb%2F"] {
            assert!(matches!(find(&Method::GET, path), Route::Operation(..)), "{path}");
        }
    }

    #[test]
    fn keys_are_found_for_the_account_and_for_clients() {
        assert_eq!(find(&Method::GET, JWKS), Route::AccountKeys);
        assert_eq!(
            find(&Method::GET, &format!("/v1/clients/sc%7C1{JWKS}")),
            Route::ClientKeys("sc|1".into())
        );
        assert_eq!(find(&Method::POST, JWKS), Route::OtherMethod(vec![Method::GET]));
        assert_eq!(find(&Method::GET, &format!("/v1/clients/a/b{JWKS}")), Route::Nothing);
        assert_eq!(find(&Method::GET, &format!("/v1/clients/{JWKS}")), Route::Nothing);
    }

    #[test]
    fn a_known_path_with_another_method_is_told_apart() {
        let Route::OtherMethod(mut methods) = find(&Method::PATCH, "/v1/roles") else {
            panic!("another route");
        };
        methods.sort_by_key(ToString::to_string);
        assert_eq!(methods, [Method::GET, Method::POST]);
        assert_eq!(find(&Method::GET, "/v2/roles"), Route::Nothing);
        assert_eq!(find(&Method::GET, "/v1/roles/"), Route::Nothing);
    }
}
