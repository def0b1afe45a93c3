//! Applications, which users log in to.

use super::group::group;
use crate::models;

group! {
    /// The calls about applications that users log in to.
    Applications;

    /// Makes a URL that logs a user of yours in to an application of somebody else, which trusts Authress.
    ///
    /// Send the user's browser there. Whoever opens it is logged in as the user: treat it as a secret.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{ApplicationRequest};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ApplicationRequest::new(["https://app.example.com"]).name("Shop");
    /// # let application_id = client.applications().create_application(application).await?.application_id;
    /// let login = client.applications().delegate_user_login(&application_id, "user-1").await?;
    /// assert!(login.authentication_url.is_some());
    /// # Ok(()) }
    /// ```
    delegate_user_login(application_id, user_id) -> DelegateUserLogin;

    /// Lists the applications that the caller may see, in pages.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{ApplicationRequest};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ApplicationRequest::new(["https://app.example.com"]).name("Shop");
    /// # let application_id = client.applications().create_application(application).await?.application_id;
    /// let page = client.applications().get_applications().await?;
    /// assert!(page.applications.iter().any(|application| application.application_id == application_id));
    /// # Ok(()) }
    /// ```
    get_applications() -> GetApplications;

    /// Registers an application of your own that users log in to.
    ///
    /// ```
    /// use authress::models::ApplicationRequest;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let application = ApplicationRequest::new(["https://app.example.com"]).name("Shop");
    /// let created = client.applications().create_application(application).await?;
    /// assert_eq!(created.name.as_deref(), Some("Shop"));
    /// # Ok(()) }
    /// ```
    create_application(application: models::ApplicationRequest) -> CreateApplication;

    /// Reads one application.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{ApplicationRequest};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ApplicationRequest::new(["https://app.example.com"]).name("Shop");
    /// # let application_id = client.applications().create_application(application).await?.application_id;
    /// let application = client.applications().get_application(&application_id).await?;
    /// assert_eq!(application.redirect_urls, ["https://app.example.com"]);
    /// # Ok(()) }
    /// ```
    get_application(application_id) -> GetApplication;

    /// Replaces the settings of an application: what `application` leaves out is gone.
    ///
    /// ```
    /// use authress::models::ApplicationRequest;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ApplicationRequest::new(["https://app.example.com"]).name("Shop");
    /// # let application_id = client.applications().create_application(application).await?.application_id;
    /// let changed = ApplicationRequest::new(["https://shop.example.com"]).name("Shop");
    /// let application = client.applications().update_application(&application_id, changed).await?;
    /// assert_eq!(application.redirect_urls, ["https://shop.example.com"]);
    /// # Ok(()) }
    /// ```
    update_application(application_id, application: models::ApplicationRequest) -> UpdateApplication;

    /// Deletes an application. Its users can no longer log in to it.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{ApplicationRequest};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let application = ApplicationRequest::new(["https://app.example.com"]).name("Shop");
    /// # let application_id = client.applications().create_application(application).await?.application_id;
    /// client.applications().delete_application(&application_id).await?;
    /// assert!(client.applications().get_application(&application_id).await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_application(application_id) -> DeleteApplication;
}
