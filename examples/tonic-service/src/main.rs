//! `cargo run -p tonic-service -- --local` runs the server on a local Authress, and prints what to try; without `--local` the settings come from the
//! environment: `AUTHRESS_API_URL`, `AUTHRESS_ACCESS_KEY`, and `PORT`.

use std::error::Error;

use authress::AuthressClient;
use authress_local::AuthressLocal;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let port = std::env::var("PORT").unwrap_or_else(|_| "3000".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let address = listener.local_addr()?;

    let mut local = None;
    let authress = if std::env::args().any(|argument| argument == "--local") {
        let account = local.insert(AuthressLocal::start().await?);
        account.grant("alice", "rpc/grpc.health.v1.Health", ["call"]);
        println!("export ALICE={}", account.user_token("alice"));
        // A message without fields is five zeros. The code of a call that reached its method comes after its answer.
        println!(
            "printf '\\0\\0\\0\\0\\0' | curl -i --http2-prior-knowledge -H 'te: trailers' -H 'content-type: application/grpc' \
             -H \"authorization: Bearer $ALICE\" --data-binary @- -o - http://{address}/grpc.health.v1.Health/Check"
        );
        account.client()?
    } else {
        AuthressClient::from_env()?
    };
    println!("listening on http://{address}");
    tonic_service::serve(listener, authress).await
}
