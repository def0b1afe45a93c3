// generated
//! Models of the operations on resource permissions.

use super::{CollectionLinks, Pagination, UserRoleCollection};
use serde::{Deserialize, Serialize};

/// The model `PermissionedResource`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PermissionedResource {
    /// Limits: 1 to 100 items.
    pub permissions: Vec<ResourcePermission>,
}

impl PermissionedResource {
    /// The model with its required fields; all others are unset.
    pub fn new(permissions: impl IntoIterator<Item = impl Into<ResourcePermission>>) -> Self {
        Self {
            permissions: permissions.into_iter().map(Into::into).collect(),
        }
    }
}

/// The model `PermissionedResourceCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct PermissionedResourceCollection {
    /// The field `resources`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub resources: Vec<PermissionedResource>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl PermissionedResourceCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            resources: Vec::new(),
            pagination: None,
            links: None,
        }
    }

    /// Sets [`resources`](Self::resources).
    #[must_use]
    pub fn resources(mut self, resources: impl IntoIterator<Item = impl Into<PermissionedResource>>) -> Self {
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

/// The model `ResourcePermission`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ResourcePermission {
    /// The field `action`.
    pub action: ResourcePermissionAction,
    /// The field `allow`.
    pub allow: bool,
}

impl ResourcePermission {
    /// The model with its required fields; all others are unset.
    pub fn new(action: impl Into<ResourcePermissionAction>, allow: bool) -> Self {
        Self {
            action: action.into(),
            allow,
        }
    }
}

/// The values of `ResourcePermissionAction`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ResourcePermissionAction {
    /// The value `CLAIM`.
    Claim,
    /// The value `PUBLIC`.
    Public,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ResourcePermissionAction {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Claim => "CLAIM",
            Self::Public => "PUBLIC",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ResourcePermissionAction {
    fn from(value: &str) -> Self {
        match value {
            "CLAIM" => Self::Claim,
            "PUBLIC" => Self::Public,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(ResourcePermissionAction, ["CLAIM", "PUBLIC"]);
/// The model `ResourceUsersCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ResourceUsersCollection {
    /// The field `users`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub users: Vec<UserRoleCollection>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl ResourceUsersCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            users: Vec::new(),
            pagination: None,
            links: None,
        }
    }

    /// Sets [`users`](Self::users).
    #[must_use]
    pub fn users(mut self, users: impl IntoIterator<Item = impl Into<UserRoleCollection>>) -> Self {
        self.users = users.into_iter().map(Into::into).collect();
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
