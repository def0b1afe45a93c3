// generated
//! Models of the operations on groups.

use super::{AccountLinks, CollectionLinks, Pagination, User};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The model `Group`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-_]+$`.
    #[serde(rename = "groupId", default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    /// Limits: 1 to 128 characters.
    pub name: String,
    /// The field `lastUpdated`.
    #[serde(rename = "lastUpdated", default, skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<chrono::DateTime<chrono::Utc>>,
    /// Limits: at most 100 items.
    pub users: Vec<User>,
    /// Limits: at most 100 items.
    pub admins: Vec<User>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<AccountLinks>,
    /// The field `tags`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

impl Group {
    /// The model with its required fields; all others are unset.
    pub fn new(
        name: impl Into<String>,
        users: impl IntoIterator<Item = impl Into<User>>,
        admins: impl IntoIterator<Item = impl Into<User>>,
    ) -> Self {
        Self {
            name: name.into(),
            users: users.into_iter().map(Into::into).collect(),
            admins: admins.into_iter().map(Into::into).collect(),
            group_id: None,
            last_updated: None,
            links: None,
            tags: None,
        }
    }

    /// Sets [`group_id`](Self::group_id).
    #[must_use]
    pub fn group_id(mut self, group_id: impl Into<String>) -> Self {
        self.group_id = Some(group_id.into());
        self
    }

    /// Sets [`last_updated`](Self::last_updated).
    #[must_use]
    pub fn last_updated(mut self, last_updated: chrono::DateTime<chrono::Utc>) -> Self {
        self.last_updated = Some(last_updated);
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

/// The model `GroupCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct GroupCollection {
    /// The field `groups`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub groups: Vec<Group>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl GroupCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            groups: Vec::new(),
            pagination: None,
            links: None,
        }
    }

    /// Sets [`groups`](Self::groups).
    #[must_use]
    pub fn groups(mut self, groups: impl IntoIterator<Item = impl Into<Group>>) -> Self {
        self.groups = groups.into_iter().map(Into::into).collect();
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
