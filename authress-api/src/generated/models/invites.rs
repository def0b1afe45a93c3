// generated
//! Models of the operations on invites.

use super::{AccountLinks, Resource};
use serde::{Deserialize, Serialize};

/// The model `Invite`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Invite {
    /// The field `inviteId`.
    #[serde(rename = "inviteId", default, skip_serializing_if = "Option::is_none")]
    pub invite_id: Option<String>,
    /// Limits: at most 100 items.
    pub statements: Vec<InviteStatement>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<AccountLinks>,
    /// Limits: at most 128 characters, pattern `^[a-zA-Z0-9-_.:]*$`.
    #[serde(rename = "tenantId", default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
    /// Limits: at most 128 characters, pattern `^[a-zA-Z0-9-_.:]*$`.
    #[serde(rename = "defaultLoginTenantId", default, skip_serializing_if = "Option::is_none")]
    pub default_login_tenant_id: Option<String>,
    /// Default: `GENERATE_NEW_RECORD`.
    #[serde(
        rename = "conflictResolutionStrategy",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub conflict_resolution_strategy: Option<InviteConflictResolutionStrategy>,
    /// The field `authenticationRequestUri`.
    #[serde(
        rename = "authenticationRequestUri",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub authentication_request_uri: Option<String>,
    /// The field `linkedUserId`.
    #[serde(rename = "linkedUserId", default, skip_serializing_if = "Option::is_none")]
    pub linked_user_id: Option<String>,
    /// The field `expiryTime`.
    #[serde(rename = "expiryTime", default, skip_serializing_if = "Option::is_none")]
    pub expiry_time: Option<String>,
}

impl Invite {
    /// The model with its required fields; all others are unset.
    pub fn new(statements: impl IntoIterator<Item = impl Into<InviteStatement>>) -> Self {
        Self {
            statements: statements.into_iter().map(Into::into).collect(),
            invite_id: None,
            links: None,
            tenant_id: None,
            default_login_tenant_id: None,
            conflict_resolution_strategy: None,
            authentication_request_uri: None,
            linked_user_id: None,
            expiry_time: None,
        }
    }

    /// Sets [`invite_id`](Self::invite_id).
    #[must_use]
    pub fn invite_id(mut self, invite_id: impl Into<String>) -> Self {
        self.invite_id = Some(invite_id.into());
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<AccountLinks>) -> Self {
        self.links = Some(links.into());
        self
    }

    /// Sets [`tenant_id`](Self::tenant_id).
    #[must_use]
    pub fn tenant_id(mut self, tenant_id: impl Into<String>) -> Self {
        self.tenant_id = Some(tenant_id.into());
        self
    }

    /// Sets [`default_login_tenant_id`](Self::default_login_tenant_id).
    #[must_use]
    pub fn default_login_tenant_id(mut self, default_login_tenant_id: impl Into<String>) -> Self {
        self.default_login_tenant_id = Some(default_login_tenant_id.into());
        self
    }

    /// Sets [`conflict_resolution_strategy`](Self::conflict_resolution_strategy).
    #[must_use]
    pub fn conflict_resolution_strategy(
        mut self,
        conflict_resolution_strategy: impl Into<InviteConflictResolutionStrategy>,
    ) -> Self {
        self.conflict_resolution_strategy = Some(conflict_resolution_strategy.into());
        self
    }

    /// Sets [`authentication_request_uri`](Self::authentication_request_uri).
    #[must_use]
    pub fn authentication_request_uri(mut self, authentication_request_uri: impl Into<String>) -> Self {
        self.authentication_request_uri = Some(authentication_request_uri.into());
        self
    }

    /// Sets [`linked_user_id`](Self::linked_user_id).
    #[must_use]
    pub fn linked_user_id(mut self, linked_user_id: impl Into<String>) -> Self {
        self.linked_user_id = Some(linked_user_id.into());
        self
    }

    /// Sets [`expiry_time`](Self::expiry_time).
    #[must_use]
    pub fn expiry_time(mut self, expiry_time: impl Into<String>) -> Self {
        self.expiry_time = Some(expiry_time.into());
        self
    }
}

/// Default: `GENERATE_NEW_RECORD`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum InviteConflictResolutionStrategy {
    /// The value `GENERATE_NEW_RECORD`.
    GenerateNewRecord,
    /// The value `UNSAFE_FORCE_MERGE`.
    UnsafeForceMerge,
    /// The value `SKIP_CHANGES`.
    SkipChanges,
    /// The value `REPLACE_RECORD_DATA`.
    ReplaceRecordData,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl InviteConflictResolutionStrategy {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::GenerateNewRecord => "GENERATE_NEW_RECORD",
            Self::UnsafeForceMerge => "UNSAFE_FORCE_MERGE",
            Self::SkipChanges => "SKIP_CHANGES",
            Self::ReplaceRecordData => "REPLACE_RECORD_DATA",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for InviteConflictResolutionStrategy {
    fn from(value: &str) -> Self {
        match value {
            "GENERATE_NEW_RECORD" => Self::GenerateNewRecord,
            "UNSAFE_FORCE_MERGE" => Self::UnsafeForceMerge,
            "SKIP_CHANGES" => Self::SkipChanges,
            "REPLACE_RECORD_DATA" => Self::ReplaceRecordData,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(
    InviteConflictResolutionStrategy,
    [
        "GENERATE_NEW_RECORD",
        "UNSAFE_FORCE_MERGE",
        "SKIP_CHANGES",
        "REPLACE_RECORD_DATA"
    ]
);
/// The model `InviteStatement`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct InviteStatement {
    /// Limits: 1 to 100 items.
    pub roles: Vec<String>,
    /// Limits: 1 to 100 items.
    pub resources: Vec<Resource>,
}

impl InviteStatement {
    /// The model with its required fields; all others are unset.
    pub fn new(
        roles: impl IntoIterator<Item = impl Into<String>>,
        resources: impl IntoIterator<Item = impl Into<Resource>>,
    ) -> Self {
        Self {
            roles: roles.into_iter().map(Into::into).collect(),
            resources: resources.into_iter().map(Into::into).collect(),
        }
    }
}
