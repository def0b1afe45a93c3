//! Login with an identity provider of one's own: the URL and the code in it, as the service's own SDK makes them, and what is refused.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod support;

use std::time::Duration;

use authress::{
    AuthressClient, Error, Secret, ServiceClientTokenProvider, StaticToken, TokenVerificationReason, TokenVerifier,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};
use support::{CLIENT, DOMAIN, NOW, TestClock, access_key, jwk, user_token};

#[derive(Deserialize)]
struct Fixture {
    login_urls: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    access_key: String,
    custom_domain: Option<String>,
    args: Vec<Value>,
    now: u64,
    url: String,
    code_header: Map<String, Value>,
    code_claims: Map<String, Value>,
}

fn provider(key: &str, domain: Option<&str>, now: u64) -> ServiceClientTokenProvider {
    let mut builder = ServiceClientTokenProvider::builder(key.parse().unwrap()).clock(TestClock::at(now));
    if let Some(domain) = domain {
        builder = builder.domain(domain);
    }
    builder.build().unwrap()
}

/// The code in a URL, and the URL with `CODE` in its place.
fn code(url: &Secret) -> (String, String) {
    let url = url.expose();
    let start = url.find("code=").unwrap() + "code=".len();
    let code = url[start..].split('&').next().unwrap().to_owned();
    (code.clone(), url.replace(&code, "CODE"))
}

fn part(code: &str, index: usize) -> String {
    let part = code.split('.').nth(index).unwrap();
    String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test]
async fn urls_and_codes_are_those_of_the_services_own_sdk() {
    let fixture: Fixture = serde_json::from_str(include_str!("fixtures/tokens.json")).unwrap();
    assert_eq!(fixture.login_urls.len(), 3);
    for case in fixture.login_urls {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let provider = provider(&case.access_key, case.custom_domain.as_deref(), case.now);
        let request = match case.args.as_slice() {
            [url, state, client_id, user] => provider
                .user_login_url(text(url), text(user))
                .state(text(state))
                .client_id(text(client_id)),
            [url, user] => provider.user_login_url(text(&url["authenticationUrl"]), text(user)),
            _ => panic!("{:?}", case.args),
        };
        // That SDK asks nobody where the code may go, and its codes live for an hour.
        let url = request
            .dangerous_trust_any_host()
            .lifetime(Duration::from_secs(3_600))
            .await
            .unwrap();
        let (code, url) = code(&url);
        assert_eq!(url, case.url);
        let header: Map<String, Value> = serde_json::from_str(&part(&code, 0)).unwrap();
        assert_eq!(header, case.code_header);
        let mut claims: Map<String, Value> = serde_json::from_str(&part(&code, 1)).unwrap();
        let mut expected = case.code_claims.clone();
        // Unique here.
        let jti = claims.remove("jti").unwrap();
        assert!(jti.as_str().unwrap().len() == 22 && expected.remove("jti").is_some());
        assert_eq!(claims, expected);
    }
}

#[tokio::test]
async fn every_code_is_another_one_and_lives_for_a_minute() {
    let provider = provider(&access_key(), Some(DOMAIN), NOW);
    let mut codes = Vec::new();
    for _ in 0..100 {
        let url = provider
            .user_login_url(format!("{DOMAIN}?client_id=sc_1&state=s"), "user-1")
            .await;
        codes.push(code(&url.unwrap()).0);
    }
    let claims: Value = serde_json::from_str(&part(&codes[0], 1)).unwrap();
    assert_eq!((&claims["exp"], &claims["max_age"]), (&(NOW + 60).into(), &60.into()));
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 100);
}

#[tokio::test]
async fn the_rest_of_the_query_is_kept_and_nothing_stands_twice() {
    let provider = provider(&access_key(), Some(DOMAIN), NOW);
    let url = format!("{DOMAIN}/any/path?a=1&code=x&client_id=sc_1&a=2&iss=y&code=z&state=s%26t&b=%C3%BC#part");
    let (_, url) = code(&provider.user_login_url(url, "user-1").await.unwrap());
    let issuer = "https%3A%2F%2Flogin.example.com%2Fv1%2Fclients%2Fsc_1";
    assert_eq!(
        url,
        format!("{DOMAIN}/login?a=1&code=CODE&client_id=sc_1&a=2&iss={issuer}&state=s%26t&b=%C3%BC")
    );
}

#[tokio::test]
async fn what_is_missing_or_does_not_fit_is_refused_by_name() {
    let provider = provider(&access_key(), Some(DOMAIN), NOW);
    let good = format!("{DOMAIN}?client_id=sc_1&state=s");
    let request = |url: &str, user: &str| provider.user_login_url(url, user);
    let at = |query: &str| format!("{DOMAIN}?{query}");
    for (request, argument) in [
        (request(&good, ""), "user_id"),
        (request(&good, "  "), "user_id"),
        (request(&at("client_id=sc_1"), "u"), "state"),
        (request(&at("client_id=sc_1&state="), "u"), "state"),
        (request(&at("state=s"), "u"), "client_id"),
        (request(&at("client_id=&state=s"), "u"), "client_id"),
        (request(&at("client_id=sc_2&state=s"), "u"), "client_id"),
        (request(&good, "u").client_id("sc_2"), "client_id"),
        (request(&good, "u").state("other"), "state"),
        (
            request(&at("client_id=sc_1&client_id=sc_2&state=s"), "u"),
            "authentication_url",
        ),
        (
            request(&at("client_id=sc_1&state=s&state=t"), "u"),
            "authentication_url",
        ),
        (request("", "u"), "authentication_url"),
        (
            request("login.example.com?client_id=sc_1&state=s", "u"),
            "authentication_url",
        ),
        (
            request("javascript:alert(1)?client_id=sc_1&state=s", "u"),
            "authentication_url",
        ),
        (
            request("http://login.example.com?client_id=sc_1&state=s", "u"),
            "authentication_url",
        ),
        (
            request("https://u:p@login.example.com?client_id=sc_1&state=s", "u"),
            "authentication_url",
        ),
        (request(&good, "u").lifetime(Duration::ZERO), "lifetime"),
        (request(&good, "u").lifetime(Duration::from_secs(3_601)), "lifetime"),
    ] {
        let shown = format!("{request:?}");
        let error = request.await.unwrap_err();
        assert_eq!(error.argument(), Some(argument), "{shown}");
    }
    assert!(
        request(&good, "u")
            .client_id("sc_1")
            .state("s")
            .lifetime(Duration::from_secs(3_600))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_code_goes_to_no_host_but_the_accounts() {
    let url = |host: &str| format!("https://{host}/?client_id=sc_1&state=s");
    let login = |provider: ServiceClientTokenProvider, host: &'static str| async move {
        let url = provider.user_login_url(url(host), "u").await;
        url.map(drop)
            .map_err(|error: Error| error.argument().map(str::to_owned))
    };
    let refused = Err(Some("authentication_url".to_owned()));
    let custom = provider(&access_key(), Some(DOMAIN), NOW);
    assert_eq!(login(custom.clone(), "login.example.com").await, Ok(()));
    for host in [
        "evil.example",
        "login.example.com.evil.example",
        "login.example.com:8443",
        "acc_1.login.authress.io",
    ] {
        assert_eq!(login(custom.clone(), host).await, refused, "{host}");
    }
    let own = provider(&access_key(), Some("https://acc-1.api.authress.io"), NOW);
    assert_eq!(login(own.clone(), "acc-1.login.authress.io").await, Ok(()));
    assert_eq!(login(own.clone(), "acc-2.login.authress.io").await, refused);
    let none = provider(&access_key(), None, NOW);
    assert_eq!(login(none.clone(), "login.example.com").await, refused);
    let named = none
        .user_login_url(url("login.example.com"), "u")
        .trusted_issuer(DOMAIN);
    assert!(named.await.is_ok());
    assert!(
        none.user_login_url(url("evil.example"), "u")
            .dangerous_trust_any_host()
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_code_is_never_taken_for_an_access_token() {
    let provider = provider(&access_key(), Some(DOMAIN), NOW);
    let url = provider
        .user_login_url(format!("{DOMAIN}?client_id=sc_1&state=s"), "sc_1")
        .await;
    let (code, _) = code(&url.unwrap());
    let jwks = serde_json::json!({"keys": [jwk("k-client", CLIENT)]}).to_string();
    let verifier = TokenVerifier::builder(DOMAIN).static_jwks(format!("{DOMAIN}/v1/clients/sc_1"), jwks);
    let verifier = verifier.clock(TestClock::at(NOW)).build().unwrap();
    let error = verifier.verify(&code).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::UnsupportedType);
}

#[tokio::test]
async fn a_client_makes_them_when_it_has_a_key_and_says_so_when_it_has_none() {
    let url = format!("{DOMAIN}?client_id=sc_1&state=s");
    let client = AuthressClient::builder(DOMAIN)
        .access_key(access_key())
        .build()
        .unwrap();
    assert!(client.user_login_url(&url, "u").await.is_ok());
    let token = StaticToken::new(user_token(|_| {})).unwrap();
    for builder in [
        AuthressClient::builder(DOMAIN),
        AuthressClient::builder(DOMAIN).token_provider(token),
    ] {
        let client = builder.build().unwrap();
        assert_eq!(
            client.user_login_url(&url, "u").await.unwrap_err().argument(),
            Some("access_key")
        );
    }
}
