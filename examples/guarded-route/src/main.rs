//! A service with a route that is guarded, and its test.

use authress::middleware::axum::require;
use authress::{AuthressClient, Error, Identity};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;

fn app(client: AuthressClient) -> Result<Router, Error> {
    // The `id` is that of the path. 401 without a good token, 403 after a no, 503 when nobody can be asked: the handler runs on a yes alone.
    let may_read = require(&client, "documents/{id}", "documents:read").build()?;
    let document = async |Path(id): Path<String>| format!("document {id}");
    Ok(Router::new()
        .route("/documents/{id}", get(document).route_layer(may_read))
        .route("/me", get(async |me: Identity| me.user_id().to_owned()))
        .with_state(client))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // AUTHRESS_API_URL is your account's custom domain, or https://ACCOUNT_ID.api.authress.io.
    let app = app(AuthressClient::from_env()?)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    axum::serve(listener, app).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use authress_local::AuthressLocal;
    use axum::http::Request;
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn whoever_may_read_a_document_reads_it_and_nobody_else_does() {
        let local = AuthressLocal::start().await.unwrap();
        local.grant("alice", "documents/42", ["documents:read"]);
        let app = super::app(local.client().unwrap()).unwrap();

        let read = async |user| {
            let token = local.user_token(user);
            let request = Request::get("/documents/42").header("authorization", format!("Bearer {token}"));
            let answer = app.clone().oneshot(request.body(String::new()).unwrap()).await;
            answer.unwrap().status()
        };
        assert_eq!(read("alice").await, 200);
        assert_eq!(read("bob").await, 403);

        // An outage opens nothing. It has to last: a call is tried up to five times.
        local.faults().on("authorizeUser").unwrap().status(503, 5).unwrap();
        assert_eq!(read("alice").await, 503);
    }
}
