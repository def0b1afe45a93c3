//! A gRPC server with tonic. A layer before all of its services verifies the token of each call, and asks whether its user may call this method: the
//! path of a call, `/package.Service/Method`, is the resource `rpc/package.Service/Method`.
//!
//! A caller without a good token reads `UNAUTHENTICATED`, one who may not `PERMISSION_DENIED`, and in an outage everybody `UNAVAILABLE`. A stream is
//! asked about once, when it begins.

use std::error::Error;

use authress::middleware::{Allowed, RequirePermission};
use authress::{AuthressClient, Identity};
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Status};
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};

/// Serves until the process ends; `authress` has the access key of its service client.
///
/// # Errors
/// When the connections end.
pub async fn serve(listener: TcpListener, authress: AuthressClient) -> Result<(), Box<dyn Error + Send + Sync>> {
    let may_call = RequirePermission::builder(&authress, "rpc/{service}/{method}", "call")
        .route("/{service}/{method}")
        .build()?;
    // In the place of services of your own: the protocol of health checks.
    let health = HealthService::from_health_reporter(HealthReporter::new());
    let server = Server::builder()
        .layer(may_call)
        .add_service(HealthServer::with_interceptor(health, log));
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    server.serve_with_incoming(incoming).await?;
    Ok(())
}

/// A method finds in its request what an interceptor finds: who is calling, and what they were allowed.
#[expect(clippy::unnecessary_wraps, reason = "the signature is tonic's")]
fn log(call: Request<()>) -> Result<Request<()>, Status> {
    let extensions = call.extensions();
    if let (Some(caller), Some(allowed)) = (extensions.get::<Identity>(), extensions.get::<Allowed>()) {
        println!("{} calls {}", caller.user_id(), allowed.resource_uri());
    }
    Ok(call)
}
