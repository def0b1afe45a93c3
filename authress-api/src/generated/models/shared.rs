// generated
//! Models that operations of several tags use.

use super::{PermissionCollectionAccount, Statement};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The model `AccountLinks`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct AccountLinks {
    /// The field `self`.
    #[serde(rename = "self", default)]
    pub self_: Option<Link>,
}

impl AccountLinks {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { self_: None }
    }

    /// Sets [`self_`](Self::self_).
    #[must_use]
    pub fn self_(mut self, self_: impl Into<Link>) -> Self {
        self.self_ = Some(self_.into());
        self
    }
}

/// The model `ClientRateLimit`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ClientRateLimit {
    /// The field `duration`.
    pub duration: ClientRateLimitDuration,
    /// Limits: 100 to 1000000.
    ///
    /// Known values: `100`, `1000`, `100000`, `1000000`.
    #[serde(default)]
    pub quota: Option<u32>,
}

impl ClientRateLimit {
    /// The model with its required fields; all others are unset.
    pub fn new(duration: impl Into<ClientRateLimitDuration>) -> Self {
        Self {
            duration: duration.into(),
            quota: None,
        }
    }

    /// Sets [`quota`](Self::quota).
    #[must_use]
    pub fn quota(mut self, quota: u32) -> Self {
        self.quota = Some(quota);
        self
    }
}

/// The values of `ClientRateLimitDuration`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ClientRateLimitDuration {
    /// The value `PT0S`.
    Pt0s,
    /// The value `P1M`.
    P1m,
    /// The value `P1D`.
    P1d,
    /// The value `PT1H`.
    Pt1h,
    /// The value `PT5M`.
    Pt5m,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ClientRateLimitDuration {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pt0s => "PT0S",
            Self::P1m => "P1M",
            Self::P1d => "P1D",
            Self::Pt1h => "PT1H",
            Self::Pt5m => "PT5M",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ClientRateLimitDuration {
    fn from(value: &str) -> Self {
        match value {
            "PT0S" => Self::Pt0s,
            "P1M" => Self::P1m,
            "P1D" => Self::P1d,
            "PT1H" => Self::Pt1h,
            "PT5M" => Self::Pt5m,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(ClientRateLimitDuration, ["PT0S", "P1M", "P1D", "PT1H", "PT5M"]);
/// The model `CollectionLinks`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct CollectionLinks {
    /// The field `self`.
    #[serde(rename = "self", default, skip_serializing_if = "Option::is_none")]
    pub self_: Option<Link>,
    /// The field `next`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Link>,
}

impl CollectionLinks {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            self_: None,
            next: None,
        }
    }

    /// Sets [`self_`](Self::self_).
    #[must_use]
    pub fn self_(mut self, self_: impl Into<Link>) -> Self {
        self.self_ = Some(self_.into());
        self
    }

    /// Sets [`next`](Self::next).
    #[must_use]
    pub fn next(mut self, next: impl Into<Link>) -> Self {
        self.next = Some(next.into());
        self
    }
}

/// The model `ConnectionDefaultConnectionProperties`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ConnectionDefaultConnectionProperties {
    /// Default: `profile email openid`.
    ///
    /// Limits: at most 384 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl ConnectionDefaultConnectionProperties {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { scope: None }
    }

    /// Sets [`scope`](Self::scope).
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }
}

/// The model `Link`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Link {
    /// The field `href`.
    pub href: String,
    /// The field `rel`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rel: Option<String>,
}

impl Link {
    /// The model with its required fields; all others are unset.
    pub fn new(href: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            rel: None,
        }
    }

    /// Sets [`rel`](Self::rel).
    #[must_use]
    pub fn rel(mut self, rel: impl Into<String>) -> Self {
        self.rel = Some(rel.into());
        self
    }
}

/// The model `MetadataObject`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct MetadataObject {
    /// The field `account`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<MetadataObjectAccount>,
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._|/~:@]+$`.
    #[serde(rename = "userId")]
    pub user_id: String,
    /// The field `metadata`.
    #[serde(default)]
    pub metadata: Option<serde_json::Map<String, serde_json::Value>>,
}

impl MetadataObject {
    /// The model with its required fields; all others are unset.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            account: None,
            metadata: None,
        }
    }

    /// Sets [`account`](Self::account).
    #[must_use]
    pub fn account(mut self, account: impl Into<MetadataObjectAccount>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Sets [`metadata`](Self::metadata).
    #[must_use]
    pub fn metadata(
        mut self,
        metadata: impl IntoIterator<Item = (impl Into<String>, impl Into<serde_json::Value>)>,
    ) -> Self {
        self.metadata = Some(
            metadata
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

/// The model `MetadataObjectAccount`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct MetadataObjectAccount {
    /// The field `accountId`.
    #[serde(rename = "accountId", default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

impl MetadataObjectAccount {
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

/// The model `Pagination`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct Pagination {
    /// The field `next`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<PaginationNext>,
}

impl Pagination {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { next: None }
    }

    /// Sets [`next`](Self::next).
    #[must_use]
    pub fn next(mut self, next: impl Into<PaginationNext>) -> Self {
        self.next = Some(next.into());
        self
    }
}

/// The model `PaginationNext`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct PaginationNext {
    /// The field `cursor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl PaginationNext {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { cursor: None }
    }

    /// Sets [`cursor`](Self::cursor).
    #[must_use]
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.cursor = Some(cursor.into());
        self
    }
}

/// The model `PermissionObject`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PermissionObject {
    /// Limits: 1 to 64 characters, pattern `^([*]|[a-zA-Z0-9-_]+)(:([*]|[a-zA-Z0-9-_]+))*$`.
    pub action: String,
    /// The field `allow`.
    pub allow: bool,
    /// The field `grant`.
    pub grant: bool,
    /// The field `delegate`.
    pub delegate: bool,
}

impl PermissionObject {
    /// The model with its required fields; all others are unset.
    pub fn new(action: impl Into<String>, allow: bool, grant: bool, delegate: bool) -> Self {
        Self {
            action: action.into(),
            allow,
            grant,
            delegate,
        }
    }
}

/// The model `Resource`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Resource {
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    #[serde(rename = "resourceUri")]
    pub resource_uri: String,
}

impl Resource {
    /// The model with its required fields; all others are unset.
    pub fn new(resource_uri: impl Into<String>) -> Self {
        Self {
            resource_uri: resource_uri.into(),
        }
    }
}

impl<T: Into<String>> From<T> for Resource {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// The model `ResponseError`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ResponseError {
    /// The field `title`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The field `errorCode`.
    #[serde(rename = "errorCode", default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// The field `errorId`.
    #[serde(rename = "errorId", default, skip_serializing_if = "Option::is_none")]
    pub error_id: Option<String>,
}

impl ResponseError {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            title: None,
            error_code: None,
            error_id: None,
        }
    }

    /// Sets [`title`](Self::title).
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets [`error_code`](Self::error_code).
    #[must_use]
    pub fn error_code(mut self, error_code: impl Into<String>) -> Self {
        self.error_code = Some(error_code.into());
        self
    }

    /// Sets [`error_id`](Self::error_id).
    #[must_use]
    pub fn error_id(mut self, error_id: impl Into<String>) -> Self {
        self.error_id = Some(error_id.into());
        self
    }
}

/// The value `Tags`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[serde(transparent)]
pub struct Tags(pub BTreeMap<String, String>);
impl ::std::ops::Deref for Tags {
    type Target = BTreeMap<String, String>;
    fn deref(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

impl ::std::convert::From<Tags> for BTreeMap<String, String> {
    fn from(value: Tags) -> Self {
        value.0
    }
}

impl ::std::convert::From<BTreeMap<String, String>> for Tags {
    fn from(value: BTreeMap<String, String>) -> Self {
        Self(value)
    }
}

/// The model `TokenRequest`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TokenRequest {
    /// Limits: at least 1 items.
    pub statements: Vec<Statement>,
    /// The field `expires`.
    pub expires: chrono::DateTime<chrono::Utc>,
    /// The field `expiryTime`.
    #[serde(rename = "expiryTime")]
    pub expiry_time: String,
}

impl TokenRequest {
    /// The model with its required fields; all others are unset.
    pub fn new(
        statements: impl IntoIterator<Item = impl Into<Statement>>,
        expires: chrono::DateTime<chrono::Utc>,
        expiry_time: impl Into<String>,
    ) -> Self {
        Self {
            statements: statements.into_iter().map(Into::into).collect(),
            expires,
            expiry_time: expiry_time.into(),
        }
    }
}

/// The model `User`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct User {
    /// Limits: 1 to 128 characters, pattern `^[a-zA-Z0-9+._|\/~:@\s-]+$`.
    #[serde(rename = "userId")]
    pub user_id: String,
}

impl User {
    /// The model with its required fields; all others are unset.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
        }
    }
}

impl<T: Into<String>> From<T> for User {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// The model `UserRole`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UserRole {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._:@]+$`.
    #[serde(rename = "roleId")]
    pub role_id: String,
}

impl UserRole {
    /// The model with its required fields; all others are unset.
    pub fn new(role_id: impl Into<String>) -> Self {
        Self {
            role_id: role_id.into(),
        }
    }
}

impl<T: Into<String>> From<T> for UserRole {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// The model `UserRoleCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UserRoleCollection {
    /// Limits: 1 to 128 characters, pattern `^[a-zA-Z0-9+._|\/~:@\s-]+$`.
    #[serde(rename = "userId")]
    pub user_id: String,
    /// The field `roles`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub roles: Vec<UserRole>,
}

impl UserRoleCollection {
    /// The model with its required fields; all others are unset.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            roles: Vec::new(),
        }
    }

    /// Sets [`roles`](Self::roles).
    #[must_use]
    pub fn roles(mut self, roles: impl IntoIterator<Item = impl Into<UserRole>>) -> Self {
        self.roles = roles.into_iter().map(Into::into).collect();
        self
    }
}

/// The model `UserToken`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UserToken {
    /// The field `account`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<PermissionCollectionAccount>,
    /// Limits: 1 to 128 characters, pattern `^[a-zA-Z0-9+._|\/~:@\s-]+$`.
    #[serde(rename = "userId")]
    pub user_id: String,
    /// The field `tokenId`.
    #[serde(rename = "tokenId")]
    pub token_id: String,
    /// The field `token`.
    pub token: crate::Secret,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<AccountLinks>,
}

impl UserToken {
    /// The model with its required fields; all others are unset.
    pub fn new(user_id: impl Into<String>, token_id: impl Into<String>, token: impl Into<crate::Secret>) -> Self {
        Self {
            user_id: user_id.into(),
            token_id: token_id.into(),
            token: token.into(),
            account: None,
            links: None,
        }
    }

    /// Sets [`account`](Self::account).
    #[must_use]
    pub fn account(mut self, account: impl Into<PermissionCollectionAccount>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<AccountLinks>) -> Self {
        self.links = Some(links.into());
        self
    }
}
