//! Any parameters of any path. The lines are: the base URL; the id of an operation, or a method and a path for a call of its own; three parameters of
//! the path, of which as many are used as there are; a text that stands in the query.

#![no_main]

use authress::bytes::Bytes;
use authress::http::{Method, Request as HttpRequest};
use authress::{
    AccessKey, BaseUrl, Error, Operation, RawClient, Request, ServiceClientTokenProvider, TokenProvider as _,
    holds_access_key,
};
use authress_fuzz::operations::{OPERATIONS, Parameters, Visit, visit};
use authress_fuzz::service::Service;
use authress_fuzz::{Stopped, lines, ready};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::{Corpus, fuzz_target};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

/// Those of the service.
const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::OPTIONS,
    Method::PUT,
    Method::DELETE,
    Method::POST,
    Method::PATCH,
];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some([base, what, path @ .., text]) = lines::<6>(data) else {
        return Corpus::Reject;
    };
    let Some(base) = base_url(&base) else {
        return Corpus::Keep;
    };
    let parameters = Parameters {
        path: path.each_ref().map(String::as_str),
        text: &text,
    };
    let service = Service::allowing();
    let client = RawClient::with_transport(base.clone(), service.clone());
    if let Some((method, path)) = what.split_once(' ') {
        let Ok(method) = Method::from_bytes(method.as_bytes()) else {
            return Corpus::Reject;
        };
        let sent = ready(
            client
                .request(method.clone(), path)
                .query(parameters.path[0], &text)
                .send(),
        );
        return match (sent, service.asked().as_slice()) {
            (Ok(_), [request]) => {
                whole_path_was_sent(&base, request, path, (parameters.path[0], &text));
                Corpus::Keep
            }
            (Err(error), []) => {
                assert!(
                    !error.was_sent() && matches!(error.argument(), Some("method" | "path")),
                    "{error}"
                );
                let (path, query) = path.split_once('?').unwrap_or((path, ""));
                let segments = path.strip_prefix('/').map(|path| path.split('/'));
                let is_plain = |segment: &str| !segment.is_empty() && is_word(segment);
                let is_path = segments.is_some_and(|mut segments| segments.all(is_plain));
                let is_query = query.split(['=', '&']).all(is_word);
                assert!(!METHODS.contains(&method) || !is_path || !is_query, "{error}");
                Corpus::Keep
            }
            other => panic!("{other:?}"),
        };
    }
    let Some(number) = OPERATIONS.iter().position(|operation| operation.id == what) else {
        return Corpus::Reject;
    };
    let call = visit(number, &parameters, Call(&client)).expect("it has this number");
    let operation = OPERATIONS[number];
    match service.asked().as_slice() {
        [request] => was_sent(&base, request, operation, &parameters),
        [] => was_refused(&call.expect_err("nothing was sent"), operation, &parameters),
        more => panic!("{} requests for one call", more.len()),
    }
    keys_are_below_their_client(&base, &path[0]);
    Corpus::Keep
});

/// What comes of a base URL that is taken: the host that was written, and nothing that would be lost or changed on the way.
fn base_url(text: &str) -> Option<BaseUrl> {
    let base = match BaseUrl::parse(text) {
        Ok(base) => base,
        Err(error) => {
            assert!(error.argument() == Some("base_url") && !error.was_sent(), "{error}");
            assert!(!is_plain(text), "{error}");
            return None;
        }
    };
    let url = Url::parse(base.as_str()).expect("it is a URL");
    assert_eq!(
        url.as_str().trim_end_matches('/'),
        base.as_str(),
        "others read it as it stands"
    );
    assert_eq!(
        BaseUrl::parse(base.as_str()).ok().as_ref(),
        Some(&base),
        "it has one form"
    );
    assert_eq!(base.as_uri().to_string().trim_end_matches('/'), base.as_str());
    assert!(url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none());
    let is_this_machine = match url.host() {
        Some(url::Host::Domain(name)) => ["localhost", "authress.localhost.localstack.cloud"].contains(&name),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => panic!("it has no host"),
    };
    assert!(
        url.scheme() == "https" || url.scheme() == "http" && is_this_machine,
        "{url}"
    );

    let written = text.trim();
    let written = written.split_once("://").map_or(written, |(_, rest)| rest);
    let host = written.split(['/', ':']).next().unwrap_or_default();
    // Numbers are addresses in many forms, and other letters are encoded; a name of these stands as it is.
    if host.starts_with(|c: char| c.is_ascii_alphabetic())
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
    {
        assert_eq!(url.host_str(), Some(&*host.to_ascii_lowercase()), "{text}");
    }
    Some(base)
}

/// Whether a URL is one of which nobody could doubt what it means: names of small letters, and a path of words.
fn is_plain(url: &str) -> bool {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, "a"));
    let is_name = |name: &str| (1..=63).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase());
    (1..=253).contains(&host.len())
        && host.split('.').all(is_name)
        && path.split('/').all(|segment| !segment.is_empty() && is_word(segment))
        && !holds_access_key(url)
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Sends a request, and drops what it is answered.
struct Call<'a>(&'a RawClient);

impl Visit for Call<'_> {
    type Output = Result<(), Error>;

    fn visit<R: Request>(self, request: R) -> Self::Output {
        ready(request.send(self.0)).map(drop)
    }
}

/// What is left of a path below the base URL, when the URL is read by others: at the same host, and letter by letter the same path.
fn below<'a>(base: &BaseUrl, request: &'a HttpRequest<Bytes>) -> (Url, &'a str) {
    let written = request.uri().to_string();
    let url = Url::parse(&written).expect("a URL that is sent is one");
    assert_eq!(url.as_str(), written, "others read it as it stands");
    let expected = Url::parse(base.as_str()).unwrap();
    assert_eq!(url.origin(), expected.origin(), "it goes to another host");
    assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none());
    let path = request.uri().path();
    assert_eq!(url.path(), path, "others fold the path");
    for segment in path.split('/') {
        let decoded = percent_decode_str(segment).collect::<Vec<u8>>();
        assert!(decoded != b"." && decoded != b"..", "{path} has a dot segment");
    }
    let path = path
        .strip_prefix(expected.path().trim_end_matches('/'))
        .expect("it is below the base URL");
    (url, path)
}

fn was_sent(base: &BaseUrl, request: &HttpRequest<Bytes>, operation: &Operation, parameters: &Parameters<'_>) {
    let (url, path) = below(base, request);
    assert_eq!(request.method(), operation.method);
    let template: Vec<&str> = operation.path.split('/').collect();
    let segments: Vec<&str> = path.split('/').collect();
    assert_eq!(segments.len(), template.len(), "{path} for {}", operation.path);
    let mut expected = parameters.path.into_iter();
    let mut used = Vec::new();
    for (segment, template) in segments.iter().zip(template) {
        if template.starts_with('{') {
            let parameter = expected.next().expect("there are three at most");
            assert_eq!(
                percent_decode_str(segment).decode_utf8().as_deref(),
                Ok(parameter),
                "{path}"
            );
            used.push(parameter);
        } else {
            assert_eq!(*segment, template, "{path} for {}", operation.path);
        }
    }
    for (name, value) in url.query_pairs() {
        assert_eq!(value, parameters.text, "{name}");
    }
    // And as the local server reads it.
    let (id, read) =
        authress_local::bench::operation_of(request.method(), path).expect("the local server knows the path");
    assert_eq!(
        (id, read.iter().map(|it| &**it).collect::<Vec<_>>()),
        (operation.id, used)
    );
}

/// Only what cannot stand in a path or a header is refused, and it is named.
fn was_refused(error: &Error, operation: &Operation, parameters: &Parameters<'_>) {
    assert!(error.is_invalid_argument() && !error.was_sent(), "{error}");
    let names = operation
        .path
        .split('/')
        .filter_map(|segment| segment.strip_prefix('{'));
    let refused = names
        .zip(parameters.path)
        .find(|(_, parameter)| ["", ".", ".."].contains(parameter));
    let argument = error.argument().expect("a refusal names the argument");
    match refused {
        Some((name, _)) => assert_eq!(
            argument.replace('_', ""),
            name.trim_end_matches('}').to_ascii_lowercase()
        ),
        None => assert!(
            argument.eq_ignore_ascii_case("origin") && parameters.text.contains(char::is_control),
            "{error}"
        ),
    }
}

fn whole_path_was_sent(base: &BaseUrl, request: &HttpRequest<Bytes>, written: &str, (name, value): (&str, &str)) {
    let (url, path) = below(base, request);
    let (written_path, written_query) = written.split_once('?').unwrap_or((written, ""));
    assert_eq!(path, written_path);
    let query = url.query().expect("there is one");
    let added = query.strip_prefix(written_query).expect("what was written comes first");
    assert!(written_query.is_empty() || added.starts_with('&'), "{query}");
    let pairs: Vec<_> = url.query_pairs().collect();
    assert_eq!(
        pairs.last().map(|(name, value)| (&**name, &**value)),
        Some((name, value))
    );
    let of_written = url::form_urlencoded::parse(written_query.as_bytes());
    assert_eq!(pairs.len(), of_written.count() + 1);
}

/// The longest id of a service client.
const MAX_ID_BYTES: usize = 256;

/// The issuer of a service client's tokens, at which its keys are looked for, ends in exactly its id.
fn keys_are_below_their_client(base: &BaseUrl, client_id: &str) {
    const PRIVATE_KEY: &str = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    let key = match format!("{client_id}.k1.acc_1.{PRIVATE_KEY}").parse::<AccessKey>() {
        Ok(key) => key,
        Err(error) => {
            let is_id = !client_id.is_empty() && client_id.len() <= MAX_ID_BYTES && is_word(client_id);
            let is_id = is_id && !holds_access_key(client_id);
            return assert!(!is_id, "{error}");
        }
    };
    let provider = ServiceClientTokenProvider::builder(key.clone())
        .domain(base.as_str())
        .clock(Stopped);
    let provider = provider.build().expect("every account has service clients");
    let token = ready(provider.token()).expect("every access key can sign");
    let payload = token.expose().split('.').nth(1).unwrap_or_default();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    let issuer = Url::parse(claims["iss"].as_str().unwrap()).expect("an issuer is a URL");
    assert_eq!(issuer.as_str(), claims["iss"], "others read it as it stands");
    let segments: Vec<&str> = issuer.path_segments().unwrap().collect();
    let [.., v1, clients, id] = segments[..] else {
        panic!("{issuer}");
    };
    assert_eq!((v1, clients), ("v1", "clients"));
    assert_eq!(percent_decode_str(id).decode_utf8().as_deref(), Ok(key.client_id()));
}
