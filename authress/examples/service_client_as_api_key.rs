//! A customer's program calls your API with a token that it makes from an access key; your API verifies it by itself.
//!
//! `cargo run --example service_client_as_api_key`

use std::error::Error;

use authress::http::{Method, StatusCode};
use authress::{AccessKey, AuthressClient, Secret, ServiceClientTokenProvider, TokenProvider, TokenVerifier};
use authress_local::AuthressLocal;

/// The customer's program: the access key is all that it has, and never leaves it. The token is for the header `Authorization` of its calls.
pub(crate) async fn bearer(access_key: &str) -> Result<Secret, Box<dyn Error>> {
    // Without the URL of your account, tokens are issued by `https://ACCOUNT_ID.api.authress.io`, which the key tells. When your API verifies with
    // a custom domain, give it here as well: `.domain("https://login.example.com")`.
    let tokens = ServiceClientTokenProvider::builder(access_key.parse()?).build()?;
    Ok(format!("Bearer {}", tokens.token().await?.expose()).into())
}

/// Your API: a route that is for programs alone.
pub(crate) async fn route(verifier: &TokenVerifier, authorization: &str) -> StatusCode {
    match verifier.verify(authorization).await {
        Ok(identity) if identity.is_service_client() => {
            println!("called by {}", identity.user_id());
            StatusCode::OK
        }
        Ok(_) => StatusCode::FORBIDDEN,
        Err(error) if error.is_token_invalid() => StatusCode::UNAUTHORIZED,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The program calls the API; then somebody sends the access key itself, which the API does not take.
pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let (local, access_key) = local().await?;
    let verifier = verifier(&local, &access_key).await?;

    let authorization = bearer(&access_key).await?;
    let sent_itself = format!("Bearer {access_key}");
    for (what, header, expected) in [
        ("a token", authorization.expose(), StatusCode::OK),
        ("the key itself", &sent_itself, StatusCode::UNAUTHORIZED),
    ] {
        let status = route(&verifier, header).await;
        println!("{what}: {status}");
        if status != expected {
            return Err(format!("{expected} was expected").into());
        }
    }

    // Your API may ask with the token too, as with any user's: a service client is a user.
    let as_caller = AuthressClient::builder(local.url()).build()?;
    let as_caller = as_caller.with_user_token(authorization.expose())?;
    as_caller.authorize("exports/1", "READ").await?;
    println!("it may read exports/1");
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    run().await
}

/// In the place of your account: a local Authress, and a service client that may read exports.
pub(crate) async fn local() -> Result<(AuthressLocal, String), Box<dyn Error>> {
    let local = AuthressLocal::start().await?;
    let access_key = local.access_key("customer-7")?;
    local.grant("customer-7", "exports/*", ["READ"]);
    Ok((local, access_key))
}

/// With an account, the builder and the audience are all there is. Here the keys are given as well: the account's own host knows no local server.
pub(crate) async fn verifier(local: &AuthressLocal, access_key: &str) -> Result<TokenVerifier, Box<dyn Error>> {
    let key: AccessKey = access_key.parse()?;
    let account = format!("https://{}.api.authress.io", key.account_id());
    let client = format!("/v1/clients/{}", key.client_id());
    let path = format!("{client}/.well-known/openid-configuration/jwks");
    let keys: serde_json::Value = AuthressClient::builder(local.url())
        .build()?
        .request(Method::GET, path)
        .decode()
        .await?;
    let verifier = TokenVerifier::builder(&account)
        .audience(format!("{}.accounts.authress.io", key.account_id()))
        .static_jwks(format!("{account}{client}"), keys.to_string());
    Ok(verifier.build()?)
}
