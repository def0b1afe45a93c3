//! Extensions, which others build for users of a platform.

use super::group::group;
use crate::models;

group! {
    /// The calls about extensions, which others build for your platform, and their login.
    Extensions;

    /// Lists the extensions that the caller may see, in pages.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Extension, ExtensionApplication};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ExtensionApplication::new().redirect_urls(["https://extension.example.com"]);
    /// # let extension = Extension::new().name("Reports").application(application);
    /// # let extension_id = client.extensions().create_extension(extension).await?.extension_id.ok_or("it has an id")?;
    /// let page = client.extensions().get_extensions().await?;
    /// assert_eq!(page.extensions.len(), 1);
    /// # Ok(()) }
    /// ```
    get_extensions() -> GetExtensions;

    /// Creates an extension, with an application and a service client of its own.
    ///
    /// ```
    /// use authress::models::{Extension, ExtensionApplication};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let application = ExtensionApplication::new().redirect_urls(["https://extension.example.com"]);
    /// let created = client.extensions().create_extension(Extension::new().name("Reports").application(application)).await?;
    /// assert!(created.extension_id.is_some());
    /// # Ok(()) }
    /// ```
    create_extension(extension: models::Extension) -> CreateExtension;

    /// Reads one extension.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Extension, ExtensionApplication};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ExtensionApplication::new().redirect_urls(["https://extension.example.com"]);
    /// # let extension = Extension::new().name("Reports").application(application);
    /// # let extension_id = client.extensions().create_extension(extension).await?.extension_id.ok_or("it has an id")?;
    /// let extension = client.extensions().get_extension(&extension_id).await?;
    /// assert_eq!(extension.name.as_deref(), Some("Reports"));
    /// # Ok(()) }
    /// ```
    get_extension(extension_id) -> GetExtension;

    /// Replaces the settings of an extension.
    ///
    /// ```
    /// use authress::models::{Extension, ExtensionApplication};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ExtensionApplication::new().redirect_urls(["https://extension.example.com"]);
    /// # let extension = Extension::new().name("Reports").application(application);
    /// # let extension_id = client.extensions().create_extension(extension).await?.extension_id.ok_or("it has an id")?;
    /// let application = ExtensionApplication::new().redirect_urls(["https://reports.example.com"]);
    /// let changed = Extension::new().name("All reports").application(application);
    /// let extension = client.extensions().update_extension(&extension_id, changed).await?;
    /// assert_eq!(extension.name.as_deref(), Some("All reports"));
    /// # Ok(()) }
    /// ```
    update_extension(extension_id, extension: models::Extension) -> UpdateExtension;

    /// Deletes an extension; the service finishes some of it later.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Extension, ExtensionApplication};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ExtensionApplication::new().redirect_urls(["https://extension.example.com"]);
    /// # let extension = Extension::new().name("Reports").application(application);
    /// # let extension_id = client.extensions().create_extension(extension).await?.extension_id.ok_or("it has an id")?;
    /// client.extensions().delete_extension(&extension_id).await?;
    /// assert!(client.extensions().get_extension(&extension_id).await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_extension(extension_id) -> DeleteExtension;

    /// Begins the login of a user to an extension (OAuth 2.1 with PKCE, RFC 7636). It is sent without a token.
    ///
    /// `code_challenge` is the SHA-256 of a secret verifier in base64url; `redirect_uri` is one of those of the extension's application.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Extension, ExtensionApplication};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ExtensionApplication::new().redirect_urls(["https://extension.example.com"]);
    /// # let extension = Extension::new().name("Reports").application(application);
    /// # let extension_id = client.extensions().create_extension(extension).await?.extension_id.ok_or("it has an id")?;
    /// let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    /// let login = client.extensions().login(&extension_id, challenge, "https://extension.example.com").await;
    /// // It is for the user's browser: nobody is logged in here, and the local server has no page to log in at.
    /// assert!(login.is_err_and(|error| error.is_unauthenticated()));
    /// # Ok(()) }
    /// ```
    login(client_id, code_challenge, redirect_uri) -> Login;

    /// Gives tokens for a code, for the credentials of a client, or for a user's password. It is sent without a token.
    ///
    /// The grant `password` alone wants the token of a service client: set it with `.user_token(client.client_token().await?.expose())`.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// use authress::models::{OAuthTokenRequest, OAuthTokenRequestGrantType};
    ///
    /// let request = OAuthTokenRequest::new("sc_owner")
    ///     .grant_type(OAuthTokenRequestGrantType::ClientCredentials)
    ///     .client_secret(client.client_token().await?);
    /// let answer = client.extensions().request_token(request).await?;
    /// assert!(answer.access_token.is_some());
    /// # Ok(()) }
    /// ```
    request_token(request: models::OAuthTokenRequest) -> RequestToken;
}
