//! Invites, which give access to whoever accepts them.

use super::group::group;
use crate::models;

group! {
    /// The calls about invites, which give access to whoever accepts them.
    Invites;

    /// Creates an invite for somebody whose user id is not known yet: whoever accepts it has what it gives.
    ///
    /// Send the invite id to that person. It expires after seven days unless another time is set.
    ///
    /// ```
    /// use authress::models::{Invite, InviteStatement};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let statement = InviteStatement::new(["Authress:Owner"], ["documents/42"]);
    /// let invite = client.invites().create_invite(Invite::new([statement])).await?;
    /// assert!(invite.invite_id.is_some());
    /// # Ok(()) }
    /// ```
    create_invite(invite: models::Invite) -> CreateInvite;

    /// Reads an invite that was not accepted yet.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Invite, InviteStatement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let statement = InviteStatement::new(["Authress:Owner"], ["documents/42"]);
    /// # let invite = client.invites().create_invite(Invite::new([statement])).await?;
    /// # let invite_id = invite.invite_id.ok_or("it has an id")?;
    /// let invite = client.invites().get_invite(&invite_id).await?;
    /// assert_eq!(invite.statements[0].roles, ["Authress:Owner"]);
    /// # Ok(()) }
    /// ```
    get_invite(invite_id) -> GetInvite;

    /// Deletes an invite, which can no longer be accepted.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Invite, InviteStatement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let statement = InviteStatement::new(["Authress:Owner"], ["documents/42"]);
    /// # let invite = client.invites().create_invite(Invite::new([statement])).await?;
    /// # let invite_id = invite.invite_id.ok_or("it has an id")?;
    /// client.invites().delete_invite(&invite_id).await?;
    /// assert!(client.invites().get_invite(&invite_id).await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_invite(invite_id) -> DeleteInvite;

    /// Accepts an invite for the user who asks, with that user's own token.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Invite, InviteStatement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let statement = InviteStatement::new(["Authress:Owner"], ["documents/42"]);
    /// # let invite = client.invites().create_invite(Invite::new([statement])).await?;
    /// # let invite_id = invite.invite_id.ok_or("it has an id")?;
    /// let as_user = client.with_user_token(&local.user_token("user-1"))?;
    /// as_user.invites().respond_to_invite(&invite_id).await?;
    /// as_user.authorize("documents/42", "read").await?;
    /// # Ok(()) }
    /// ```
    respond_to_invite(invite_id) -> RespondToInvite;
}
