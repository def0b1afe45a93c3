//! Any bytes as an answer. The first byte chooses a model and an operation, the rest is the body.

#![no_main]

use std::fmt::{Debug, Display};

use authress::bytes::Bytes;
use authress::http::StatusCode;
use authress::{BaseUrl, Error, RawClient, Request, models};
use authress_fuzz::operations::{OPERATIONS, Parameters, Visit, visit};
use authress_fuzz::service::Service;
use authress_fuzz::{DOMAIN, ready};
use chrono::DateTime;
use libfuzzer_sys::{Corpus, fuzz_target};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((number, body)) = data.split_first() else {
        return Corpus::Reject;
    };
    let number = usize::from(*number);
    MODELS[number % MODELS.len()](body);
    let parameters = Parameters {
        path: ["a", "b", "c"],
        text: "t",
    };
    for status in [200, 202, 404, 500] {
        let status = StatusCode::from_u16(status).unwrap();
        let body = Bytes::copy_from_slice(body);
        visit(number % OPERATIONS.len(), &parameters, Answered { status, body });
    }
    Corpus::Keep
});

macro_rules! models {
    ($($structure:ident),* $(,)?; $($open:ident),* $(,)?) => {
        const MODELS: &[fn(&[u8])] = &[
            $(|body| structure::<models::$structure>(stringify!($structure), body),)*
            $(|body| open::<models::$open>(body, models::$open::as_str),)*
        ];
    };
}

models! {
    AccessRecord, AccessRecordAccount, AccessRecordCollection, AccessRequest, AccessRequestCollection,
    AccessRequestResponse, AccessTemplate, Account, AccountCollection, AccountLinks, Application,
    ApplicationCollection, ApplicationDelegation, ApplicationRequest, AuthenticationRequest,
    AuthenticationTokenConfiguration, ClaimRequest, ClaimResponse, Client, ClientAccessKey, ClientCollection,
    ClientOptions, ClientRateLimit, CollectionLinks, Connection, ConnectionCollection, ConnectionConditions,
    ConnectionData, ConnectionDefaultConnectionProperties, ConnectionLinkingConfiguration,
    ConnectionTenantConfiguration, ConnectionUserDataConfiguration, DefaultClaims, Extension,
    ExtensionApplication, ExtensionClient, ExtensionCollection, Group, GroupCollection, Identity,
    IdentityCollection, IdentityRequest, Invite, InviteStatement, Link, LinkedGroup, LinkedIdentity,
    LinkedIdentityConnection, Links, MetadataObject, MetadataObjectAccount, OAuthAuthorizeResponse,
    OAuthTokenRequest, OAuthTokenResponse, Pagination, PaginationNext, PermissionCollection,
    PermissionCollectionAccount, PermissionObject, PermissionedResource, PermissionedResourceCollection, Resource,
    ResourcePermission, ResourceUsersCollection, ResponseError, Role, RoleCollection, Statement, Tags, Tenant,
    TenantCollection, TenantConnection, TenantData, TenantDomain, TenantUser, TokenRequest,
    UpdateAuthenticationRequestParameters, User, UserConnectionCredentials, UserIdentity, UserIdentityCollection,
    UserResourcesCollection, UserRole, UserRoleCollection, UserToken, UserTokenConfiguration;
    AccessRecordStatus, AccessRequestResponseStatus, AccessRequestStatus, ApplicationRequestSessionType,
    ApplicationSessionType, ClientRateLimitDuration, ConnectionDataSupportedContentType,
    ConnectionLinkingConfigurationType, ConnectionTenantConfigurationAssignmentType, ConnectionType,
    ConnectionUserDataConfigurationLocation, GetRecordsStatus, GetRequestsStatus,
    GetUserResourcesCollectionConfiguration, InviteConflictResolutionStrategy, LoginCodeChallengeMethod,
    OAuthTokenRequestGrantType, OAuthTokenRequestType, ResourcePermissionAction,
}

/// Models that keep all members of the answer: one that is not known is not dropped.
const WITHOUT_END: [&str; 3] = ["ClaimResponse", "ConnectionDefaultConnectionProperties", "Tags"];

fn structure<T: DeserializeOwned + Serialize + PartialEq + Debug>(name: &str, body: &[u8]) {
    let Ok(read) = serde_json::from_slice::<T>(body) else {
        return;
    };
    let answer = serde_json::from_slice::<Value>(body);
    // The one number with a point, which is at most 1, has 32 bits: what is beyond them is read as infinite, and JSON has no such number.
    if answer.as_ref().is_ok_and(has_a_number_beyond_32_bits) {
        return;
    }
    let written = serde_json::to_vec(&read).expect("what was read can be written");
    let again = serde_json::from_slice::<T>(&written).expect("what was written can be read");
    assert_eq!(again, read, "{name} is another one when it is read again");
    assert_eq!(serde_json::to_vec(&again).unwrap(), written);

    // Nothing is in it that the answer does not say.
    let written: Value = serde_json::from_slice(&written).unwrap();
    let Ok(answer) = answer else {
        // A number that is too large for any, in a member that nobody reads.
        return;
    };
    assert!(is_said(&written, Some(&answer)), "{name}: {written} of {answer}");

    // A later version of the service has one more member.
    if let Value::Object(mut members) = answer {
        members.insert("aMemberOfNextYear".to_owned(), serde_json::json!({"deep": [1]}));
        let with_more = serde_json::from_value::<T>(Value::Object(members));
        match with_more {
            Ok(with_more) if !WITHOUT_END.contains(&name) => assert_eq!(with_more, read, "{name}"),
            Ok(_) => {}
            // A map of texts takes nothing else.
            Err(error) => assert_eq!(name, "Tags", "{error}"),
        }
    }
}

fn has_a_number_beyond_32_bits(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| (number as f32).is_infinite()),
        Value::Array(list) => list.iter().any(has_a_number_beyond_32_bits),
        Value::Object(members) => members.values().any(has_a_number_beyond_32_bits),
        _ => false,
    }
}

/// Whether what was written stands in the answer, but for the form of times and numbers, and for lists that the answer leaves out.
fn is_said(written: &Value, answer: Option<&Value>) -> bool {
    match (written, answer) {
        (Value::Array(list), None | Some(Value::Null)) => list.is_empty(),
        (Value::Object(members), None | Some(Value::Null)) => members.is_empty(),
        (Value::Null, None) => true,
        (Value::Object(written), Some(Value::Object(answer))) => {
            written.iter().all(|(name, value)| is_said(value, answer.get(name)))
        }
        (Value::Array(written), Some(Value::Array(answer))) => {
            written.len() == answer.len() && written.iter().zip(answer).all(|(one, other)| is_said(one, Some(other)))
        }
        // One account in the place of a list of them.
        (Value::Array(written), Some(answer)) => matches!(&written[..], [one] if is_said(one, Some(answer))),
        // A structure may be written as the list of its members.
        (Value::Object(members), Some(Value::Array(list))) => members
            .values()
            .all(|value| list.iter().any(|said| is_said(value, Some(said))) || is_said(value, None)),
        (Value::String(written), Some(Value::String(answer))) => {
            let time = |text: &str| DateTime::parse_from_rfc3339(text).ok();
            written == answer || time(written).is_some_and(|written| Some(written) == time(answer))
        }
        (Value::Number(written), Some(Value::Number(answer))) => {
            let single = |number: &serde_json::Number| number.as_f64().map(|number| number as f32);
            written == answer || single(written) == single(answer)
        }
        (written, answer) => Some(written) == answer,
    }
}

/// Any text is a value of an open enum, and stays what it is.
fn open<T: DeserializeOwned + Serialize + PartialEq + Debug + Display + for<'a> From<&'a str>>(
    body: &[u8],
    as_str: fn(&T) -> &str,
) {
    let text = serde_json::from_slice::<String>(body).ok();
    let read = serde_json::from_slice::<T>(body).ok();
    assert_eq!(read.as_ref().map(as_str), text.as_deref());
    if let Some((read, text)) = read.zip(text) {
        assert_eq!(T::from(&text), read);
        assert_eq!(read.to_string(), text);
        assert_eq!(serde_json::to_value(&read).unwrap(), text);
    }
}

/// Makes the call, and looks at what becomes of the answer.
struct Answered {
    status: StatusCode,
    body: Bytes,
}

impl Visit for Answered {
    type Output = ();

    fn visit<R: Request>(self, request: R) {
        let Self { status, body } = self;
        let service = Service::answering(status, body.clone());
        let client = RawClient::with_transport(BaseUrl::parse(DOMAIN).unwrap(), service.clone());
        let answer = ready(request.send(&client));
        assert_eq!(service.asked().len(), 1);
        let operation = R::OPERATION;
        if operation.is_authorization_check() {
            return check(&answer.map(drop), status, &body);
        }
        match answer {
            Ok(answer) => {
                assert!(status.is_success() && answer.status() == status);
                let decoded = R::decode(&body).expect("it was decoded before");
                assert_eq!(format!("{decoded:?}"), format!("{:?}", answer.into_inner()));
            }
            Err(error) => {
                kept(&error, status, &body);
                assert!(!error.is_denied(), "{} is no authorization check", operation.id);
                assert!(!status.is_success() || R::decode(&body).is_err(), "{error}");
            }
        }
    }
}

/// A yes is a 200 that says nothing, and a no a 404 that says nothing or that the service may have written.
fn check(answer: &Result<(), Error>, status: StatusCode, body: &Bytes) {
    let text = body.trim_ascii();
    let object: Option<Map<String, Value>> = serde_json::from_slice(text).ok();
    let says_nothing = text.is_empty() || object.as_ref().is_some_and(Map::is_empty);
    let of_the_service = ["errorCode", "errorId", "title"];
    let is_error = object.is_some_and(|object| of_the_service.iter().any(|name| object.contains_key(*name)));
    match answer {
        Ok(()) => assert!(status == 200 && says_nothing),
        Err(error) => {
            kept(error, status, body);
            assert!(status != 200 || !says_nothing);
            assert_eq!(
                error.is_denied(),
                status == 404 && (says_nothing || is_error),
                "{error}"
            );
        }
    }
}

/// An error that came of an answer has all of it.
fn kept(error: &Error, status: StatusCode, body: &Bytes) {
    assert!(error.was_sent() && !error.is_invalid_argument());
    assert_eq!((error.status(), error.body()), (Some(status), Some(body)));
    // Neither way to show it fails.
    assert!(!format!("{error} {error:?}").is_empty());
}
