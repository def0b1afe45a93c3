//! Groups of users, which access records name like users.

use super::group::group;
use crate::models;

group! {
    /// The calls about groups of users.
    Groups;

    /// Lists the groups that the caller may see, in pages of at most 20.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Group};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.groups().create_group(Group::new("Writers", ["user-1"], ["user-9"]).group_id("grp_writers")).await?;
    /// let page = client.groups().get_groups().filter("Writers").await?;
    /// assert_eq!(page.groups.len(), 1);
    /// # Ok(()) }
    /// ```
    get_groups() -> GetGroups;

    /// Creates a group of at most 100 users, with its admins. Without a `group_id` the service chooses one.
    ///
    /// ```
    /// use authress::models::Group;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let group = Group::new("Writers", ["user-1", "user-2"], ["user-9"]);
    /// let created = client.groups().create_group(group).await?;
    /// assert_eq!(created.users.len(), 2);
    /// # Ok(()) }
    /// ```
    create_group(group: models::Group) -> CreateGroup;

    /// Reads one group.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Group};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.groups().create_group(Group::new("Writers", ["user-1"], ["user-9"]).group_id("grp_writers")).await?;
    /// let group = client.groups().get_group("grp_writers").await?;
    /// assert_eq!(group.name, "Writers");
    /// # Ok(()) }
    /// ```
    get_group(group_id) -> GetGroup;

    /// Replaces a group as a whole: what `group` leaves out is gone.
    ///
    /// Set `if_unmodified_since` to the group's `last_updated`, so that no change of somebody else is lost;
    /// [`modify_group`](Self::modify_group) does all of that.
    ///
    /// ```
    /// use authress::models::Group;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.groups().create_group(Group::new("Writers", ["user-1"], ["user-9"]).group_id("grp_writers")).await?;
    /// let changed = Group::new("Writers", ["user-1", "user-2"], ["user-9"]);
    /// let group = client.groups().update_group("grp_writers", changed).await?;
    /// assert_eq!(group.users.len(), 2);
    /// # Ok(()) }
    /// ```
    update_group(group_id, group: models::Group) -> UpdateGroup;

    /// Deletes a group. Its users lose what they have by it.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Group};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.groups().create_group(Group::new("Writers", ["user-1"], ["user-9"]).group_id("grp_writers")).await?;
    /// client.groups().delete_group("grp_writers").await?;
    /// assert!(client.groups().get_group("grp_writers").await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_group(group_id) -> DeleteGroup;
}
