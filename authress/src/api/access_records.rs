//! Access records, which give roles to users, and the requests and claims that lead to them.

use super::group::group;
use crate::models;

group! {
    /// The calls about access records, requests for access, and claims of resources.
    AccessRecords;

    /// Lists the access records that the caller may read, in pages of at most 20.
    ///
    /// For administration: it is limited to fewer calls than the checks are, and changes may take five minutes to show. To know what a user may do, ask
    /// [`authorize_user`](crate::api::UserPermissions::authorize_user).
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{AccessRecord, Statement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let record = AccessRecord::new("Readers", [Statement::new(["Authress:Owner"], ["documents/42"])]).record_id("rec_1").users(["user-1"]);
    /// # client.access_records().create_record(record).await?;
    /// let page = client.access_records().get_records().limit(20).await?;
    /// assert!(page.records.iter().any(|record| record.name == "Readers"));
    /// # Ok(()) }
    /// ```
    get_records() -> GetRecords;

    /// Creates an access record: it gives users and groups roles on resources.
    ///
    /// The output is the record, or nothing when the service creates it a little later (202). Without a `record_id` the service chooses one. The caller
    /// must be able to grant everything that the record gives; a record has about 100 KB at most.
    ///
    /// ```
    /// use authress::models::{AccessRecord, Statement};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let statement = Statement::new(["Authress:Owner"], ["documents/42"]);
    /// let record = AccessRecord::new("Owners of document 42", [statement]).users(["user-1"]);
    /// let created = client.access_records().create_record(record).await?;
    /// assert!(created.ok_or("it is created later")?.record_id.is_some());
    /// # Ok(()) }
    /// ```
    create_record(record: models::AccessRecord) -> CreateRecord;

    /// Reads one access record, also one that was deleted and has the status `DELETED` now.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{AccessRecord, Statement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let record = AccessRecord::new("Readers", [Statement::new(["Authress:Owner"], ["documents/42"])]).record_id("rec_1").users(["user-1"]);
    /// # client.access_records().create_record(record).await?;
    /// let record = client.access_records().get_record("rec_1").await?;
    /// assert_eq!(record.name, "Readers");
    /// # Ok(()) }
    /// ```
    get_record(record_id) -> GetRecord;

    /// Replaces an access record as a whole: what `record` leaves out is gone.
    ///
    /// The change is accepted (202) and takes effect a little later. Set `if_unmodified_since` to the record's `last_updated`, so that no change of somebody
    /// else is lost; [`modify_record`](Self::modify_record) does all of that.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{AccessRecord, Statement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let record = AccessRecord::new("Readers", [Statement::new(["Authress:Owner"], ["documents/42"])]).record_id("rec_1").users(["user-1"]);
    /// # client.access_records().create_record(record).await?;
    /// let mut record = client.access_records().get_record("rec_1").await?;
    /// record.name = "Readers of document 42".into();
    /// client.access_records().update_record("rec_1", record).await?;
    /// assert_eq!(client.access_records().get_record("rec_1").await?.name, "Readers of document 42");
    /// # Ok(()) }
    /// ```
    update_record(record_id, record: models::AccessRecord) -> UpdateRecord;

    /// Takes back the access that a record gives.
    ///
    /// What the same users have by other records stays. The record is not erased: its status becomes `DELETED`.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{AccessRecord, Statement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let record = AccessRecord::new("Readers", [Statement::new(["Authress:Owner"], ["documents/42"])]).record_id("rec_1").users(["user-1"]);
    /// # client.access_records().create_record(record).await?;
    /// client.access_records().delete_record("rec_1").await?;
    /// assert!(!client.is_authorized("user-1", "documents/42", "read").await?);
    /// # Ok(()) }
    /// ```
    delete_record(record_id) -> DeleteRecord;

    /// Lists the requests for access that the caller may see, in pages of at most 20.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{AccessRequest, AccessTemplate, Statement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let access = AccessTemplate::new(["user-1"], [Statement::new(["Authress:Owner"], ["documents/42"])]);
    /// # let request = client.access_records().create_request(AccessRequest::new(access)).await?;
    /// # let request_id = request.request_id.ok_or("it has an id")?;
    /// use authress::models::GetRequestsStatus;
    ///
    /// let page = client.access_records().get_requests().status(GetRequestsStatus::Open).await?;
    /// assert_eq!(page.records.len(), 1);
    /// # Ok(()) }
    /// ```
    get_requests() -> GetRequests;

    /// Asks for access on behalf of users, to be approved or denied by somebody who may give it.
    ///
    /// It holds what an access record would hold, and gives nothing until
    /// [`respond_to_access_request`](Self::respond_to_access_request) approves it.
    ///
    /// ```
    /// use authress::models::{AccessRequest, AccessTemplate, Statement};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let access = AccessTemplate::new(["user-1"], [Statement::new(["Authress:Owner"], ["documents/42"])]);
    /// let request = client.access_records().create_request(AccessRequest::new(access)).await?;
    /// assert!(request.request_id.is_some());
    /// # Ok(()) }
    /// ```
    create_request(request: models::AccessRequest) -> CreateRequest;

    /// Reads one request for access, with its status and what it asks for.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{AccessRequest, AccessTemplate, Statement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let access = AccessTemplate::new(["user-1"], [Statement::new(["Authress:Owner"], ["documents/42"])]);
    /// # let request = client.access_records().create_request(AccessRequest::new(access)).await?;
    /// # let request_id = request.request_id.ok_or("it has an id")?;
    /// let request = client.access_records().get_request(&request_id).await?;
    /// assert_eq!(request.access.users[0].user_id, "user-1");
    /// # Ok(()) }
    /// ```
    get_request(request_id) -> GetRequest;

    /// Deletes a request for access, which has the status `DELETED` from then on.
    ///
    /// Access that it led to stays: delete the access record to take that back.
    ///
    /// ```
    /// use authress::models::AccessRequest;
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{AccessTemplate, Statement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let access = AccessTemplate::new(["user-1"], [Statement::new(["Authress:Owner"], ["documents/42"])]);
    /// # let request = client.access_records().create_request(AccessRequest::new(access)).await?;
    /// # let request_id = request.request_id.ok_or("it has an id")?;
    /// use authress::models::AccessRequestStatus;
    ///
    /// client.access_records().delete_request(&request_id).await?;
    /// let request = client.access_records().get_request(&request_id).await?;
    /// assert_eq!(request.status, Some(AccessRequestStatus::Deleted));
    /// # Ok(()) }
    /// ```
    delete_request(request_id) -> DeleteRequest;

    /// Approves or denies an open request for access. When it is approved, its users have what was asked for.
    ///
    /// ```
    /// use authress::models::AccessRequest;
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{AccessTemplate, Statement};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let access = AccessTemplate::new(["user-1"], [Statement::new(["Authress:Owner"], ["documents/42"])]);
    /// # let request = client.access_records().create_request(AccessRequest::new(access)).await?;
    /// # let request_id = request.request_id.ok_or("it has an id")?;
    /// use authress::models::{AccessRequestResponse, AccessRequestResponseStatus};
    ///
    /// let approved = AccessRequestResponse::new(AccessRequestResponseStatus::Approved);
    /// client.access_records().respond_to_access_request(&request_id, approved).await?;
    /// assert!(client.is_authorized("user-1", "documents/42", "read").await?);
    /// # Ok(()) }
    /// ```
    respond_to_access_request(request_id, response: models::AccessRequestResponse) -> RespondToAccessRequest;

    /// Claims a resource that nobody has yet for the user who asks, with that user's own token.
    ///
    /// The collection must let everybody do so: see
    /// [`update_permissioned_resource`](crate::api::ResourcePermissions::update_permissioned_resource). When somebody has the resource already, the error
    /// [`is_conflict`](crate::Error::is_conflict).
    ///
    /// ```
    /// use authress::models::ClaimRequest;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{PermissionedResource, ResourcePermission, ResourcePermissionAction};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let claimable = PermissionedResource::new([ResourcePermission::new(ResourcePermissionAction::Claim).allow(true)]);
    /// # client.resource_permissions().update_permissioned_resource("workspaces", claimable).await?;
    /// let as_user = client.with_user_token(&local.user_token("user-1"))?;
    /// as_user.access_records().create_claim(ClaimRequest::new("workspaces", "acme")).await?;
    /// as_user.authorize("workspaces/acme", "read").await?;
    /// # Ok(()) }
    /// ```
    create_claim(claim: models::ClaimRequest) -> CreateClaim;
}
