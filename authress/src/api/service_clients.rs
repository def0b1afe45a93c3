//! Service clients, the accounts of programs, and their access keys.

use super::group::group;
use crate::models;

group! {
    /// The calls about service clients and their access keys.
    ServiceClients;

    /// Lists the service clients that the caller may see, in pages of at most 20.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Client};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let created = client.service_clients().create_client(Client::new().name("Backups")).await?;
    /// # let client_id = created.client_id.ok_or("it has an id")?;
    /// let page = client.service_clients().get_clients().await?;
    /// assert!(page.clients.iter().any(|found| found.client_id.as_ref() == Some(&client_id)));
    /// # Ok(()) }
    /// ```
    get_clients() -> GetClients;

    /// Creates a service client. It has no access key yet, and no access: an access record gives that to its id, as to a user's.
    ///
    /// ```
    /// use authress::models::Client;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let created = client.service_clients().create_client(Client::new().name("Backups")).await?;
    /// assert!(created.client_id.is_some());
    /// # Ok(()) }
    /// ```
    create_client(service_client: models::Client) -> CreateClient;

    /// Reads one service client, with the public halves of its access keys.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Client};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let created = client.service_clients().create_client(Client::new().name("Backups")).await?;
    /// # let client_id = created.client_id.ok_or("it has an id")?;
    /// let found = client.service_clients().get_client(&client_id).await?;
    /// assert_eq!(found.name.as_deref(), Some("Backups"));
    /// # Ok(()) }
    /// ```
    get_client(client_id) -> GetClient;

    /// Replaces the settings of a service client. Its access keys stay.
    ///
    /// ```
    /// use authress::models::Client;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let created = client.service_clients().create_client(Client::new().name("Backups")).await?;
    /// # let client_id = created.client_id.ok_or("it has an id")?;
    /// let renamed = client.service_clients().update_client(&client_id, Client::new().name("Nightly backups")).await?;
    /// assert_eq!(renamed.name.as_deref(), Some("Nightly backups"));
    /// # Ok(()) }
    /// ```
    update_client(client_id, service_client: models::Client) -> UpdateClient;

    /// Deletes a service client, and with it its access keys.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Client};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let created = client.service_clients().create_client(Client::new().name("Backups")).await?;
    /// # let client_id = created.client_id.ok_or("it has an id")?;
    /// client.service_clients().delete_client(&client_id).await?;
    /// assert!(client.service_clients().get_client(&client_id).await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_client(client_id) -> DeleteClient;

    /// Makes an access key for a service client; it has five at most.
    ///
    /// The private half is in this answer alone. To keep it to yourself from the start, set the public half of a key pair of your own as the body. It may
    /// take five minutes until tokens of a new key are accepted everywhere.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Client};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let created = client.service_clients().create_client(Client::new().name("Backups")).await?;
    /// # let client_id = created.client_id.ok_or("it has an id")?;
    /// use authress::AccessKey;
    ///
    /// let key = client.service_clients().request_access_key(&client_id).await?;
    /// let key: AccessKey = key.access_key.ok_or("it is shown once, here")?.expose().parse()?;
    /// assert_eq!(key.client_id(), client_id);
    /// # Ok(()) }
    /// ```
    request_access_key(client_id) -> RequestAccessKey;

    /// Deletes an access key of a service client; the others stay valid.
    ///
    /// To replace one without a gap: make the new one, put it to use, then delete the old one.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Client};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let created = client.service_clients().create_client(Client::new().name("Backups")).await?;
    /// # let client_id = created.client_id.ok_or("it has an id")?;
    /// # let key_id = client.service_clients().request_access_key(&client_id).await?.key_id.ok_or("it has an id")?;
    /// client.service_clients().delete_access_key(&client_id, &key_id).await?;
    /// let found = client.service_clients().get_client(&client_id).await?;
    /// assert_eq!(found.verification_keys.unwrap_or_default().len(), 0);
    /// # Ok(()) }
    /// ```
    delete_access_key(client_id, key_id) -> DeleteAccessKey;
}
