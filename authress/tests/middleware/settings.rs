//! Settings that cannot be used are told when a layer is built, by name.

use authress::AuthressClient;
use authress::http::request::Parts;
use authress::middleware::axum::require;
use authress::middleware::{Authenticate, RequirePermission, RequirePermissionBuilder};
use authress_local::AuthressLocal;

fn client() -> AuthressClient {
    AuthressClient::builder("https://login.example.com").build().unwrap()
}

#[test]
fn what_cannot_be_used_is_named() {
    let client = client();
    let with = |resource: &str, permission: &str| RequirePermission::builder(&client, resource, permission);
    let closure = || RequirePermission::builder_with(&client, |_: &Parts| None, "read");
    let cases: [(RequirePermissionBuilder, &str); 20] = [
        (with("", "read"), "resource"),
        (with("documents/{id", "read").route("/documents/{id}"), "resource"),
        (with("documents/{}", "read").route("/documents/{id}"), "resource"),
        (with("documents//{id}", "read").route("/documents/{id}"), "resource"),
        (with("documents/../{id}", "read").route("/documents/{id}"), "resource"),
        (with("{a}{b}", "read").route("/{a}/{b}"), "resource"),
        (require(&client, "documents/{id", "read"), "resource"),
        (with("documents/{id}", "read"), "route"),
        (with("documents/{id}", "read").route(""), "route"),
        (with("documents/{id}", "read").route("documents/{id}"), "route"),
        (with("documents/{id}", "read").route("/documents/{ID}"), "route"),
        (with("documents/{id}", "read").route("/documents/{*id}"), "route"),
        (with("documents/{id}", "read").route("/{id}/{id}"), "route"),
        (with("a/{b}/c/{d}", "read").route("/a/{b}"), "route"),
        (closure().route("/documents/{id}"), "route"),
        (with("documents", ""), "permission"),
        (with("documents", ".."), "permission"),
        (with("documents", "re ad"), "permission"),
        (require(&client, "documents/{id}", "\n"), "permission"),
        (with("documents", "read").realm("a\"b"), "realm"),
    ];
    for (at, (builder, argument)) in cases.into_iter().enumerate() {
        let error = builder.build().unwrap_err();
        assert_eq!(error.argument(), Some(argument), "case {at}: {error}");
        assert!(!error.was_sent());
    }
    let error = Authenticate::builder(&client).realm("").build().unwrap_err();
    assert_eq!(error.argument(), Some("realm"));
}

#[test]
fn what_can_be_used_is_taken() {
    let client = client();
    let with = |resource: &str, permission: &str| RequirePermission::builder(&client, resource, permission);
    for builder in [
        with("documents", "read"),
        with("/documents/*", "*"),
        with("documents/{id}", "documents:read").route("/v1/{id}/{other}"),
        with("documents", "read").route("/documents"),
        require(&client, "documents", "read"),
        require(&client, "a/{b}/c:{d}", "read"),
        RequirePermission::builder_with(&client, |_: &Parts| None, "read").realm("documents"),
    ] {
        assert!(builder.build().is_ok());
    }
}

#[tokio::test]
async fn a_client_that_acts_as_one_user_is_refused() {
    let local = AuthressLocal::start().await.unwrap();
    let as_user = client().with_user_token(&local.user_token("alice")).unwrap();
    let error = RequirePermission::builder(&as_user, "documents", "read")
        .build()
        .unwrap_err();
    assert_eq!(error.argument(), Some("client"));
}
