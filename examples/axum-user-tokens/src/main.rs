//! `cargo run -p axum-user-tokens -- --local` runs the service on a local Authress, and prints what to try; without `--local` the settings come from the
//! environment: `AUTHRESS_API_URL`, `AUTHRESS_ACCESS_KEY`, and `PORT`.

use std::error::Error;

use authress::{AuthressClient, AuthressClientBuilder};
use authress_local::AuthressLocal;
use axum_user_tokens::{service, with_caches};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let url = format!("http://{}", listener.local_addr()?);

    let mut local = None;
    let builder = if std::env::args().any(|argument| argument == "--local") {
        let authress = local.insert(AuthressLocal::start().await?);
        authress.grant("alice", "notes/*", ["notes:read", "notes:write"]);
        authress.grant("bob", "notes/1", ["notes:read"]);
        for user in ["alice", "bob"] {
            println!("export {}={}", user.to_uppercase(), authress.user_token(user));
        }
        println!("curl -X PUT -d hello -H \"authorization: Bearer $ALICE\" {url}/notes/1");
        println!("curl -H \"authorization: Bearer $BOB\" {url}/notes");
        AuthressClient::builder(authress.url()).access_key(authress.owner_access_key())
    } else {
        AuthressClientBuilder::from_env()?
    };
    println!("listening on {url}");
    axum::serve(listener, service(with_caches(builder).build()?)?).await?;
    Ok(())
}
