//! `cargo run -p actix-web-service -- --local` runs the service on a local Authress, and prints what to try; without
//! `--local` the settings come from the environment: `AUTHRESS_API_URL`, `AUTHRESS_ACCESS_KEY`, and `PORT`.

use std::error::Error;

use actix_web::{App, HttpServer};
use actix_web_service::service;
use authress::AuthressClient;
use authress_local::AuthressLocal;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".to_owned());
    let mut local = None;
    let authress = if std::env::args().any(|argument| argument == "--local") {
        let account = local.insert(AuthressLocal::start().await?);
        account.grant("alice", "documents/*", ["documents:read"]);
        println!("export ALICE={}", account.user_token("alice"));
        account.client()?
    } else {
        AuthressClient::from_env()?
    };
    // A clone is cheap, and has the same connections.
    let app = move || App::new().configure(service(authress.clone()));
    let server = HttpServer::new(app).bind(format!("127.0.0.1:{port}"))?;
    for address in server.addrs() {
        println!("curl -H \"authorization: Bearer $ALICE\" http://{address}/documents/42");
        println!("listening on http://{address}");
    }
    server.run().await?;
    Ok(())
}
