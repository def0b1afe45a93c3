//! Connections, the identity providers that users log in with.

use super::group::group;
use crate::models;

group! {
    /// The calls about connections, the identity providers that users log in with.
    Connections;

    /// Lists the connections that the caller may see, in pages.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Connection};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let connection = Connection::new().connection_id("con_1").issuer_url("https://id.example.com").client_id("c1").client_secret("hush");
    /// # client.connections().create_connection(connection).await?;
    /// let page = client.connections().get_connections().await?;
    /// assert!(page.connections.iter().any(|connection| connection.connection_id.as_deref() == Some("con_1")));
    /// # Ok(()) }
    /// ```
    get_connections() -> GetConnections;

    /// Creates a connection to an identity provider.
    ///
    /// ```
    /// use authress::models::Connection;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let connection = Connection::new().issuer_url("https://id.example.com").client_id("c1").client_secret("hush");
    /// let created = client.connections().create_connection(connection).await?;
    /// assert!(created.connection_id.is_some());
    /// # Ok(()) }
    /// ```
    create_connection(connection: models::Connection) -> CreateConnection;

    /// Reads one connection. Secrets that were set are not shown again.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Connection};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let connection = Connection::new().connection_id("con_1").issuer_url("https://id.example.com").client_id("c1").client_secret("hush");
    /// # client.connections().create_connection(connection).await?;
    /// let connection = client.connections().get_connection("con_1").await?;
    /// assert_eq!(connection.issuer_url.as_deref(), Some("https://id.example.com"));
    /// # Ok(()) }
    /// ```
    get_connection(connection_id) -> GetConnection;

    /// Replaces the settings of a connection: what `connection` leaves out is gone.
    ///
    /// ```
    /// use authress::models::Connection;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let connection = Connection::new().connection_id("con_1").issuer_url("https://id.example.com").client_id("c1").client_secret("hush");
    /// # client.connections().create_connection(connection).await?;
    /// let changed = Connection::new().issuer_url("https://login.example.org").client_id("c1").client_secret("hush");
    /// let connection = client.connections().update_connection("con_1", changed).await?;
    /// assert_eq!(connection.issuer_url.as_deref(), Some("https://login.example.org"));
    /// # Ok(()) }
    /// ```
    update_connection(connection_id, connection: models::Connection) -> UpdateConnection;

    /// Deletes a connection. Users can no longer log in with it.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Connection};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let connection = Connection::new().connection_id("con_1").issuer_url("https://id.example.com").client_id("c1").client_secret("hush");
    /// # client.connections().create_connection(connection).await?;
    /// client.connections().delete_connection("con_1").await?;
    /// assert!(client.connections().get_connection("con_1").await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_connection(connection_id) -> DeleteConnection;

    /// Reads the access token that the identity provider of a connection gave for a user, to call the provider as that user.
    ///
    /// A user who has not logged in with the connection has none: the error [`is_not_found`](crate::Error::is_not_found).
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Connection};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let connection = Connection::new().connection_id("con_1").issuer_url("https://id.example.com").client_id("c1").client_secret("hush");
    /// # client.connections().create_connection(connection).await?;
    /// let credentials = client.connections().get_connection_credentials("con_1", "user-1").await;
    /// assert!(credentials.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    get_connection_credentials(connection_id, user_id) -> GetConnectionCredentials;
}
