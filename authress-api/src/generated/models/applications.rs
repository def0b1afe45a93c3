// generated
//! Models of the operations on applications.

use super::Pagination;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The model `Application`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Application {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-_.:]*$`.
    #[serde(rename = "applicationId")]
    pub application_id: String,
    /// Limits: at most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Limits: at most 100 items.
    #[serde(
        rename = "redirectUrls",
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub redirect_urls: Vec<String>,
    /// Limits: at most 10 items.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub audiences: Vec<String>,
    /// The field `sessionType`.
    #[serde(rename = "sessionType", default, skip_serializing_if = "Option::is_none")]
    pub session_type: Option<ApplicationSessionType>,
    /// The field `enableAccessToToken`.
    #[serde(rename = "enableAccessToToken", default, skip_serializing_if = "Option::is_none")]
    pub enable_access_to_token: Option<bool>,
    /// The field `createdTime`.
    #[serde(rename = "createdTime", default, skip_serializing_if = "Option::is_none")]
    pub created_time: Option<chrono::DateTime<chrono::Utc>>,
    /// The field `lastUpdated`.
    #[serde(rename = "lastUpdated", default, skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<chrono::DateTime<chrono::Utc>>,
    /// The field `isActiveApplication`.
    #[serde(rename = "isActiveApplication", default, skip_serializing_if = "Option::is_none")]
    pub is_active_application: Option<bool>,
    /// The field `tags`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub tags: BTreeMap<String, String>,
}

impl Application {
    /// The model with its required fields; all others are unset.
    pub fn new(application_id: impl Into<String>) -> Self {
        Self {
            application_id: application_id.into(),
            name: None,
            redirect_urls: Vec::new(),
            audiences: Vec::new(),
            session_type: None,
            enable_access_to_token: None,
            created_time: None,
            last_updated: None,
            is_active_application: None,
            tags: BTreeMap::new(),
        }
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets [`redirect_urls`](Self::redirect_urls).
    #[must_use]
    pub fn redirect_urls(mut self, redirect_urls: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.redirect_urls = redirect_urls.into_iter().map(Into::into).collect();
        self
    }

    /// Sets [`audiences`](Self::audiences).
    #[must_use]
    pub fn audiences(mut self, audiences: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.audiences = audiences.into_iter().map(Into::into).collect();
        self
    }

    /// Sets [`session_type`](Self::session_type).
    #[must_use]
    pub fn session_type(mut self, session_type: impl Into<ApplicationSessionType>) -> Self {
        self.session_type = Some(session_type.into());
        self
    }

    /// Sets [`enable_access_to_token`](Self::enable_access_to_token).
    #[must_use]
    pub fn enable_access_to_token(mut self, enable_access_to_token: bool) -> Self {
        self.enable_access_to_token = Some(enable_access_to_token);
        self
    }

    /// Sets [`created_time`](Self::created_time).
    #[must_use]
    pub fn created_time(mut self, created_time: chrono::DateTime<chrono::Utc>) -> Self {
        self.created_time = Some(created_time);
        self
    }

    /// Sets [`last_updated`](Self::last_updated).
    #[must_use]
    pub fn last_updated(mut self, last_updated: chrono::DateTime<chrono::Utc>) -> Self {
        self.last_updated = Some(last_updated);
        self
    }

    /// Sets [`is_active_application`](Self::is_active_application).
    #[must_use]
    pub fn is_active_application(mut self, is_active_application: bool) -> Self {
        self.is_active_application = Some(is_active_application);
        self
    }

    /// Sets [`tags`](Self::tags).
    #[must_use]
    pub fn tags(mut self, tags: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.tags = tags
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        self
    }
}

/// The model `ApplicationCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ApplicationCollection {
    /// The field `applications`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub applications: Vec<Application>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}

impl ApplicationCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            applications: Vec::new(),
            pagination: None,
        }
    }

    /// Sets [`applications`](Self::applications).
    #[must_use]
    pub fn applications(mut self, applications: impl IntoIterator<Item = impl Into<Application>>) -> Self {
        self.applications = applications.into_iter().map(Into::into).collect();
        self
    }

    /// Sets [`pagination`](Self::pagination).
    #[must_use]
    pub fn pagination(mut self, pagination: impl Into<Pagination>) -> Self {
        self.pagination = Some(pagination.into());
        self
    }
}

/// The model `ApplicationDelegation`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ApplicationDelegation {
    /// The field `authenticationUrl`.
    #[serde(rename = "authenticationUrl", default, skip_serializing_if = "Option::is_none")]
    pub authentication_url: Option<String>,
}

impl ApplicationDelegation {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            authentication_url: None,
        }
    }

    /// Sets [`authentication_url`](Self::authentication_url).
    #[must_use]
    pub fn authentication_url(mut self, authentication_url: impl Into<String>) -> Self {
        self.authentication_url = Some(authentication_url.into());
        self
    }
}

/// The model `ApplicationRequest`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ApplicationRequest {
    /// Limits: at most 64 characters.
    #[serde(default)]
    pub name: Option<String>,
    /// Limits: at most 100 items.
    #[serde(rename = "redirectUrls")]
    pub redirect_urls: Vec<String>,
    /// Limits: at most 10 items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audiences: Option<Vec<String>>,
    /// The field `sessionType`.
    #[serde(rename = "sessionType", default, skip_serializing_if = "Option::is_none")]
    pub session_type: Option<ApplicationRequestSessionType>,
    /// The field `tags`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

impl ApplicationRequest {
    /// The model with its required fields; all others are unset.
    pub fn new(redirect_urls: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            redirect_urls: redirect_urls.into_iter().map(Into::into).collect(),
            name: None,
            audiences: None,
            session_type: None,
            tags: None,
        }
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets [`audiences`](Self::audiences).
    #[must_use]
    pub fn audiences(mut self, audiences: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.audiences = Some(audiences.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`session_type`](Self::session_type).
    #[must_use]
    pub fn session_type(mut self, session_type: impl Into<ApplicationRequestSessionType>) -> Self {
        self.session_type = Some(session_type.into());
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

/// The values of `ApplicationRequestSessionType`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ApplicationRequestSessionType {
    /// The value `SINGLE_SESSION`.
    SingleSession,
    /// The value `MULTI_SESSION`.
    MultiSession,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ApplicationRequestSessionType {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::SingleSession => "SINGLE_SESSION",
            Self::MultiSession => "MULTI_SESSION",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ApplicationRequestSessionType {
    fn from(value: &str) -> Self {
        match value {
            "SINGLE_SESSION" => Self::SingleSession,
            "MULTI_SESSION" => Self::MultiSession,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(ApplicationRequestSessionType, ["SINGLE_SESSION", "MULTI_SESSION"]);
/// The values of `ApplicationSessionType`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ApplicationSessionType {
    /// The value `SINGLE_SESSION`.
    SingleSession,
    /// The value `MULTI_SESSION`.
    MultiSession,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ApplicationSessionType {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::SingleSession => "SINGLE_SESSION",
            Self::MultiSession => "MULTI_SESSION",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ApplicationSessionType {
    fn from(value: &str) -> Self {
        match value {
            "SINGLE_SESSION" => Self::SingleSession,
            "MULTI_SESSION" => Self::MultiSession,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(ApplicationSessionType, ["SINGLE_SESSION", "MULTI_SESSION"]);
