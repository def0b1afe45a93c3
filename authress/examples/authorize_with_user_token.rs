//! A route of a service asks with the token of the request it serves: may this user read this document?
//!
//! `cargo run -p authress --example authorize_with_user_token`

use std::error::Error;

use authress::AuthressClient;
use authress::http::StatusCode;
use authress_local::AuthressLocal;

/// `GET /documents/{id}`. `authress` is made once, when the service starts, and shared by all requests.
pub async fn read_document(
    authress: &AuthressClient,
    authorization: &str,
    id: &str,
) -> Result<StatusCode, authress::Error> {
    // A clone for this request alone: two requests at once never use each other's token.
    let as_user = authress.with_user_token(authorization)?;
    // Whose permission? That of the token's subject, since no user is named.
    match as_user.authorize(format!("documents/{id}"), "READ").await {
        Ok(()) => Ok(StatusCode::OK),
        Err(error) if error.is_denied() => Ok(StatusCode::FORBIDDEN),
        // Not asked, or not answered: neither a yes nor a no.
        Err(error) => Err(error),
    }
}

/// What the service's one handler of errors makes of a route's outcome.
pub fn answer(outcome: Result<StatusCode, authress::Error>) -> StatusCode {
    match outcome {
        Ok(status) => status,
        // The service refused the token, or the header held none.
        Err(error) if error.is_unauthenticated() || error.argument() == Some("token") => StatusCode::UNAUTHORIZED,
        Err(error) => {
            eprintln!("could not ask: {error}");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Serves requests of two users, one without a token, and one on a bad day.
pub async fn run() -> Result<(), Box<dyn Error>> {
    let local = local().await?;
    let authress = AuthressClient::builder(local.url()).build()?;
    let [alice, bob] = ["alice", "bob"].map(|user| format!("Bearer {}", local.user_token(user)));

    for (who, authorization, expected) in [
        ("alice", alice.as_str(), StatusCode::OK),
        ("bob", &bob, StatusCode::FORBIDDEN),
        ("nobody", "", StatusCode::UNAUTHORIZED),
    ] {
        let status = answer(read_document(&authress, authorization, "42").await);
        println!("GET /documents/42 by {who}: {status}");
        if status != expected {
            return Err(format!("{expected} was expected").into());
        }
    }

    local.faults().on("authorizeUser")?.status(500, 100)?;
    let status = answer(read_document(&authress, &alice, "42").await);
    println!("GET /documents/42 by alice, when Authress cannot answer: {status}");
    if status != StatusCode::SERVICE_UNAVAILABLE {
        return Err("an outage is neither a yes nor a no".into());
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    run().await
}

/// In the place of your account: a local Authress, where alice may read documents.
async fn local() -> Result<AuthressLocal, Box<dyn Error>> {
    let local = AuthressLocal::start().await?;
    local.grant("alice", "documents/*", ["READ"]);
    Ok(local)
}
