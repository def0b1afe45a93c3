//! Users of the account, as they logged in.

use super::group::group;
use crate::models;

group! {
    /// The calls about the users of the account, as they logged in.
    Users;

    /// Lists the users of the account, in pages of at most 100.
    ///
    /// Which properties a user has depends on the provider that the user logs in with.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.user_token("user-1");
    /// let page = client.users().get_users().limit(100).await?;
    /// assert_eq!(page.users[0].user_id, "user-1");
    /// # Ok(()) }
    /// ```
    get_users() -> GetUsers;

    /// Reads what is known about one user.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.user_token("user-1");
    /// let user = client.users().get_user("user-1").await?;
    /// assert_eq!(user.user_id, "user-1");
    /// # Ok(()) }
    /// ```
    get_user(user_id) -> GetUser;

    /// Sets claims that the service adds to the tokens of a user.
    ///
    /// One published SDK alone has this call: be prepared that the service does not.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.user_token("user-1");
    /// use authress::models::{DefaultClaims, UserTokenConfiguration};
    ///
    /// let claims = DefaultClaims::new().default_access_token_claims([("plan", "gold")]);
    /// client.users().set_user_token_configuration("user-1", UserTokenConfiguration::new().default_claims(claims)).await?;
    /// assert!(client.users().get_user("user-1").await?.token_configuration.is_some());
    /// # Ok(()) }
    /// ```
    set_user_token_configuration(user_id, configuration: models::UserTokenConfiguration) -> SetUserTokenConfiguration;

    /// Deletes a user, all access that records give the user, and what else is stored about the user.
    ///
    /// It is accepted (202), and done a little later.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.user_token("user-1");
    /// client.users().delete_user("user-1").await?;
    /// assert!(client.users().get_user("user-1").await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_user(user_id) -> DeleteUser;
}
