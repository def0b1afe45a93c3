//! What the service's material leaves open is a setting of the local server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress_local::{AuthressLocal, Builder};
use tests::owner;

/// Whether `user` may read `resource`, when `held` was given to `given_to`.
async fn allowed(builder: Builder, given_to: &str, held: &str, user: &str, resource: &str) -> bool {
    let local = builder.start().await.unwrap();
    local.grant(given_to, held, ["read"]);
    let allowed = owner(&local).is_authorized(user, resource, "read").await.unwrap();
    assert_eq!(local.explain(user, resource, "read").is_allowed(), allowed);
    allowed
}

#[tokio::test]
async fn a_collections_wildcard_covers_the_collection_unless_told_otherwise() {
    for (covers, held, asked, expected) in [
        (true, "documents/*", "documents", true),
        (true, "documents/*", "documents/1", true),
        (false, "documents/*", "documents", false),
        (false, "documents/*", "documents/1", true),
        (false, "documents/*", "documents/*", true),
        (false, "documents", "documents/*", true),
        (false, "documents", "documents", true),
    ] {
        let builder = AuthressLocal::builder().collection_wildcard_covers_collection(covers);
        let allowed = allowed(builder, "alice", held, "alice", asked).await;
        assert_eq!(allowed, expected, "{covers}: {held} for {asked}");
    }
}

#[tokio::test]
async fn a_service_client_has_two_names_unless_told_otherwise() {
    for (alias, given_to, asked, expected) in [
        (true, "sc_1", "Authress:ServiceClients/sc_1", true),
        (true, "Authress:ServiceClients/sc_1", "sc_1", true),
        (false, "sc_1", "Authress:ServiceClients/sc_1", false),
        (false, "Authress:ServiceClients/sc_1", "sc_1", false),
        (false, "sc_1", "sc_1", true),
    ] {
        let builder = AuthressLocal::builder().service_client_alias(alias);
        let allowed = allowed(builder, given_to, "x", asked, "x").await;
        assert_eq!(allowed, expected, "{alias}: {given_to} for {asked}");
    }
}
