// generated
//! Models of the operations on access records.

use super::{AccountLinks, CollectionLinks, Pagination, Resource, User};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The model `AccessRecord`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AccessRecord {
    /// Limits: 1 to 100 characters, pattern `^[a-zA-Z0-9-_:|~]+$`.
    #[serde(rename = "recordId", default, skip_serializing_if = "Option::is_none")]
    pub record_id: Option<String>,
    /// Limits: 1 to 128 characters.
    pub name: String,
    /// Limits: at most 1024 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Limits: at most 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<f32>,
    /// The field `lastUpdated`.
    #[serde(rename = "lastUpdated", default, skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<chrono::DateTime<chrono::Utc>>,
    /// The field `status`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<AccessRecordStatus>,
    /// The field `account`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccessRecordAccount>,
    /// Limits: at most 1000 items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<User>>,
    /// Limits: at most 100 items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admins: Option<Vec<User>>,
    /// Limits: at most 100 items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<LinkedGroup>>,
    /// Limits: 1 to 100 items.
    pub statements: Vec<Statement>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<AccountLinks>,
    /// The field `tags`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

impl AccessRecord {
    /// The model with its required fields; all others are unset.
    pub fn new(name: impl Into<String>, statements: impl IntoIterator<Item = impl Into<Statement>>) -> Self {
        Self {
            name: name.into(),
            statements: statements.into_iter().map(Into::into).collect(),
            record_id: None,
            description: None,
            capacity: None,
            last_updated: None,
            status: None,
            account: None,
            users: None,
            admins: None,
            groups: None,
            links: None,
            tags: None,
        }
    }

    /// Sets [`record_id`](Self::record_id).
    #[must_use]
    pub fn record_id(mut self, record_id: impl Into<String>) -> Self {
        self.record_id = Some(record_id.into());
        self
    }

    /// Sets [`description`](Self::description).
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets [`capacity`](Self::capacity).
    #[must_use]
    pub fn capacity(mut self, capacity: f32) -> Self {
        self.capacity = Some(capacity);
        self
    }

    /// Sets [`last_updated`](Self::last_updated).
    #[must_use]
    pub fn last_updated(mut self, last_updated: chrono::DateTime<chrono::Utc>) -> Self {
        self.last_updated = Some(last_updated);
        self
    }

    /// Sets [`status`](Self::status).
    #[must_use]
    pub fn status(mut self, status: impl Into<AccessRecordStatus>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// Sets [`account`](Self::account).
    #[must_use]
    pub fn account(mut self, account: impl Into<AccessRecordAccount>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Sets [`users`](Self::users).
    #[must_use]
    pub fn users(mut self, users: impl IntoIterator<Item = impl Into<User>>) -> Self {
        self.users = Some(users.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`admins`](Self::admins).
    #[must_use]
    pub fn admins(mut self, admins: impl IntoIterator<Item = impl Into<User>>) -> Self {
        self.admins = Some(admins.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`groups`](Self::groups).
    #[must_use]
    pub fn groups(mut self, groups: impl IntoIterator<Item = impl Into<LinkedGroup>>) -> Self {
        self.groups = Some(groups.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<AccountLinks>) -> Self {
        self.links = Some(links.into());
        self
    }

    /// Sets [`tags`](Self::tags).
    #[must_use]
    pub fn tags(mut self, tags: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.tags = Some(
            tags.into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

/// The model `AccessRecordAccount`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AccessRecordAccount {
    /// The field `accountId`.
    #[serde(rename = "accountId")]
    pub account_id: String,
}

impl AccessRecordAccount {
    /// The model with its required fields; all others are unset.
    pub fn new(account_id: impl Into<String>) -> Self {
        Self {
            account_id: account_id.into(),
        }
    }
}

impl<T: Into<String>> From<T> for AccessRecordAccount {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// The model `AccessRecordCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct AccessRecordCollection {
    /// The field `records`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub records: Vec<AccessRecord>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl AccessRecordCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            records: Vec::new(),
            pagination: None,
            links: None,
        }
    }

    /// Sets [`records`](Self::records).
    #[must_use]
    pub fn records(mut self, records: impl IntoIterator<Item = impl Into<AccessRecord>>) -> Self {
        self.records = records.into_iter().map(Into::into).collect();
        self
    }

    /// Sets [`pagination`](Self::pagination).
    #[must_use]
    pub fn pagination(mut self, pagination: impl Into<Pagination>) -> Self {
        self.pagination = Some(pagination.into());
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<CollectionLinks>) -> Self {
        self.links = Some(links.into());
        self
    }
}

/// The values of `AccessRecordStatus`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AccessRecordStatus {
    /// The value `ACTIVE`.
    Active,
    /// The value `DELETED`.
    Deleted,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl AccessRecordStatus {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "ACTIVE",
            Self::Deleted => "DELETED",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for AccessRecordStatus {
    fn from(value: &str) -> Self {
        match value {
            "ACTIVE" => Self::Active,
            "DELETED" => Self::Deleted,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(AccessRecordStatus, ["ACTIVE", "DELETED"]);
/// The model `AccessRequest`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AccessRequest {
    /// Limits: 1 to 100 characters, pattern `^[a-zA-Z0-9-_:|~]+$`.
    #[serde(rename = "requestId", default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The field `lastUpdated`.
    #[serde(rename = "lastUpdated", default, skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<chrono::DateTime<chrono::Utc>>,
    /// The field `status`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<AccessRequestStatus>,
    /// The field `access`.
    pub access: AccessTemplate,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<AccountLinks>,
    /// The field `tags`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

impl AccessRequest {
    /// The model with its required fields; all others are unset.
    pub fn new(access: impl Into<AccessTemplate>) -> Self {
        Self {
            access: access.into(),
            request_id: None,
            last_updated: None,
            status: None,
            links: None,
            tags: None,
        }
    }

    /// Sets [`request_id`](Self::request_id).
    #[must_use]
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }

    /// Sets [`last_updated`](Self::last_updated).
    #[must_use]
    pub fn last_updated(mut self, last_updated: chrono::DateTime<chrono::Utc>) -> Self {
        self.last_updated = Some(last_updated);
        self
    }

    /// Sets [`status`](Self::status).
    #[must_use]
    pub fn status(mut self, status: impl Into<AccessRequestStatus>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<AccountLinks>) -> Self {
        self.links = Some(links.into());
        self
    }

    /// Sets [`tags`](Self::tags).
    #[must_use]
    pub fn tags(mut self, tags: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.tags = Some(
            tags.into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

/// The model `AccessRequestCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct AccessRequestCollection {
    /// The field `records`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub records: Vec<AccessRequest>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl AccessRequestCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            records: Vec::new(),
            pagination: None,
            links: None,
        }
    }

    /// Sets [`records`](Self::records).
    #[must_use]
    pub fn records(mut self, records: impl IntoIterator<Item = impl Into<AccessRequest>>) -> Self {
        self.records = records.into_iter().map(Into::into).collect();
        self
    }

    /// Sets [`pagination`](Self::pagination).
    #[must_use]
    pub fn pagination(mut self, pagination: impl Into<Pagination>) -> Self {
        self.pagination = Some(pagination.into());
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<CollectionLinks>) -> Self {
        self.links = Some(links.into());
        self
    }
}

/// The model `AccessRequestResponse`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AccessRequestResponse {
    /// The field `status`.
    pub status: AccessRequestResponseStatus,
}

impl AccessRequestResponse {
    /// The model with its required fields; all others are unset.
    pub fn new(status: impl Into<AccessRequestResponseStatus>) -> Self {
        Self { status: status.into() }
    }
}

/// The values of `AccessRequestResponseStatus`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AccessRequestResponseStatus {
    /// The value `APPROVED`.
    Approved,
    /// The value `DENIED`.
    Denied,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl AccessRequestResponseStatus {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Approved => "APPROVED",
            Self::Denied => "DENIED",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for AccessRequestResponseStatus {
    fn from(value: &str) -> Self {
        match value {
            "APPROVED" => Self::Approved,
            "DENIED" => Self::Denied,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(AccessRequestResponseStatus, ["APPROVED", "DENIED"]);
/// The values of `AccessRequestStatus`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum AccessRequestStatus {
    /// The value `OPEN`.
    Open,
    /// The value `APPROVED`.
    Approved,
    /// The value `DENIED`.
    Denied,
    /// The value `DELETED`.
    Deleted,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl AccessRequestStatus {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Open => "OPEN",
            Self::Approved => "APPROVED",
            Self::Denied => "DENIED",
            Self::Deleted => "DELETED",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for AccessRequestStatus {
    fn from(value: &str) -> Self {
        match value {
            "OPEN" => Self::Open,
            "APPROVED" => Self::Approved,
            "DENIED" => Self::Denied,
            "DELETED" => Self::Deleted,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(AccessRequestStatus, ["OPEN", "APPROVED", "DENIED", "DELETED"]);
/// The model `AccessTemplate`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AccessTemplate {
    /// Limits: 1 to 100 items.
    pub users: Vec<User>,
    /// Limits: 1 to 100 items.
    pub statements: Vec<Statement>,
}

impl AccessTemplate {
    /// The model with its required fields; all others are unset.
    pub fn new(
        users: impl IntoIterator<Item = impl Into<User>>,
        statements: impl IntoIterator<Item = impl Into<Statement>>,
    ) -> Self {
        Self {
            users: users.into_iter().map(Into::into).collect(),
            statements: statements.into_iter().map(Into::into).collect(),
        }
    }
}

/// The model `ClaimRequest`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ClaimRequest {
    /// Limits: 1 to 128 characters.
    #[serde(rename = "collectionResource")]
    pub collection_resource: String,
    /// Limits: 1 to 128 characters.
    #[serde(rename = "resourceId")]
    pub resource_id: String,
}

impl ClaimRequest {
    /// The model with its required fields; all others are unset.
    pub fn new(collection_resource: impl Into<String>, resource_id: impl Into<String>) -> Self {
        Self {
            collection_resource: collection_resource.into(),
            resource_id: resource_id.into(),
        }
    }
}

/// The value `ClaimResponse`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[serde(transparent)]
pub struct ClaimResponse(pub serde_json::Map<String, serde_json::Value>);
impl ::std::ops::Deref for ClaimResponse {
    type Target = serde_json::Map<String, serde_json::Value>;
    fn deref(&self) -> &serde_json::Map<String, serde_json::Value> {
        &self.0
    }
}

impl ::std::convert::From<ClaimResponse> for serde_json::Map<String, serde_json::Value> {
    fn from(value: ClaimResponse) -> Self {
        value.0
    }
}

impl ::std::convert::From<serde_json::Map<String, serde_json::Value>> for ClaimResponse {
    fn from(value: serde_json::Map<String, serde_json::Value>) -> Self {
        Self(value)
    }
}

/// The values of `GetRecordsStatus`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum GetRecordsStatus {
    /// The value `ACTIVE`.
    Active,
    /// The value `DELETED`.
    Deleted,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl GetRecordsStatus {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "ACTIVE",
            Self::Deleted => "DELETED",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for GetRecordsStatus {
    fn from(value: &str) -> Self {
        match value {
            "ACTIVE" => Self::Active,
            "DELETED" => Self::Deleted,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(GetRecordsStatus, ["ACTIVE", "DELETED"]);
/// The values of `GetRequestsStatus`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum GetRequestsStatus {
    /// The value `OPEN`.
    Open,
    /// The value `APPROVED`.
    Approved,
    /// The value `DENIED`.
    Denied,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl GetRequestsStatus {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Open => "OPEN",
            Self::Approved => "APPROVED",
            Self::Denied => "DENIED",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for GetRequestsStatus {
    fn from(value: &str) -> Self {
        match value {
            "OPEN" => Self::Open,
            "APPROVED" => Self::Approved,
            "DENIED" => Self::Denied,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(GetRequestsStatus, ["OPEN", "APPROVED", "DENIED"]);
/// The model `LinkedGroup`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct LinkedGroup {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-_]+$`.
    #[serde(rename = "groupId")]
    pub group_id: String,
}

impl LinkedGroup {
    /// The model with its required fields; all others are unset.
    pub fn new(group_id: impl Into<String>) -> Self {
        Self {
            group_id: group_id.into(),
        }
    }
}

impl<T: Into<String>> From<T> for LinkedGroup {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// The model `Statement`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Statement {
    /// Limits: 1 to 100 items.
    pub roles: Vec<String>,
    /// Limits: 1 to 100 items.
    pub resources: Vec<Resource>,
    /// Limits: at most 100 items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<User>>,
    /// Limits: at most 10 items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<LinkedGroup>>,
}

impl Statement {
    /// The model with its required fields; all others are unset.
    pub fn new(
        roles: impl IntoIterator<Item = impl Into<String>>,
        resources: impl IntoIterator<Item = impl Into<Resource>>,
    ) -> Self {
        Self {
            roles: roles.into_iter().map(Into::into).collect(),
            resources: resources.into_iter().map(Into::into).collect(),
            users: None,
            groups: None,
        }
    }

    /// Sets [`users`](Self::users).
    #[must_use]
    pub fn users(mut self, users: impl IntoIterator<Item = impl Into<User>>) -> Self {
        self.users = Some(users.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`groups`](Self::groups).
    #[must_use]
    pub fn groups(mut self, groups: impl IntoIterator<Item = impl Into<LinkedGroup>>) -> Self {
        self.groups = Some(groups.into_iter().map(Into::into).collect());
        self
    }
}
