//! Who is calling? The token of a request is verified on this machine; a bad token and keys that cannot be had are told apart.
//!
//! `cargo run -p authress --example verify_token`

use std::error::Error;

use authress::http::StatusCode;
use authress::{AuthressClient, Identity};
use authress_local::AuthressLocal;

/// From the `Authorization` header of a request to its caller, or to the answer that the request gets.
pub async fn caller(authress: &AuthressClient, authorization: &str) -> Result<Identity, StatusCode> {
    match authress.verify_token(authorization).await {
        Ok(identity) => Ok(identity),
        // The caller's fault: another token may do.
        Err(error) if error.is_token_invalid() => {
            println!("   refused: {error}");
            Err(StatusCode::UNAUTHORIZED)
        }
        // Not the caller's fault: the token may well be good.
        Err(error) => {
            eprintln!("   not verified: {error}");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// Verifies tokens: good, bad, and without the keys.
pub async fn run() -> Result<(), Box<dyn Error>> {
    let local = AuthressLocal::start().await?;
    let authress = AuthressClient::builder(local.url()).build()?;
    // The keys are at hand before the first request; without this it would fetch them.
    authress.token_verifier().hydrate().await?;

    let authorization = format!("Bearer {}", local.user_token("alice"));
    let alice = caller(&authress, &authorization).await.map_err(refusal)?;
    println!("1. {}, issued by {}", alice.user_id(), alice.issuer());
    if alice.user_id() != "alice" || alice.is_service_client() {
        return Err("the token is alice's".into());
    }

    println!("2. A token that has ended");
    let ended = format!("Bearer {}", local.expired_user_token("alice"));
    expect(StatusCode::UNAUTHORIZED, caller(&authress, &ended).await)?;

    println!("3. The keys cannot be had");
    local.faults().jwks_down();
    // Those that were fetched are kept: tokens go on being verified.
    caller(&authress, &authorization).await.map_err(refusal)?;
    let without_keys = AuthressClient::builder(local.url()).build()?;
    expect(
        StatusCode::SERVICE_UNAVAILABLE,
        caller(&without_keys, &authorization).await,
    )
}

fn expect(expected: StatusCode, answer: Result<Identity, StatusCode>) -> Result<(), Box<dyn Error>> {
    match answer {
        Err(status) if status == expected => {
            println!("   answered with {status}");
            Ok(())
        }
        other => Err(format!("{expected} was expected, not {other:?}").into()),
    }
}

fn refusal(status: StatusCode) -> String {
    format!("a good token was answered with {status}")
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    run().await
}
