// generated
//! Models of the operations on roles.

use super::{CollectionLinks, Pagination, PermissionObject};
use serde::{Deserialize, Serialize};

/// The model `Role`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Role {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._:@]+$`.
    #[serde(rename = "roleId", default, skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
    /// Limits: 1 to 128 characters.
    pub name: String,
    /// Limits: at most 1024 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Limits: at most 100 items.
    pub permissions: Vec<PermissionObject>,
}

impl Role {
    /// The model with its required fields; all others are unset.
    pub fn new(name: impl Into<String>, permissions: impl IntoIterator<Item = impl Into<PermissionObject>>) -> Self {
        Self {
            name: name.into(),
            permissions: permissions.into_iter().map(Into::into).collect(),
            role_id: None,
            description: None,
        }
    }

    /// Sets [`role_id`](Self::role_id).
    #[must_use]
    pub fn role_id(mut self, role_id: impl Into<String>) -> Self {
        self.role_id = Some(role_id.into());
        self
    }

    /// Sets [`description`](Self::description).
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }
}

/// The model `RoleCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct RoleCollection {
    /// The field `roles`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub roles: Vec<Role>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl RoleCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            roles: Vec::new(),
            pagination: None,
            links: None,
        }
    }

    /// Sets [`roles`](Self::roles).
    #[must_use]
    pub fn roles(mut self, roles: impl IntoIterator<Item = impl Into<Role>>) -> Self {
        self.roles = roles.into_iter().map(Into::into).collect();
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
