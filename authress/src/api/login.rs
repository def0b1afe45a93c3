//! The login of users in a browser.

use super::group::group;
use crate::models;

group! {
    /// The calls about the login of users in a browser.
    Login;

    /// Says with which connection or tenant a login that has begun is to go on, and gives the URL to send the browser to.
    ///
    /// `origin` is that of the page which the user logs in at: `https://app.example.com`.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// use authress::models::UpdateAuthenticationRequestParameters;
    ///
    /// let unknown = UpdateAuthenticationRequestParameters::new("hash").connection_id("con_1");
    /// let error = client.login().update_authentication_request("no-such-request", "https://app.example.com", unknown).await.unwrap_err();
    /// assert!(error.is_not_found());
    /// # Ok(()) }
    /// ```
    update_authentication_request(authentication_request_id, origin, parameters: models::UpdateAuthenticationRequestParameters) -> UpdateAuthenticationRequest;
}
