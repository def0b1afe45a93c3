// generated
//! Models of the operations on user permissions.

use super::{CollectionLinks, Pagination, PermissionObject, Resource};
use serde::{Deserialize, Serialize};

/// Default: `TOP_LEVEL_ONLY`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum GetUserResourcesCollectionConfiguration {
    /// The value `TOP_LEVEL_ONLY`.
    TopLevelOnly,
    /// The value `INCLUDE_NESTED`.
    IncludeNested,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl GetUserResourcesCollectionConfiguration {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::TopLevelOnly => "TOP_LEVEL_ONLY",
            Self::IncludeNested => "INCLUDE_NESTED",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for GetUserResourcesCollectionConfiguration {
    fn from(value: &str) -> Self {
        match value {
            "TOP_LEVEL_ONLY" => Self::TopLevelOnly,
            "INCLUDE_NESTED" => Self::IncludeNested,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(
    GetUserResourcesCollectionConfiguration,
    ["TOP_LEVEL_ONLY", "INCLUDE_NESTED"]
);
/// The model `PermissionCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PermissionCollection {
    /// The field `account`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<PermissionCollectionAccount>,
    /// Limits: 1 to 128 characters, pattern `^[a-zA-Z0-9+._|\/~:@\s-]+$`.
    #[serde(rename = "userId")]
    pub user_id: String,
    /// The field `permissions`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub permissions: Vec<PermissionObject>,
}

impl PermissionCollection {
    /// The model with its required fields; all others are unset.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            account: None,
            permissions: Vec::new(),
        }
    }

    /// Sets [`account`](Self::account).
    #[must_use]
    pub fn account(mut self, account: impl Into<PermissionCollectionAccount>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Sets [`permissions`](Self::permissions).
    #[must_use]
    pub fn permissions(mut self, permissions: impl IntoIterator<Item = impl Into<PermissionObject>>) -> Self {
        self.permissions = permissions.into_iter().map(Into::into).collect();
        self
    }
}

/// The model `PermissionCollectionAccount`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct PermissionCollectionAccount {
    /// The field `accountId`.
    #[serde(rename = "accountId", default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

impl PermissionCollectionAccount {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { account_id: None }
    }

    /// Sets [`account_id`](Self::account_id).
    #[must_use]
    pub fn account_id(mut self, account_id: impl Into<String>) -> Self {
        self.account_id = Some(account_id.into());
        self
    }
}

/// The model `UserResourcesCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UserResourcesCollection {
    /// The field `account`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<PermissionCollectionAccount>,
    /// Limits: 1 to 128 characters, pattern `^[a-zA-Z0-9+._|\/~:@\s-]+$`.
    #[serde(rename = "userId")]
    pub user_id: String,
    /// The field `resources`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub resources: Vec<Resource>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl UserResourcesCollection {
    /// The model with its required fields; all others are unset.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            account: None,
            resources: Vec::new(),
            pagination: None,
            links: None,
        }
    }

    /// Sets [`account`](Self::account).
    #[must_use]
    pub fn account(mut self, account: impl Into<PermissionCollectionAccount>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Sets [`resources`](Self::resources).
    #[must_use]
    pub fn resources(mut self, resources: impl IntoIterator<Item = impl Into<Resource>>) -> Self {
        self.resources = resources.into_iter().map(Into::into).collect();
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
