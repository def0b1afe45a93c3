//! Tokens: verified, remembered, made, and at hand, each beside the raw primitive of the same library in the same run.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress::{
    AccessKey, Clock, Identity, Secret, ServiceClientTokenProvider, TokenOverrides, TokenProvider, TokenVerifier,
    VerifiedTokenCache,
};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use benches::{Comparison, Goal, Table};
use quick_cache::sync::Cache;
use serde_json::json;

use crate::ready;

const PRIVATE: &str = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
const DOMAIN: &str = "https://login.example.com";

fn access_key() -> AccessKey {
    format!("sc_orders.k7Qd.acc_demo.{PRIVATE}").parse().unwrap()
}

fn provider() -> ServiceClientTokenProvider {
    ServiceClientTokenProvider::builder(access_key())
        .domain(DOMAIN)
        .build()
        .unwrap()
}

/// A clock on which a day goes by between two looks, so that no token is ever at hand.
#[derive(Default)]
struct Leaping(AtomicU64);

impl Clock for Leaping {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.fetch_add(86_400, Ordering::Relaxed))
    }
}

pub(crate) fn run(table: &mut Table) {
    let pair = Ed25519KeyPair::from_pkcs8(&STANDARD.decode(PRIVATE).unwrap()).unwrap();
    let jwks = json!({"keys": [{
        "kid": "k7Qd", "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
        "x": URL_SAFE_NO_PAD.encode(pair.public_key().as_ref()),
    }]})
    .to_string();
    let issuer = format!("{DOMAIN}/v1/clients/sc_orders");
    let verifier = |cache: Option<usize>| -> TokenVerifier {
        let mut builder = TokenVerifier::builder(DOMAIN).static_jwks(&issuer, jwks.clone());
        if let Some(capacity) = cache {
            builder = builder.cache_verified_tokens(VerifiedTokenCache::new(capacity));
        }
        builder.build().unwrap()
    };
    // A token as long as one of a user: about 680 bytes.
    let overrides = TokenOverrides::new()
        .claim("scope", "openid profile email offline_access")
        .claim("tenant", "tenant-00000000-0000-0000-0000-000000000000")
        .claim("email", "somebody.with.a.long.name@example.com")
        .claim(
            "session",
            "00000000-0000-0000-0000-000000000000/00000000-0000-0000-0000-000000",
        );
    let token = ready(provider().token_with(&overrides)).unwrap();
    let token = token.expose();
    println!("token: {} bytes, EdDSA", token.len());

    verify(table, &pair, &verifier(None), token);
    remembered(table, &verifier, token);
    mint(table, &pair);
    at_hand(table);
}

fn verify(table: &mut Table, pair: &Ed25519KeyPair, verifier: &TokenVerifier, token: &str) {
    let public = ParsedPublicKey::new(&ED25519, pair.public_key().as_ref()).unwrap();
    let (input, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let theirs = jsonwebtoken::DecodingKey::from_ed_der(pair.public_key().as_ref());
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::EdDSA);
    validation.validate_aud = false;
    let limit = "raw Ed25519 verify, key parsed (aws-lc-rs)";
    let medians = Comparison::new("verify a token, keys at hand")
        .work(limit, || {
            public.verify_sig(input.as_bytes(), &signature).unwrap();
        })
        .work("TokenVerifier::verify", || -> Identity {
            ready(verifier.verify(token)).unwrap()
        })
        .work("jsonwebtoken::decode into serde_json::Value", || {
            jsonwebtoken::decode::<serde_json::Value>(token, &theirs, &validation).unwrap()
        })
        .run();
    table.push(medians.row("verify a token", limit, "TokenVerifier::verify", Goal::Times(1.10)));
}

fn remembered(table: &mut Table, verifier: &dyn Fn(Option<usize>) -> TokenVerifier, token: &str) {
    let one = verifier(Some(1_000));
    ready(one.verify(token)).unwrap();
    let many = verifier(Some(20_000));
    let provider = provider();
    let tokens: Vec<_> = (0..10_000)
        .map(|n| ready(provider.token_with(&TokenOverrides::new().claim("n", n))).unwrap())
        .collect();
    for token in &tokens {
        ready(many.verify(token.expose())).unwrap();
    }
    let bare = Cache::new(20_000);
    for token in tokens.iter().map(Secret::expose).chain([token]) {
        bare.insert(token.to_owned(), Arc::new(()));
    }
    let (mut next, mut bare_next) = (tokens.iter().cycle(), tokens.iter().cycle());
    let limit = "quick_cache by the whole token, and the clock";
    let limit_of_many = "quick_cache by the whole token, and the clock, 10,000 in turn";
    let medians = Comparison::new("the same token again, from the cache of verified tokens")
        .work("the clock alone (SystemTime::now)", SystemTime::now)
        .work(limit, || (bare.get(token).unwrap(), SystemTime::now()))
        .work(limit_of_many, || {
            let token = bare_next.next().unwrap();
            (bare.get(token.expose()).unwrap(), SystemTime::now())
        })
        .work("TokenVerifier::verify, one token", || ready(one.verify(token)).unwrap())
        .work("TokenVerifier::verify, 10,000 tokens in turn", || {
            let token = next.next().unwrap();
            ready(many.verify(token.expose())).unwrap()
        })
        .run();
    let took = "TokenVerifier::verify, one token";
    table.push(medians.row(
        "the same token again",
        limit,
        took,
        Goal::Scaled {
            most: 120.0,
            beside: 79.0,
        },
    ));
    let took = "TokenVerifier::verify, 10,000 tokens in turn";
    table.push(medians.row("10,000 tokens in turn, again", limit_of_many, took, Goal::None));
}

fn mint(table: &mut Table, pair: &Ed25519KeyPair) {
    let leaping = ServiceClientTokenProvider::builder(access_key())
        .domain(DOMAIN)
        .clock(Leaping::default());
    let leaping = leaping.build().unwrap();
    let provider = provider();
    let overrides = TokenOverrides::new();
    let token = ready(provider.token_with(&overrides)).unwrap();
    let (input, _) = token.expose().rsplit_once('.').unwrap();
    let key = jsonwebtoken::EncodingKey::from_ed_der(&STANDARD.decode(PRIVATE).unwrap());
    let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::EdDSA);
    let claims = json!({"iss": DOMAIN, "sub": "sc_orders", "iat": 1_700_000_000, "exp": 1_700_086_400});
    let limit = "raw Ed25519 sign, key ready (aws-lc-rs)";
    let medians = Comparison::new("make a service client's token")
        .work(limit, || pair.sign(input.as_bytes()))
        .work("ServiceClientTokenProvider::token, due each time", || {
            ready(leaping.token()).unwrap()
        })
        .work("ServiceClientTokenProvider::token_with", || {
            ready(provider.token_with(&overrides)).unwrap()
        })
        .work("jsonwebtoken::encode", || {
            jsonwebtoken::encode(&header, &claims, &key).unwrap()
        })
        .run();
    let took = "ServiceClientTokenProvider::token, due each time";
    table.push(medians.row("make a service client's token", limit, took, Goal::Times(1.15)));
}

fn at_hand(table: &mut Table) {
    let provider = provider();
    ready(provider.token()).unwrap();
    let client = authress::AuthressClient::builder(DOMAIN)
        .access_key(access_key())
        .build()
        .unwrap();
    ready(client.client_token()).unwrap();
    let bare = arc_swap::ArcSwap::from_pointee(());
    let limit = "arc-swap, and the clock";
    let medians = Comparison::new("the service client's token that is at hand")
        .work("the clock alone (SystemTime::now)", SystemTime::now)
        .work(limit, || (bare.load_full(), SystemTime::now()))
        .work("ServiceClientTokenProvider::token", || ready(provider.token()).unwrap())
        .work("AuthressClient::client_token", || ready(client.client_token()).unwrap())
        .run();
    let took = "AuthressClient::client_token";
    table.push(medians.row(
        "a service client's token that is at hand",
        limit,
        took,
        Goal::Scaled {
            most: 80.0,
            beside: 49.0,
        },
    ));
}
