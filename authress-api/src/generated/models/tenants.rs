// generated
//! Models of the operations on tenants.

use super::Pagination;
use serde::{Deserialize, Serialize};

/// The model `AuthenticationTokenConfiguration`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct AuthenticationTokenConfiguration {
    /// Default: `PT24H`.
    ///
    /// Limits: pattern `^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d+[HMS])(\d+H)?(\d+M)?(\d+S)?)?$`.
    #[serde(rename = "accessTokenDuration", default, skip_serializing_if = "Option::is_none")]
    pub access_token_duration: Option<String>,
    /// Default: `P30D`.
    ///
    /// Limits: pattern `^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d+[HMS])(\d+H)?(\d+M)?(\d+S)?)?$`.
    #[serde(rename = "sessionDuration", default, skip_serializing_if = "Option::is_none")]
    pub session_duration: Option<String>,
}

impl AuthenticationTokenConfiguration {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            access_token_duration: None,
            session_duration: None,
        }
    }

    /// Sets [`access_token_duration`](Self::access_token_duration).
    #[must_use]
    pub fn access_token_duration(mut self, access_token_duration: impl Into<String>) -> Self {
        self.access_token_duration = Some(access_token_duration.into());
        self
    }

    /// Sets [`session_duration`](Self::session_duration).
    #[must_use]
    pub fn session_duration(mut self, session_duration: impl Into<String>) -> Self {
        self.session_duration = Some(session_duration.into());
        self
    }
}

/// The model `Tenant`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct Tenant {
    /// Limits: at most 128 characters, pattern `^[a-zA-Z0-9-_.:]*$`.
    #[serde(rename = "tenantId", default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
    /// Limits: at most 64 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    #[serde(rename = "tenantLookupIdentifier", default, skip_serializing_if = "Option::is_none")]
    pub tenant_lookup_identifier: Option<String>,
    /// The field `data`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<TenantData>,
    /// The field `connection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<TenantConnection>,
    /// The field `createdTime`.
    #[serde(rename = "createdTime", default, skip_serializing_if = "Option::is_none")]
    pub created_time: Option<chrono::DateTime<chrono::Utc>>,
    /// Limits: at most 10 items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domains: Option<Vec<TenantDomain>>,
    /// The field `tokenConfiguration`.
    #[serde(rename = "tokenConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub token_configuration: Option<AuthenticationTokenConfiguration>,
}

impl Tenant {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            tenant_id: None,
            tenant_lookup_identifier: None,
            data: None,
            connection: None,
            created_time: None,
            domains: None,
            token_configuration: None,
        }
    }

    /// Sets [`tenant_id`](Self::tenant_id).
    #[must_use]
    pub fn tenant_id(mut self, tenant_id: impl Into<String>) -> Self {
        self.tenant_id = Some(tenant_id.into());
        self
    }

    /// Sets [`tenant_lookup_identifier`](Self::tenant_lookup_identifier).
    #[must_use]
    pub fn tenant_lookup_identifier(mut self, tenant_lookup_identifier: impl Into<String>) -> Self {
        self.tenant_lookup_identifier = Some(tenant_lookup_identifier.into());
        self
    }

    /// Sets [`data`](Self::data).
    #[must_use]
    pub fn data(mut self, data: impl Into<TenantData>) -> Self {
        self.data = Some(data.into());
        self
    }

    /// Sets [`connection`](Self::connection).
    #[must_use]
    pub fn connection(mut self, connection: impl Into<TenantConnection>) -> Self {
        self.connection = Some(connection.into());
        self
    }

    /// Sets [`created_time`](Self::created_time).
    #[must_use]
    pub fn created_time(mut self, created_time: chrono::DateTime<chrono::Utc>) -> Self {
        self.created_time = Some(created_time);
        self
    }

    /// Sets [`domains`](Self::domains).
    #[must_use]
    pub fn domains(mut self, domains: impl IntoIterator<Item = impl Into<TenantDomain>>) -> Self {
        self.domains = Some(domains.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`token_configuration`](Self::token_configuration).
    #[must_use]
    pub fn token_configuration(mut self, token_configuration: impl Into<AuthenticationTokenConfiguration>) -> Self {
        self.token_configuration = Some(token_configuration.into());
        self
    }
}

/// The model `TenantCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct TenantCollection {
    /// The field `tenants`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub tenants: Vec<Tenant>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}

impl TenantCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            tenants: Vec::new(),
            pagination: None,
        }
    }

    /// Sets [`tenants`](Self::tenants).
    #[must_use]
    pub fn tenants(mut self, tenants: impl IntoIterator<Item = impl Into<Tenant>>) -> Self {
        self.tenants = tenants.into_iter().map(Into::into).collect();
        self
    }

    /// Sets [`pagination`](Self::pagination).
    #[must_use]
    pub fn pagination(mut self, pagination: impl Into<Pagination>) -> Self {
        self.pagination = Some(pagination.into());
        self
    }
}

/// The model `TenantConnection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct TenantConnection {
    /// Limits: at most 64 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    #[serde(rename = "connectionId", default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<String>,
}

impl TenantConnection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { connection_id: None }
    }

    /// Sets [`connection_id`](Self::connection_id).
    #[must_use]
    pub fn connection_id(mut self, connection_id: impl Into<String>) -> Self {
        self.connection_id = Some(connection_id.into());
        self
    }
}

/// The model `TenantData`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct TenantData {
    /// Limits: at most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl TenantData {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { name: None }
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

/// The model `TenantDomain`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TenantDomain {
    /// Limits: 1 to 128 characters, pattern `^[a-z0-9.-]+$`.
    pub domain: String,
}

impl TenantDomain {
    /// The model with its required fields; all others are unset.
    pub fn new(domain: impl Into<String>) -> Self {
        Self { domain: domain.into() }
    }
}

impl<T: Into<String>> From<T> for TenantDomain {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// The model `TenantUser`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct TenantUser {
    /// Limits: 1 to 128 characters, pattern `^[a-zA-Z0-9+._|\/~:@\s-]+$`.
    #[serde(rename = "userId", default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

impl TenantUser {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { user_id: None }
    }

    /// Sets [`user_id`](Self::user_id).
    #[must_use]
    pub fn user_id(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }
}
