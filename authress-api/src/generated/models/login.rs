// generated
//! Models of the operations on login.

use super::ConnectionDefaultConnectionProperties;
use serde::{Deserialize, Serialize};

/// The model `AuthenticationRequest`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct AuthenticationRequest {
    /// The field `authenticationUrl`.
    #[serde(rename = "authenticationUrl", default, skip_serializing_if = "Option::is_none")]
    pub authentication_url: Option<String>,
}

impl AuthenticationRequest {
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

/// The model `UpdateAuthenticationRequestParameters`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UpdateAuthenticationRequestParameters {
    /// The field `connectionId`.
    #[serde(rename = "connectionId", default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<String>,
    /// The field `tenantLookupIdentifier`.
    #[serde(rename = "tenantLookupIdentifier", default, skip_serializing_if = "Option::is_none")]
    pub tenant_lookup_identifier: Option<String>,
    /// The field `hint`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The field `inviteId`.
    #[serde(rename = "inviteId", default, skip_serializing_if = "Option::is_none")]
    pub invite_id: Option<String>,
    /// The field `connectionProperties`.
    #[serde(rename = "connectionProperties", default, skip_serializing_if = "Option::is_none")]
    pub connection_properties: Option<ConnectionDefaultConnectionProperties>,
    /// The field `antiAbuseHash`.
    #[serde(rename = "antiAbuseHash")]
    pub anti_abuse_hash: String,
}

impl UpdateAuthenticationRequestParameters {
    /// The model with its required fields; all others are unset.
    pub fn new(anti_abuse_hash: impl Into<String>) -> Self {
        Self {
            anti_abuse_hash: anti_abuse_hash.into(),
            connection_id: None,
            tenant_lookup_identifier: None,
            hint: None,
            invite_id: None,
            connection_properties: None,
        }
    }

    /// Sets [`connection_id`](Self::connection_id).
    #[must_use]
    pub fn connection_id(mut self, connection_id: impl Into<String>) -> Self {
        self.connection_id = Some(connection_id.into());
        self
    }

    /// Sets [`tenant_lookup_identifier`](Self::tenant_lookup_identifier).
    #[must_use]
    pub fn tenant_lookup_identifier(mut self, tenant_lookup_identifier: impl Into<String>) -> Self {
        self.tenant_lookup_identifier = Some(tenant_lookup_identifier.into());
        self
    }

    /// Sets [`hint`](Self::hint).
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Sets [`invite_id`](Self::invite_id).
    #[must_use]
    pub fn invite_id(mut self, invite_id: impl Into<String>) -> Self {
        self.invite_id = Some(invite_id.into());
        self
    }

    /// Sets [`connection_properties`](Self::connection_properties).
    #[must_use]
    pub fn connection_properties(
        mut self,
        connection_properties: impl Into<ConnectionDefaultConnectionProperties>,
    ) -> Self {
        self.connection_properties = Some(connection_properties.into());
        self
    }
}
