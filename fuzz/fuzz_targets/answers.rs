//! Any bytes as an answer. The first byte chooses a model, the second an operation, the third a status; the rest is the body.

#![no_main]

use std::error::Error as _;
use std::fmt::{Debug, Display};
use std::time::Duration;

use authress::bytes::Bytes;
use authress::http::{HeaderValue, Method, Response, StatusCode};
use authress::{BaseUrl, Error, Operation, RawClient, Request, models};
use authress_fuzz::operations::{OPERATIONS, Parameters, Visit, visit};
use authress_fuzz::service::Service;
use authress_fuzz::{DOMAIN, has, plain, ready};
use authress_local::check_answer;
use chrono::DateTime;
use libfuzzer_sys::{Corpus, fuzz_target};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// The statuses that the third byte chooses from: those that are described, others that are met, and some that nobody should send.
const STATUSES: [u16; 64] = [
    200, 201, 202, 204, 302, 304, 400, 401, 402, 403, 404, 408, 409, 412, 413, 415, 422, 429, 500, 502, 503, 504, 100,
    101, 103, 203, 205, 206, 207, 208, 226, 299, 300, 301, 303, 305, 307, 308, 399, 405, 406, 407, 410, 411, 414, 416,
    417, 418, 421, 423, 424, 425, 426, 428, 431, 451, 499, 501, 505, 511, 520, 599, 600, 999,
];
/// The longest message of an error, in characters: what the service says is cut at 300 of them, and the rest is the SDK's own.
const LONGEST_MESSAGE: usize = 300 + 250;
/// The beginnings of what is said of a body that is not as described.
const SOURCES: [&str; 5] = [
    "it is not JSON (line ",
    "it ends too early (line ",
    "a value is of another type than described (line ",
    "an authorization check is allowed by a 200 alone",
    MISSING,
];
const MISSING: &str = "the field `";

fuzz_target!(|data: &[u8]| -> Corpus {
    let [model, operation, status, body @ ..] = data else {
        return Corpus::Reject;
    };
    MODELS[usize::from(*model) % MODELS.len()](body);
    let number = usize::from(*operation) % OPERATIONS.len();
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let parameters = Parameters {
        path: ["a", "b", "c"],
        text: "t",
    };
    let line = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let header = HeaderValue::from_bytes(&line[..line.len().min(64)]).unwrap_or(HeaderValue::from_static("7"));
    let body = Bytes::copy_from_slice(body);
    // The first two are those that decide checks.
    for status in [200, 404, status] {
        let answered = Answered {
            status: StatusCode::from_u16(status).unwrap(),
            header: header.clone(),
            body: body.clone(),
        };
        visit(number, &parameters, answered);
    }
    let status = StatusCode::from_u16(status).unwrap();
    raw(status, &body);
    if let Ok(text) = str::from_utf8(&body)
        && !status.is_success()
    {
        words_of_the_service(status, OPERATIONS[number], text);
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
    if !has_numbers_of_32_bits_alone(body) {
        return;
    }
    let written = serde_json::to_vec(&read).expect("what was read can be written");
    let again = serde_json::from_slice::<T>(&written).expect("what was written can be read");
    assert_eq!(again, read, "{name} is another one when it is read again");
    assert_eq!(serde_json::to_vec(&again).unwrap(), written);

    // Nothing is in it that the answer does not say.
    let written: Value = serde_json::from_slice(&written).unwrap();
    let answer: Value = serde_json::from_slice(body).unwrap();
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

/// The one number with a point, which is at most 1, has 32 bits: what is beyond them is read as infinite, and JSON has no such number. Nor has it one
/// that is too large for any reader, which may stand in a member that nobody reads.
fn has_numbers_of_32_bits_alone(body: &[u8]) -> bool {
    body.trim_ascii().is_empty() || serde_json::from_slice(body).is_ok_and(|value| !has_a_number_beyond_32_bits(&value))
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
    /// The value of two headers that the client reads.
    header: HeaderValue,
    body: Bytes,
}

impl Visit for Answered {
    type Output = ();

    fn visit<R: Request<Output: Serialize + PartialEq>>(self, request: R) {
        let Self { status, header, body } = &self;
        let service = Service::answering(*status, body.clone())
            .with_header("retry-after", header.clone())
            .with_header("x-request-id", header.clone());
        let client = RawClient::with_transport(BaseUrl::parse(DOMAIN).unwrap(), service.clone());
        let answer = ready(request.send(&client));
        assert_eq!(service.asked().len(), 1);
        let operation = R::OPERATION;
        if let Err(error) = &answer {
            self.kept(error, operation);
        }
        if operation.is_authorization_check() {
            return check(answer.err().as_ref(), *status, body);
        }
        match answer {
            Ok(answer) => {
                assert!(status.is_success() && answer.status() == *status && answer.headers().len() == 2);
                let output = answer.into_inner();
                assert_eq!(R::decode(body).expect("it was decoded before"), output);
                written_and_read::<R>(&output, body);
            }
            Err(error) => {
                assert!(!status.is_success() || R::decode(body).is_err(), "{error}");
                let is_described = status.is_success()
                    && plain_or_nothing(body)
                    && check_answer(operation.id, status.as_u16(), Some("application/links+json"), body).is_ok();
                assert!(!is_described, "{error} {:?}", error.source());
            }
        }
    }
}

/// Whether a body is JSON that all readers read alike, or not there.
fn plain_or_nothing(body: &[u8]) -> bool {
    body.is_empty() || plain(body).is_some()
}

/// What was read, written as JSON, is read as the same.
fn written_and_read<R: Request<Output: Serialize + PartialEq>>(output: &R::Output, body: &[u8]) {
    if !has_numbers_of_32_bits_alone(body) {
        return;
    }
    let written = match serde_json::to_vec(output).expect("what was read can be written") {
        // Where no body is due, none says the same.
        written if written == b"null" => Bytes::new(),
        written => written.into(),
    };
    assert_eq!(&R::decode(&written).expect("what was written can be read"), output);
}

/// A yes is a 200 that says nothing, and a no a 404 that says nothing or that the service may have written.
fn check(error: Option<&Error>, status: StatusCode, body: &Bytes) {
    let text = body.trim_ascii();
    let object: Option<Map<String, Value>> = serde_json::from_slice(text).ok();
    let says_nothing = text.is_empty() || object.as_ref().is_some_and(Map::is_empty);
    let of_the_service = ["errorCode", "errorId", "title"];
    let is_error = object.is_some_and(|object| of_the_service.iter().any(|name| object.contains_key(*name)));
    match error {
        None => assert!(status == 200 && says_nothing),
        Some(error) => {
            assert!(status != 200 || !says_nothing);
            let is_no = status == 404 && (says_nothing || is_error);
            // An object that may hide JSON in a text is read by nobody.
            let may_hide = is_no && (has(body, b"RawValue") || has(body, br"\u00"));
            assert!(error.is_denied() == is_no || may_hide, "{error}");
        }
    }
}

impl Answered {
    /// An error that came of an answer has all of it, and is of the kind that its status is.
    fn kept(&self, error: &Error, operation: &'static Operation) {
        assert_eq!((error.status(), error.body()), (Some(self.status), Some(&self.body)));
        let headers = error.headers().expect("an answer has headers");
        assert!(headers.len() == 2 && headers.values().all(|value| value == self.header));
        assert_eq!(error.operation(), Some(operation));
        kind(error, self.status.as_u16(), operation.is_authorization_check());

        let header = self.header.to_str().ok();
        assert_eq!(error.request_id(), header);
        let seconds = header.map(str::trim).filter(|text| !text.is_empty());
        match seconds.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())) {
            Some(seconds) => {
                let seconds = seconds.parse().unwrap_or(u64::MAX);
                assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
            }
            // The other form is a date, with the time of day.
            None => assert!(error.retry_after().is_none() || header.is_some_and(|text| text.contains(':'))),
        }

        if let Some(Value::Object(members)) = plain(&self.body) {
            let text = |name| members.get(name).and_then(Value::as_str);
            let words = (error.title(), error.code(), error.error_id());
            assert_eq!(words, (text("title"), text("errorCode"), text("errorId")));
        }
        shown(error, operation);
    }
}

/// What an error is follows from its status, and from whether it answers an authorization check. When that is denied is in [`check`].
fn kind(error: &Error, status: u16, is_check: bool) {
    for (kind, is, expected) in [
        ("unexpected", error.is_unexpected_answer(), (200..300).contains(&status)),
        ("bad request", error.is_bad_request(), status == 400 || status == 422),
        ("unauthenticated", error.is_unauthenticated(), status == 401),
        ("plan limit", error.is_plan_limit(), status == 402),
        ("forbidden", error.is_forbidden(), status == 403),
        (
            "not permitted to ask",
            error.is_not_permitted_to_ask(),
            status == 403 && is_check,
        ),
        ("not found", error.is_not_found(), status == 404 && !is_check),
        ("conflict", error.is_conflict(), status == 409 || status == 412),
        ("precondition failed", error.is_precondition_failed(), status == 412),
        ("too large", error.is_too_large(), status == 413),
        ("rate limited", error.is_rate_limited(), status == 429),
        ("server error", error.is_server_error(), (500..600).contains(&status)),
        ("sent", error.was_sent(), true),
        ("an invalid argument", error.is_invalid_argument(), false),
        ("token unavailable", error.is_token_unavailable(), false),
        ("connect", error.is_connect(), false),
        ("timeout", error.is_timeout(), false),
        ("interrupted", error.is_interrupted(), false),
    ] {
        assert_eq!(is, expected, "{kind}: {error}");
    }
    assert!(!error.is_denied() || is_check, "{error}");
}

/// An error is shown as one line that is not long, and says nothing of the body but its length, or the service's own words.
fn shown(error: &Error, operation: &'static Operation) {
    let text = error.to_string();
    for text in [&text, &format!("{error:?}")] {
        assert!(!text.contains(ends_a_line), "{text:?}");
        assert!(text.chars().count() <= LONGEST_MESSAGE, "{text}");
    }
    let (status, body) = (error.status().unwrap(), error.body().unwrap());
    let answer = |body: Vec<u8>| {
        let mut answer = Response::new(Bytes::from(body));
        *answer.status_mut() = status;
        answer
    };
    let other = if error.is_unexpected_answer() {
        let source = error
            .source()
            .expect("it is said what is wrong with the body")
            .to_string();
        assert!(SOURCES.iter().any(|known| source.starts_with(known)), "{source}");
        if let Some((field, _)) = source.strip_prefix(MISSING).and_then(|rest| rest.split_once('`')) {
            assert!(
                field.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_'),
                "{field}"
            );
        }
        Error::undecodable(answer(vec![b'x'; body.len()]), "")
    } else {
        assert!(error.source().is_none());
        let words = [
            ("title", error.title()),
            ("errorCode", error.code()),
            ("errorId", error.error_id()),
        ];
        let words: Map<String, Value> = words
            .into_iter()
            .filter_map(|(name, word)| Some((name.to_owned(), word?.into())))
            .collect();
        Error::unsuccessful(answer(match words.is_empty() {
            true if error.is_denied() => Vec::new(),
            true => b"x".to_vec(),
            false => Value::Object(words).to_string().into_bytes(),
        }))
    };
    let other = other.with_operation(operation);
    // The words may stand in a list, which is no error of the service.
    if other.is_denied() == error.is_denied() {
        assert_eq!(text, other.to_string());
    }
}

/// A line ends at these for some reader of logs.
fn ends_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// What the service says of a failure is read as it was written, whatever it is, and kept beside the whole body.
fn words_of_the_service(status: StatusCode, operation: &'static Operation, text: &str) {
    let body = json!({"title": text, "errorCode": text, "errorId": text, "more": [text]}).to_string();
    let mut answer = Response::new(Bytes::from(body.clone()));
    *answer.status_mut() = status;
    let error = Error::unsuccessful(answer).with_operation(operation);
    let words = [error.title(), error.code(), error.error_id()];
    assert_eq!(words, [Some(text); 3]);
    assert_eq!(error.body().map(|body| &**body), Some(body.as_bytes()));
    let read: models::ResponseError = error.body_as().expect("it is an error of the service");
    assert_eq!(read.title.as_deref(), Some(text));
    assert_eq!(error.is_denied(), status == 404 && operation.is_authorization_check());
    shown(&error, operation);
}

/// A call of any path gives the body as it is, when it succeeds.
fn raw(status: StatusCode, body: &Bytes) {
    let service = Service::answering(status, body.clone());
    let client = RawClient::with_transport(BaseUrl::parse(DOMAIN).unwrap(), service);
    match ready(client.request(Method::GET, "/v1/things").send()) {
        Ok(answer) => assert!(status.is_success() && answer.status() == status && answer.into_inner() == *body),
        Err(error) => {
            assert!(!status.is_success());
            assert_eq!((error.status(), error.body()), (Some(status), Some(body)));
            kind(&error, status.as_u16(), false);
        }
    }
}
