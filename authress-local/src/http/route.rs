//! What a request is for: the templates of the description, and of what the server has besides, on the path as it was sent.
//!
//! A parameter is decoded once, after the path was split, so that `%2F` stays within it.

use std::borrow::Cow;
use std::string::FromUtf8Error;
use std::sync::LazyLock;

use authress_api::{OPERATIONS, Operation};
use http::Method;
use percent_encoding::percent_decode_str;

use super::api::{self, Handler};
use super::paths::Paths;
use crate::description;
use crate::faults::Target;

/// The path parameters, decoded, in the order of the template.
pub(super) type Parameters<'p> = Vec<Cow<'p, str>>;

/// What a request is for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route<'p> {
    /// An operation of the description.
    Operation(Offered, Parameters<'p>),
    /// A path that the description does not have.
    Own(Own, Parameters<'p>),
    /// The path is known, with other methods: these.
    OtherMethod(Vec<Method>),
    /// What stands in the path after a `%` is no code of a byte, or the bytes are no UTF-8.
    Malformed,
    /// There is no such path.
    Nothing,
}

impl Route<'_> {
    /// What the request is for, as far as faults are put in there.
    pub(super) fn target(&self) -> Option<Target> {
        match self {
            Self::Operation(offered, _) => Some(Target::Operation(offered.operation.id)),
            Self::Own(Own::Keys | Own::ClientKeys, _) => Some(Target::Keys),
            Self::Own(Own::Health, _) => None,
            Self::Own(..) | Self::OtherMethod(_) | Self::Malformed | Self::Nothing => Some(Target::Other),
        }
    }
}

/// An operation with all that is known of it, found together with its path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offered {
    pub(super) operation: &'static Operation,
    pub(super) described: Option<&'static description::Operation>,
    pub(super) handler: Option<Handler>,
}

impl Offered {
    fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            described: description::Operation::of(operation.id),
            handler: api::handler(operation.id),
        }
    }
}

/// The rest follows from the operation.
impl PartialEq for Offered {
    fn eq(&self, other: &Self) -> bool {
        self.operation == other.operation
    }
}

impl Eq for Offered {}

/// What the server answers beside the operations of the description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    Health,
    /// The configuration and the keys of the account.
    Configuration,
    Keys,
    /// The configuration and the keys of a service client.
    ClientConfiguration,
    ClientKeys,
    /// A token for a user, or the beginning of a login.
    Authenticate,
    /// The end of a login, where the user comes back from an identity provider.
    Login,
    /// The token of a login that has ended.
    LoginToken,
}

/// The paths that the description does not have.
const OWN: &[(Method, &str, Own)] = &[
    (Method::GET, "/health", Own::Health),
    (Method::HEAD, "/health", Own::Health),
    (Method::GET, "/.well-known/openid-configuration", Own::Configuration),
    (Method::GET, "/.well-known/openid-configuration/jwks", Own::Keys),
    (
        Method::GET,
        "/v1/clients/{clientId}/.well-known/openid-configuration",
        Own::ClientConfiguration,
    ),
    (
        Method::GET,
        "/v1/clients/{clientId}/.well-known/openid-configuration/jwks",
        Own::ClientKeys,
    ),
    (Method::POST, "/api/authentication", Own::Authenticate),
    (Method::GET, "/login", Own::Login),
    (
        Method::POST,
        "/api/authentication/{authenticationRequestId}/tokens",
        Own::LoginToken,
    ),
];

/// What stands under a template for one method.
type Found = (&'static Method, Kind);

#[derive(Debug, Clone, Copy)]
enum Kind {
    Operation(Offered),
    Own(Own),
}

/// All templates. Where a path is one of the server's own and has the form of an operation's, it is its own with all its methods.
static PATHS: LazyLock<Paths<Found>> = LazyLock::new(|| {
    let operations = OPERATIONS.iter().map(|operation| {
        (
            operation.path,
            (&operation.method, Kind::Operation(Offered::new(operation))),
        )
    });
    let own = OWN.iter().map(|(method, path, own)| (*path, (method, Kind::Own(*own))));
    Paths::new(operations.chain(own))
});

pub(super) fn find<'p>(method: &Method, path: &'p str) -> Route<'p> {
    if !is_well_formed(path) {
        return Route::Malformed;
    }
    let Some((found, parameters)) = PATHS.find(path) else {
        return Route::Nothing;
    };
    let Some((_, kind)) = found.iter().find(|(of_method, _)| *of_method == method) else {
        return Route::OtherMethod(found.iter().map(|(method, _)| (*method).clone()).collect());
    };
    let parameters = parameters.into_iter().map(decoded).collect();
    match kind {
        Kind::Operation(offered) => Route::Operation(*offered, parameters),
        Kind::Own(own) => Route::Own(*own, parameters),
    }
}

/// The id of the operation that a request is for, with its path parameters, decoded; nothing when it is for none.
#[cfg(feature = "bench")]
pub fn operation_of<'p>(method: &Method, path: &'p str) -> Option<(&'static str, Vec<Cow<'p, str>>)> {
    match find(method, path) {
        Route::Operation(offered, parameters) => Some((offered.operation.id, parameters)),
        _ => None,
    }
}

/// Whether every `%` begins the code of a byte (RFC 3986 section 2.1), and the bytes are UTF-8.
fn is_well_formed(path: &str) -> bool {
    let (mut bytes, mut is_ascii) = (path.bytes(), true);
    while bytes.any(|byte| byte == b'%') {
        match (bytes.next(), bytes.next()) {
            (Some(high), Some(low)) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                is_ascii &= matches!(high, b'0'..=b'7');
            }
            _ => return false,
        }
    }
    // Codes of ASCII characters leave the rest as it is, which is UTF-8.
    is_ascii || percent_decode_str(path).decode_utf8().is_ok()
}

/// A parameter of a well-formed path as it was meant.
fn decoded(segment: &str) -> Cow<'_, str> {
    if segment.contains('%') {
        let mut bytes = Vec::with_capacity(segment.len());
        bytes.extend(percent_decode_str(segment));
        let lossy = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
        Cow::Owned(String::from_utf8(bytes).unwrap_or_else(lossy))
    } else {
        Cow::Borrowed(segment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(method: Method, path: &str) -> Option<(&'static str, Parameters<'_>)> {
        match find(&method, path) {
            Route::Operation(offered, parameters) => Some((offered.operation.id, parameters)),
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
    fn the_servers_own_paths_are_found_and_none_is_an_operations() {
        for (method, template, expected) in OWN {
            let path = template.replace(['{', '}'], "");
            let Route::Own(found, parameters) = find(method, &path) else {
                panic!("{path} is another route");
            };
            assert_eq!((found, parameters.len()), (*expected, template.matches('{').count()));
        }
        let keys = "/.well-known/openid-configuration/jwks";
        assert_eq!(
            find(&Method::GET, &format!("/v1/clients/sc%7C1{keys}")),
            Route::Own(Own::ClientKeys, vec!["sc|1".into()])
        );
        assert_eq!(find(&Method::POST, keys), Route::OtherMethod(vec![Method::GET]));
        assert_eq!(find(&Method::GET, &format!("/v1/clients/a/b{keys}")), Route::Nothing);
        assert_eq!(find(&Method::GET, &format!("/v1/clients/{keys}")), Route::Nothing);
    }

    #[test]
    fn a_known_path_with_another_method_is_told_apart() {
        let Route::OtherMethod(mut methods) = find(&Method::PATCH, "/v1/roles") else {
            panic!("another route");
        };
        methods.sort_by_key(ToString::to_string);
        assert_eq!(methods, [Method::GET, Method::POST]);
        let methods = vec![Method::POST];
        let found = find(&Method::GET, "/api/authentication/oauth/tokens");
        assert_eq!(found, Route::OtherMethod(methods));
        assert_eq!(find(&Method::GET, "/v2/roles"), Route::Nothing);
        assert_eq!(find(&Method::GET, "/v1/roles/"), Route::Nothing);
    }
}
