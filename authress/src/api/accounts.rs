//! Accounts, and the issuers of tokens that they trust.

use super::group::group;
use crate::models;

group! {
    /// The calls about accounts and the issuers that they trust.
    Accounts;

    /// Lists the accounts that the caller has access to. The list is not paged.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let accounts = client.accounts().get_accounts().await?;
    /// assert_eq!(accounts.accounts.len(), 1);
    /// # Ok(()) }
    /// ```
    get_accounts() -> GetAccounts;

    /// Reads one account with its configuration.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let account_id = client.accounts().get_accounts().await?.accounts[0].account_id.clone();
    /// let account = client.accounts().get_account(&account_id).await?;
    /// assert_eq!(account.account_id, account_id);
    /// # Ok(()) }
    /// ```
    get_account(account_id) -> GetAccount;

    /// Lists the issuers whose tokens the account accepts besides its own. The list is not paged.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let issuers = client.accounts().get_account_identities().await?;
    /// assert!(issuers.identities.is_empty());
    /// # Ok(()) }
    /// ```
    get_account_identities() -> GetAccountIdentities;

    /// Makes the account accept the tokens of another issuer, so that its users call with the tokens they have.
    ///
    /// Give either the issuer or one of its tokens. An issuer with an audience can belong to one account only.
    ///
    /// ```
    /// use authress::models::IdentityRequest;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let issuer = IdentityRequest::new().issuer("https://id.example.com").preferred_audience("https://api.example.com");
    /// client.accounts().delegate_authentication(issuer).await?;
    /// assert_eq!(client.accounts().get_account_identities().await?.identities.len(), 1);
    /// # Ok(()) }
    /// ```
    delegate_authentication(request: models::IdentityRequest) -> DelegateAuthentication;
}
