//! For whom a decision is used.

use authress::{Secret, StaticToken, TokenFuture, TokenProvider};
use serde_json::json;

use super::support::{NOW, user_token};
use super::*;

fn token_of(user_id: &str, id: &str) -> String {
    user_token(|claims| {
        claims["sub"] = json!(user_id);
        claims["jti"] = json!(id);
    })
}

/// Allows what is asked with `token`, and knows no other.
fn knowing(token: &str) -> Service {
    let expected = format!("Bearer {token}");
    Service::answering(move |request| {
        let is_known = request.headers()[http::header::AUTHORIZATION] == expected.as_str();
        Ok(answer(if is_known { 200 } else { 401 }, ""))
    })
}

#[tokio::test]
async fn two_callers_never_see_each_others_answers() {
    let admin = token_of("admin", "1");
    let service = knowing(&admin);
    let client = client(&service, &Ticks::new(), cache());
    let as_admin = client.with_user_token(&admin).unwrap();
    assert_eq!(parts(check(&as_admin).await), live(true));
    assert_eq!(parts(check(&as_admin).await), cached(true, 0));
    // Another user, the service client itself, and the same client again.
    let as_other = client.with_user_token(&token_of("other", "1")).unwrap();
    assert!(check(&as_other).await.unwrap_err().is_unauthenticated());
    assert!(check(&client).await.unwrap_err().is_unauthenticated());
    assert_eq!(parts(check(&as_admin).await), cached(true, 0));
    assert_eq!(service.count(), 3);
}

#[tokio::test]
async fn a_forged_token_with_somebody_elses_name_is_told_nothing() {
    let genuine = token_of("user-1", "1");
    let service = knowing(&genuine);
    let client = client(&service, &Ticks::new(), cache());
    let as_user = client.with_user_token(&genuine).unwrap();
    as_user.authorize("documents/42", "read").await.unwrap();
    as_user.authorize("documents/42", "read").await.unwrap();
    assert_eq!(service.count(), 1);
    // The same header and claims, another signature; and another token of the same user.
    let (signed, signature) = genuine.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let forged = format!("{signed}.{other}{}", &signature[1..]);
    for token in [forged, token_of("user-1", "2")] {
        let as_other = client.with_user_token(&token).unwrap();
        assert_eq!(as_other.user_id(), Some("user-1"));
        let error = as_other.authorize("documents/42", "read").await.unwrap_err();
        assert!(error.is_unauthenticated());
    }
    // The same token again, from another request.
    let as_user = client.with_user_token(&format!("Bearer {genuine}")).unwrap();
    assert!(matches!(
        as_user.check("documents/42", "read").await.unwrap().source,
        DecisionSource::Cached { .. }
    ));
}

#[tokio::test]
async fn nothing_outlives_the_token_it_was_asked_with() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(
        &service,
        &clock,
        cache().stale_if_unavailable(Duration::from_secs(3_600)),
    );
    let token = user_token(|claims| claims["exp"] = json!(NOW + 30));
    let as_user = client.with_user_token(&token).unwrap();
    assert_eq!(parts(as_user.check("documents/42", "read").await), live(true));
    service.is_down();
    clock.advance(29_999);
    assert_eq!(parts(as_user.check("documents/42", "read").await), cached(true, 29_999));
    clock.advance(1);
    assert!(as_user.check("documents/42", "read").await.unwrap_err().is_connect());
}

#[tokio::test]
async fn nothing_is_kept_for_who_cannot_be_told_from_others() {
    // A token that does not say when it ends.
    let service = Service::status(200);
    let one = client(&service, &Ticks::new(), cache());
    let endless = user_token(|claims| drop(claims.as_object_mut().unwrap().remove("exp")));
    let as_user = one.with_user_token(&endless).unwrap();
    // No token at all: the transport may add one, of anybody.
    let builder = AuthressClient::builder(DOMAIN).transport(service.clone());
    let nobody = builder.decision_cache(cache()).build().unwrap();
    for client in [as_user, nobody] {
        let before = service.count();
        for _ in 0..2 {
            assert_eq!(parts(check(&client).await), live(true));
        }
        assert_eq!(service.count(), before + 2);
    }
}

/// Gives the token of whoever is set.
#[derive(Clone)]
struct Current(Arc<Mutex<String>>);

impl TokenProvider for Current {
    fn token(&self) -> TokenFuture<'_> {
        TokenFuture::ready(Ok(Secret::from(self.0.lock().unwrap().clone())))
    }
}

#[tokio::test]
async fn a_provider_that_gives_somebody_elses_token_is_another_caller() {
    let (first, second) = (token_of("admin", "1"), token_of("other", "1"));
    let service = knowing(&first);
    let current = Current(Arc::new(Mutex::new(first.clone())));
    let builder = AuthressClient::builder(DOMAIN).token_provider(current.clone());
    let builder = builder.transport(service.clone()).clock(Ticks::new());
    let client = builder.decision_cache(cache()).build().unwrap();
    assert_eq!(parts(check(&client).await), live(true));
    assert_eq!(parts(check(&client).await), cached(true, 0));
    *current.0.lock().unwrap() = second;
    assert!(check(&client).await.unwrap_err().is_unauthenticated());
    *current.0.lock().unwrap() = first;
    assert_eq!(parts(check(&client).await), cached(true, 0));
    assert_eq!(service.count(), 2);
}

#[tokio::test]
async fn a_token_that_somebody_else_made_is_one_caller() {
    let token = token_of("job", "1");
    let service = knowing(&token);
    let builder = AuthressClient::builder(DOMAIN).token_provider(StaticToken::new(token).unwrap());
    let builder = builder.transport(service.clone()).clock(Ticks::new());
    let client = builder.decision_cache(cache()).build().unwrap();
    assert_eq!(parts(check(&client).await), live(true));
    assert_eq!(parts(check(&client).await), cached(true, 0));
}

#[tokio::test]
async fn a_provider_that_fails_fails_the_question() {
    let service = Service::status(200);
    let failing = || async { Err(Error::token("no vault")) };
    let builder = AuthressClient::builder(DOMAIN).token_provider(failing);
    let cache = cache().stale_if_unavailable(Duration::from_secs(600));
    let client = builder
        .transport(service.clone())
        .decision_cache(cache)
        .build()
        .unwrap();
    let error = check(&client).await.unwrap_err();
    assert!(error.is_token_unavailable() && !error.was_sent());
    assert_eq!(service.count(), 0);
}
