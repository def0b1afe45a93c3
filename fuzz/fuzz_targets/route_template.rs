//! Any template of a resource, any route and any path, one a line, as the middleware takes them. An empty route is none.

#![no_main]

use std::sync::{Arc, LazyLock, Mutex};

use authress::http::{Request, StatusCode, Uri, request::Parts};
use authress::middleware::axum::require;
use authress::middleware::{Allowed, RequirePermission};
use authress::{AuthressClient, RetryPolicy};
use authress_fuzz::service::Service;
use authress_fuzz::{ACCOUNT, DOMAIN, NOW, Nobody, Stopped, builder, lines, ready};
use axum::Router;
use axum::body::Body;
use axum::extract::RawPathParams;
use axum::routing::any;
use libfuzzer_sys::{Corpus, fuzz_target};
use percent_encoding::percent_decode_str;
use serde_json::json;
use tower::ServiceExt as _;

const PERMISSION: &str = "read";
const LONGEST_RESOURCE: usize = 512;
/// How names begin that axum has for itself: no handler is told of them.
const AXUMS_OWN: [&str; 2] = ["__private__axum_fallback", "__private__axum_nest_tail_param"];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some([template, route, path]) = lines::<3>(data) else {
        return Corpus::Reject;
    };
    let Ok(uri) = path.parse::<Uri>() else {
        return Corpus::Reject;
    };
    let service = Service::allowing();
    let client = client(&service);
    let mut builder = RequirePermission::builder(&client, template.clone(), PERMISSION);
    if !route.is_empty() {
        builder = builder.route(route.clone());
    }
    let parts = Template::parse(&template);
    let names = || {
        parts
            .iter()
            .flat_map(|template| template.names())
            .map(ToOwned::to_owned)
            .collect::<Vec<_>>()
    };
    let pattern = pattern(&route);
    let bound = |name: &String| {
        pattern
            .as_ref()
            .is_some_and(|pattern| pattern.contains(&Segment::Name(name)))
    };
    let layer = match builder.build() {
        Ok(layer) => layer,
        Err(error) => {
            let expected = if parts.is_none() { "resource" } else { "route" };
            assert_eq!(error.argument(), Some(expected), "{error}");
            let is_good = parts.is_some() && names().iter().all(bound) && (route.is_empty() || pattern.is_some());
            assert!(!is_good, "{error}");
            return Corpus::Keep;
        }
    };
    let template = parts.expect("a template that is taken is one");
    assert!(route.is_empty() || pattern.is_some(), "a route that is taken is one");
    assert!(
        template.names().all(|name| bound(&name.to_owned())),
        "a name that nothing binds was taken"
    );

    let expected = match &pattern {
        Some(pattern) => values(pattern, uri.path()).and_then(|values| template.filled(&values)),
        None => Some(template.written.to_owned()),
    };
    let mut parts = request(&uri);
    let allowed = ready(layer.check(&mut parts));
    let asked = resources(&service);
    match allowed {
        Ok(()) => {
            let allowed = parts.extensions.get::<Allowed>().expect("the handler is told");
            assert_eq!(
                (Some(allowed.resource_uri()), allowed.permission()),
                (expected.as_deref(), PERMISSION)
            );
            assert_eq!(
                asked,
                [allowed.resource_uri()],
                "it was asked about what the handler is told"
            );
        }
        Err(refusal) => {
            assert!(
                refusal.is_denied() && refusal.status() == StatusCode::FORBIDDEN,
                "{refusal}"
            );
            assert_eq!(expected, None);
            assert!(asked.is_empty() && parts.extensions.get::<Allowed>().is_none());
        }
    }
    if let Some(pattern) = pattern.filter(|pattern| is_axums(pattern)) {
        through_axum(
            &client,
            &service,
            &template,
            (&route, &pattern),
            (&uri, expected.is_some()),
        );
    }
    Corpus::Keep
});

fn is_axums_own(name: &str) -> bool {
    AXUMS_OWN.iter().any(|own| name.starts_with(own))
}

/// A client that asks `service` as itself, and verifies tokens of the account.
fn client(service: &Service) -> AuthressClient {
    let verifier = builder(&Nobody::default())
        .static_jwks(DOMAIN, json!({"keys": [ACCOUNT.jwk("k-account")]}).to_string())
        .build()
        .unwrap();
    AuthressClient::builder(DOMAIN)
        .access_key("sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt")
        .token_verifier(verifier)
        .retry(RetryPolicy::none())
        .clock(Stopped)
        .transport(service.clone())
        .build()
        .unwrap()
}

/// A request of `user-1`.
fn request(uri: &Uri) -> Parts {
    static TOKEN: LazyLock<String> = LazyLock::new(|| {
        let header = json!({"alg": "EdDSA", "kid": "k-account"}).to_string();
        let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60}).to_string();
        format!("Bearer {}", ACCOUNT.token(header.as_bytes(), claims.as_bytes()))
    });
    let request = Request::get(uri.clone()).header("authorization", &*TOKEN);
    request.body(()).unwrap().into_parts().0
}

/// The resources that were asked about since the last time.
fn resources(service: &Service) -> Vec<String> {
    let asked = service.asked();
    let resource = |request: &Request<_>| {
        let segments: Vec<&str> = request.uri().path().split('/').collect();
        let [
            "",
            "v1",
            "users",
            "user-1",
            "resources",
            resource,
            "permissions",
            PERMISSION,
        ] = segments[..]
        else {
            panic!("another question: {segments:?}");
        };
        percent_decode_str(resource)
            .decode_utf8()
            .expect("it is a text")
            .into_owned()
    };
    asked.iter().map(resource).collect()
}

/// A template, segment by segment: what stands before its name, the name, and what stands behind it.
struct Template<'a> {
    written: &'a str,
    segments: Vec<(&'a str, Option<&'a str>, &'a str)>,
}

impl<'a> Template<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        if text.is_empty() || text.len() > LONGEST_RESOURCE || text.contains(|c: char| c.is_control() || c == '\\') {
            return None;
        }
        let segments = text.strip_prefix('/').unwrap_or(text).split('/').map(|segment| {
            let Some((before, rest)) = segment.split_once('{') else {
                return (!["", ".", ".."].contains(&segment) && !segment.contains('}')).then_some((segment, None, ""));
            };
            let (name, after) = rest.split_once('}')?;
            let is_good =
                !name.is_empty() && !segment.contains('*') && ![before, name, after].concat().contains(['{', '}']);
            is_good.then_some((before, Some(name), after))
        });
        let segments = segments.collect::<Option<_>>()?;
        Some(Self {
            written: text,
            segments,
        })
    }

    fn names(&self) -> impl Iterator<Item = &'a str> {
        self.segments.iter().filter_map(|(_, name, _)| *name)
    }

    /// The resource that the values make, if they make one.
    fn filled(&self, values: &[(String, String)]) -> Option<String> {
        let mut segments = Vec::new();
        for (before, name, after) in &self.segments {
            let value = match name {
                None => "",
                Some(name) => {
                    let (_, value) = values.iter().find(|(bound, _)| bound == name)?;
                    let is_bad = |c: char| "/*\\".contains(c) || c.is_control();
                    if ["", ".", ".."].contains(&&**value) || value.contains(is_bad) {
                        return None;
                    }
                    value
                }
            };
            segments.push(format!("{before}{value}{after}"));
        }
        if segments.iter().any(|segment| [".", ".."].contains(&&**segment)) {
            return None;
        }
        let before = if self.written.starts_with('/') { "/" } else { "" };
        let resource = format!("{before}{}", segments.join("/"));
        (resource.len() <= LONGEST_RESOURCE).then_some(resource)
    }
}

#[derive(PartialEq)]
enum Segment<'a> {
    Literal(&'a str),
    Name(&'a str),
}

/// The segments of a route, if it is one.
fn pattern(route: &str) -> Option<Vec<Segment<'_>>> {
    let mut segments = Vec::new();
    for segment in route.strip_prefix('/')?.split('/') {
        let inner = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        if inner.unwrap_or(segment).contains(['{', '}'])
            || inner.is_some_and(|name| name.is_empty() || name.starts_with('*'))
        {
            return None;
        }
        let segment = inner.map_or(Segment::Literal(segment), Segment::Name);
        if matches!(segment, Segment::Name(_)) && segments.contains(&segment) {
            return None;
        }
        segments.push(segment);
    }
    Some(segments)
}

/// The values that a path has for the names of a route, each decoded once, if it is a path of the route.
fn values(pattern: &[Segment<'_>], path: &str) -> Option<Vec<(String, String)>> {
    let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    if segments.len() != pattern.len() {
        return None;
    }
    let mut values = Vec::new();
    for (segment, pattern) in segments.into_iter().zip(pattern) {
        match pattern {
            Segment::Literal(literal) if *literal == segment => {}
            Segment::Literal(_) => return None,
            Segment::Name(name) => {
                let is_code = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
                if !segment.split('%').skip(1).all(is_code) {
                    return None;
                }
                let value = percent_decode_str(segment).decode_utf8().ok()?;
                values.push(((*name).to_owned(), value.into_owned()));
            }
        }
    }
    Some(values)
}

/// Whether axum takes a route as what it is here; what it does not take, it panics at.
fn is_axums(pattern: &[Segment<'_>]) -> bool {
    pattern.iter().all(|segment| match segment {
        Segment::Literal(literal) => !literal.starts_with([':', '*']),
        Segment::Name(name) => name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
    })
}

/// The same path through a route of axum: what is asked about is made of what the handler gets.
fn through_axum(
    client: &AuthressClient,
    service: &Service,
    template: &Template<'_>,
    (route, pattern): (&str, &[Segment<'_>]),
    (uri, is_allowed): (&Uri, bool),
) {
    let told = Arc::new(Mutex::new(None));
    let handler = {
        let told = Arc::clone(&told);
        async move |bound: RawPathParams| {
            let bound = bound.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
            *told.lock().unwrap() = Some(bound.collect::<Vec<_>>());
        }
    };
    let layer = require(client, template.written, PERMISSION)
        .build()
        .expect("the template is good");
    let router: Router = Router::new().route(route, any(handler).layer(layer));
    let answer = ready(router.oneshot(Request::from_parts(request(uri), Body::empty()))).unwrap();
    let asked = resources(service);
    // A name of axum's stands for no empty segment.
    let mut named = uri.path().split('/').skip(1).zip(pattern);
    // Names of its own it tells nobody of.
    let has_axums_own = template.names().any(is_axums_own);
    let is_axums_path =
        !has_axums_own && named.all(|(segment, pattern)| !(segment.is_empty() && matches!(pattern, Segment::Name(_))));
    match told.lock().unwrap().take() {
        Some(values) => {
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(
                asked,
                [template
                    .filled(&values)
                    .expect("the handler is told of a resource alone")]
            );
            // Each value is that of its segment, decoded once.
            let mut bound = values.into_iter();
            for (segment, pattern) in uri.path().split('/').skip(1).zip(pattern) {
                if let Segment::Name(name) = pattern
                    && !is_axums_own(name)
                {
                    let value = percent_decode_str(segment).decode_utf8().unwrap().into_owned();
                    assert_eq!(bound.next(), Some(((*name).to_owned(), value)));
                }
            }
            assert_eq!(bound.next(), None);
        }
        None if is_allowed && is_axums_path => panic!("{answer:?} for a path of which a resource is made"),
        // The handler takes no names that are no text; a template without names does not look at them.
        None if answer.status() == StatusCode::BAD_REQUEST => assert_eq!(asked, [template.written]),
        None => assert!(
            asked.is_empty() && [403, 404].contains(&answer.status().as_u16()),
            "{answer:?} {asked:?}"
        ),
    }
}
