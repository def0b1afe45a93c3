//! A gRPC server with tonic. A layer before all of its services verifies the token of each call, and asks whether its user may call this method: the
//! path of a call, `/package.Service/Method`, is the resource `rpc/package.Service/Method`.
//!
//! A caller without a good token reads `UNAUTHENTICATED`, one who may not `PERMISSION_DENIED`, and in an outage everybody `UNAVAILABLE`.

use std::error::Error;

use authress::AuthressClient;
use authress::middleware::RequirePermission;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::Server;
use tonic_health::server::HealthReporter;

/// Serves until the process ends; `authress` has the access key of its service client.
///
/// # Errors
/// When the connections end.
pub async fn serve(listener: TcpListener, authress: AuthressClient) -> Result<(), Box<dyn Error + Send + Sync>> {
    let may_call = RequirePermission::builder(&authress, "rpc/{service}/{method}", "call")
        .route("/{service}/{method}")
        .build()?;
    // In the place of services of your own: the protocol of health checks.
    let health = tonic_health::pb::health_server::HealthServer::new(
        tonic_health::server::HealthService::from_health_reporter(HealthReporter::new()),
    );
    let server = Server::builder().layer(may_call).add_service(health);
    server.serve_with_incoming(TcpListenerStream::new(listener)).await?;
    Ok(())
}
