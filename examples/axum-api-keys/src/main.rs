//! `cargo run -p axum-api-keys -- --local` runs the API on a local Authress, and prints what to try; without `--local` the settings come from the
//! environment: `AUTHRESS_API_URL`, `AUTHRESS_ACCESS_KEY`, and `PORT`.

use std::error::Error;

use authress::AuthressClient;
use authress::models::{PermissionObject, Role};
use authress_local::AuthressLocal;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let url = format!("http://{}", listener.local_addr()?);

    let mut local = None;
    let authress = if std::env::args().any(|argument| argument == "--local") {
        let account = local.insert(AuthressLocal::start().await?);
        let authress = account.client()?;
        let role = Role::new("API key", [PermissionObject::new("reports:read").allow(true)]);
        authress.roles().create_role(role.role_id("ro_api_key")).await?;
        println!("export ALICE={}", account.user_token("alice"));
        println!("curl -X POST -H \"authorization: Bearer $ALICE\" {url}/api-keys");
        println!(
            "# with the access key of the answer, a program makes its tokens: see `cargo run --example service_client_as_api_key`"
        );
        authress
    } else {
        AuthressClient::from_env()?
    };
    println!("listening on {url}");
    axum::serve(listener, axum_api_keys::api(authress)?).await?;
    Ok(())
}
