// generated
//! Models of the operations on connections.

use super::{ConnectionDefaultConnectionProperties, Pagination};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The model `Connection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct Connection {
    /// Default: `OAUTH2`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<ConnectionType>,
    /// Limits: at most 64 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    #[serde(rename = "connectionId", default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<String>,
    /// Limits: 1 to 256 characters.
    #[serde(rename = "authenticationUrl", default, skip_serializing_if = "Option::is_none")]
    pub authentication_url: Option<String>,
    /// Limits: at most 128 characters.
    #[serde(rename = "tokenUrl", default, skip_serializing_if = "Option::is_none")]
    pub token_url: Option<String>,
    /// Limits: at most 128 characters.
    #[serde(rename = "issuerUrl", default, skip_serializing_if = "Option::is_none")]
    pub issuer_url: Option<String>,
    /// Limits: at most 4096 characters.
    #[serde(rename = "providerCertificate", default, skip_serializing_if = "Option::is_none")]
    pub provider_certificate: Option<String>,
    /// Limits: at most 128 characters.
    #[serde(rename = "clientId", default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Limits: at most 2048 characters.
    #[serde(rename = "clientSecret", default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<crate::Secret>,
    /// The field `data`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<ConnectionData>,
    /// The field `defaultConnectionProperties`.
    #[serde(
        rename = "defaultConnectionProperties",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub default_connection_properties: Option<ConnectionDefaultConnectionProperties>,
    /// The field `createdTime`.
    #[serde(rename = "createdTime", default, skip_serializing_if = "Option::is_none")]
    pub created_time: Option<chrono::DateTime<chrono::Utc>>,
    /// The field `tags`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
    /// Limits: at most 32 characters.
    #[serde(rename = "clientSecretId", default, skip_serializing_if = "Option::is_none")]
    pub client_secret_id: Option<String>,
    /// The field `userDataConfiguration`.
    #[serde(rename = "userDataConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub user_data_configuration: Option<ConnectionUserDataConfiguration>,
    /// The field `conditions`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conditions: Option<ConnectionConditions>,
    /// The field `linkingConfiguration`.
    #[serde(rename = "linkingConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub linking_configuration: Option<ConnectionLinkingConfiguration>,
    /// The field `lastUpdated`.
    #[serde(rename = "lastUpdated", default, skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<chrono::DateTime<chrono::Utc>>,
    /// The field `isActiveConnection`.
    #[serde(rename = "isActiveConnection", default, skip_serializing_if = "Option::is_none")]
    pub is_active_connection: Option<bool>,
    /// The field `tenantConfiguration`.
    #[serde(rename = "tenantConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub tenant_configuration: Option<ConnectionTenantConfiguration>,
}

impl Connection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            type_: None,
            connection_id: None,
            authentication_url: None,
            token_url: None,
            issuer_url: None,
            provider_certificate: None,
            client_id: None,
            client_secret: None,
            data: None,
            default_connection_properties: None,
            created_time: None,
            tags: None,
            client_secret_id: None,
            user_data_configuration: None,
            conditions: None,
            linking_configuration: None,
            last_updated: None,
            is_active_connection: None,
            tenant_configuration: None,
        }
    }

    /// Sets [`type_`](Self::type_).
    #[must_use]
    pub fn type_(mut self, type_: impl Into<ConnectionType>) -> Self {
        self.type_ = Some(type_.into());
        self
    }

    /// Sets [`connection_id`](Self::connection_id).
    #[must_use]
    pub fn connection_id(mut self, connection_id: impl Into<String>) -> Self {
        self.connection_id = Some(connection_id.into());
        self
    }

    /// Sets [`authentication_url`](Self::authentication_url).
    #[must_use]
    pub fn authentication_url(mut self, authentication_url: impl Into<String>) -> Self {
        self.authentication_url = Some(authentication_url.into());
        self
    }

    /// Sets [`token_url`](Self::token_url).
    #[must_use]
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }

    /// Sets [`issuer_url`](Self::issuer_url).
    #[must_use]
    pub fn issuer_url(mut self, issuer_url: impl Into<String>) -> Self {
        self.issuer_url = Some(issuer_url.into());
        self
    }

    /// Sets [`provider_certificate`](Self::provider_certificate).
    #[must_use]
    pub fn provider_certificate(mut self, provider_certificate: impl Into<String>) -> Self {
        self.provider_certificate = Some(provider_certificate.into());
        self
    }

    /// Sets [`client_id`](Self::client_id).
    #[must_use]
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets [`client_secret`](Self::client_secret).
    #[must_use]
    pub fn client_secret(mut self, client_secret: impl Into<crate::Secret>) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }

    /// Sets [`data`](Self::data).
    #[must_use]
    pub fn data(mut self, data: impl Into<ConnectionData>) -> Self {
        self.data = Some(data.into());
        self
    }

    /// Sets [`default_connection_properties`](Self::default_connection_properties).
    #[must_use]
    pub fn default_connection_properties(
        mut self,
        default_connection_properties: impl Into<ConnectionDefaultConnectionProperties>,
    ) -> Self {
        self.default_connection_properties = Some(default_connection_properties.into());
        self
    }

    /// Sets [`created_time`](Self::created_time).
    #[must_use]
    pub fn created_time(mut self, created_time: chrono::DateTime<chrono::Utc>) -> Self {
        self.created_time = Some(created_time);
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

    /// Sets [`client_secret_id`](Self::client_secret_id).
    #[must_use]
    pub fn client_secret_id(mut self, client_secret_id: impl Into<String>) -> Self {
        self.client_secret_id = Some(client_secret_id.into());
        self
    }

    /// Sets [`user_data_configuration`](Self::user_data_configuration).
    #[must_use]
    pub fn user_data_configuration(
        mut self,
        user_data_configuration: impl Into<ConnectionUserDataConfiguration>,
    ) -> Self {
        self.user_data_configuration = Some(user_data_configuration.into());
        self
    }

    /// Sets [`conditions`](Self::conditions).
    #[must_use]
    pub fn conditions(mut self, conditions: impl Into<ConnectionConditions>) -> Self {
        self.conditions = Some(conditions.into());
        self
    }

    /// Sets [`linking_configuration`](Self::linking_configuration).
    #[must_use]
    pub fn linking_configuration(mut self, linking_configuration: impl Into<ConnectionLinkingConfiguration>) -> Self {
        self.linking_configuration = Some(linking_configuration.into());
        self
    }

    /// Sets [`last_updated`](Self::last_updated).
    #[must_use]
    pub fn last_updated(mut self, last_updated: chrono::DateTime<chrono::Utc>) -> Self {
        self.last_updated = Some(last_updated);
        self
    }

    /// Sets [`is_active_connection`](Self::is_active_connection).
    #[must_use]
    pub fn is_active_connection(mut self, is_active_connection: bool) -> Self {
        self.is_active_connection = Some(is_active_connection);
        self
    }

    /// Sets [`tenant_configuration`](Self::tenant_configuration).
    #[must_use]
    pub fn tenant_configuration(mut self, tenant_configuration: impl Into<ConnectionTenantConfiguration>) -> Self {
        self.tenant_configuration = Some(tenant_configuration.into());
        self
    }
}

/// The model `ConnectionCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ConnectionCollection {
    /// The field `connections`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub connections: Vec<Connection>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}

impl ConnectionCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            connections: Vec::new(),
            pagination: None,
        }
    }

    /// Sets [`connections`](Self::connections).
    #[must_use]
    pub fn connections(mut self, connections: impl IntoIterator<Item = impl Into<Connection>>) -> Self {
        self.connections = connections.into_iter().map(Into::into).collect();
        self
    }

    /// Sets [`pagination`](Self::pagination).
    #[must_use]
    pub fn pagination(mut self, pagination: impl Into<Pagination>) -> Self {
        self.pagination = Some(pagination.into());
        self
    }
}

/// The model `ConnectionConditions`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ConnectionConditions {
    /// Default: `false`.
    #[serde(rename = "requireBusinessAccount", default, skip_serializing_if = "Option::is_none")]
    pub require_business_account: Option<bool>,
    /// Default: `PT5M`.
    #[serde(
        rename = "authenticationLeewayDuration",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub authentication_leeway_duration: Option<String>,
}

impl ConnectionConditions {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            require_business_account: None,
            authentication_leeway_duration: None,
        }
    }

    /// Sets [`require_business_account`](Self::require_business_account).
    #[must_use]
    pub fn require_business_account(mut self, require_business_account: bool) -> Self {
        self.require_business_account = Some(require_business_account);
        self
    }

    /// Sets [`authentication_leeway_duration`](Self::authentication_leeway_duration).
    #[must_use]
    pub fn authentication_leeway_duration(mut self, authentication_leeway_duration: impl Into<String>) -> Self {
        self.authentication_leeway_duration = Some(authentication_leeway_duration.into());
        self
    }
}

/// The model `ConnectionData`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ConnectionData {
    /// Limits: at most 128 characters, pattern `^[a-zA-Z0-9-_.:]*$`.
    #[serde(rename = "tenantId", default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
    /// Limits: at most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Default: `application/json`.
    #[serde(rename = "supportedContentType", default, skip_serializing_if = "Option::is_none")]
    pub supported_content_type: Option<ConnectionDataSupportedContentType>,
    /// Limits: at most 32 characters.
    #[serde(rename = "developerAccountId", default, skip_serializing_if = "Option::is_none")]
    pub developer_account_id: Option<String>,
    /// Limits: at most 128 characters.
    #[serde(rename = "oidcUserEndpointUrl", default, skip_serializing_if = "Option::is_none")]
    pub oidc_user_endpoint_url: Option<String>,
    /// Default: `{sub}`.
    ///
    /// Limits: at most 128 characters.
    #[serde(rename = "userIdExpression", default, skip_serializing_if = "Option::is_none")]
    pub user_id_expression: Option<String>,
    /// Default: `false`.
    #[serde(rename = "trustIdentityUserId", default, skip_serializing_if = "Option::is_none")]
    pub trust_identity_user_id: Option<bool>,
}

impl ConnectionData {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            tenant_id: None,
            name: None,
            supported_content_type: None,
            developer_account_id: None,
            oidc_user_endpoint_url: None,
            user_id_expression: None,
            trust_identity_user_id: None,
        }
    }

    /// Sets [`tenant_id`](Self::tenant_id).
    #[must_use]
    pub fn tenant_id(mut self, tenant_id: impl Into<String>) -> Self {
        self.tenant_id = Some(tenant_id.into());
        self
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets [`supported_content_type`](Self::supported_content_type).
    #[must_use]
    pub fn supported_content_type(
        mut self,
        supported_content_type: impl Into<ConnectionDataSupportedContentType>,
    ) -> Self {
        self.supported_content_type = Some(supported_content_type.into());
        self
    }

    /// Sets [`developer_account_id`](Self::developer_account_id).
    #[must_use]
    pub fn developer_account_id(mut self, developer_account_id: impl Into<String>) -> Self {
        self.developer_account_id = Some(developer_account_id.into());
        self
    }

    /// Sets [`oidc_user_endpoint_url`](Self::oidc_user_endpoint_url).
    #[must_use]
    pub fn oidc_user_endpoint_url(mut self, oidc_user_endpoint_url: impl Into<String>) -> Self {
        self.oidc_user_endpoint_url = Some(oidc_user_endpoint_url.into());
        self
    }

    /// Sets [`user_id_expression`](Self::user_id_expression).
    #[must_use]
    pub fn user_id_expression(mut self, user_id_expression: impl Into<String>) -> Self {
        self.user_id_expression = Some(user_id_expression.into());
        self
    }

    /// Sets [`trust_identity_user_id`](Self::trust_identity_user_id).
    #[must_use]
    pub fn trust_identity_user_id(mut self, trust_identity_user_id: bool) -> Self {
        self.trust_identity_user_id = Some(trust_identity_user_id);
        self
    }
}

/// Default: `application/json`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ConnectionDataSupportedContentType {
    /// The value `application/json`.
    ApplicationJson,
    /// The value `application/x-www-form-urlencoded`.
    ApplicationXWwwFormUrlencoded,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ConnectionDataSupportedContentType {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ApplicationJson => "application/json",
            Self::ApplicationXWwwFormUrlencoded => "application/x-www-form-urlencoded",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ConnectionDataSupportedContentType {
    fn from(value: &str) -> Self {
        match value {
            "application/json" => Self::ApplicationJson,
            "application/x-www-form-urlencoded" => Self::ApplicationXWwwFormUrlencoded,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(
    ConnectionDataSupportedContentType,
    ["application/json", "application/x-www-form-urlencoded"]
);
/// The model `ConnectionLinkingConfiguration`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ConnectionLinkingConfiguration {
    /// The field `type`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<ConnectionLinkingConfigurationType>,
}

impl ConnectionLinkingConfiguration {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { type_: None }
    }

    /// Sets [`type_`](Self::type_).
    #[must_use]
    pub fn type_(mut self, type_: impl Into<ConnectionLinkingConfigurationType>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}

/// The values of `ConnectionLinkingConfigurationType`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ConnectionLinkingConfigurationType {
    /// The value `null`.
    Null,
    /// The value `EXPLICIT`.
    Explicit,
    /// The value `AUTOMATIC`.
    Automatic,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ConnectionLinkingConfigurationType {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Null => "null",
            Self::Explicit => "EXPLICIT",
            Self::Automatic => "AUTOMATIC",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ConnectionLinkingConfigurationType {
    fn from(value: &str) -> Self {
        match value {
            "null" => Self::Null,
            "EXPLICIT" => Self::Explicit,
            "AUTOMATIC" => Self::Automatic,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(ConnectionLinkingConfigurationType, ["null", "EXPLICIT", "AUTOMATIC"]);
/// The model `ConnectionTenantConfiguration`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ConnectionTenantConfiguration {
    /// Default: `DEFAULT`.
    #[serde(rename = "assignmentType", default, skip_serializing_if = "Option::is_none")]
    pub assignment_type: Option<ConnectionTenantConfigurationAssignmentType>,
}

impl ConnectionTenantConfiguration {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { assignment_type: None }
    }

    /// Sets [`assignment_type`](Self::assignment_type).
    #[must_use]
    pub fn assignment_type(mut self, assignment_type: impl Into<ConnectionTenantConfigurationAssignmentType>) -> Self {
        self.assignment_type = Some(assignment_type.into());
        self
    }
}

/// Default: `DEFAULT`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ConnectionTenantConfigurationAssignmentType {
    /// The value `DEFAULT`.
    Default,
    /// The value `TRUSTED_DOMAIN_FALLBACK`.
    TrustedDomainFallback,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ConnectionTenantConfigurationAssignmentType {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Default => "DEFAULT",
            Self::TrustedDomainFallback => "TRUSTED_DOMAIN_FALLBACK",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ConnectionTenantConfigurationAssignmentType {
    fn from(value: &str) -> Self {
        match value {
            "DEFAULT" => Self::Default,
            "TRUSTED_DOMAIN_FALLBACK" => Self::TrustedDomainFallback,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(
    ConnectionTenantConfigurationAssignmentType,
    ["DEFAULT", "TRUSTED_DOMAIN_FALLBACK"]
);
/// Default: `OAUTH2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ConnectionType {
    /// The value `OAUTH2`.
    Oauth2,
    /// The value `SAML2`.
    Saml2,
    /// The value `WebAuthN`.
    WebAuthN,
    /// The value `PASSWORD`.
    Password,
    /// The value `OPENID-LEGACY`.
    OpenidLegacy,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ConnectionType {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Oauth2 => "OAUTH2",
            Self::Saml2 => "SAML2",
            Self::WebAuthN => "WebAuthN",
            Self::Password => "PASSWORD",
            Self::OpenidLegacy => "OPENID-LEGACY",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ConnectionType {
    fn from(value: &str) -> Self {
        match value {
            "OAUTH2" => Self::Oauth2,
            "SAML2" => Self::Saml2,
            "WebAuthN" => Self::WebAuthN,
            "PASSWORD" => Self::Password,
            "OPENID-LEGACY" => Self::OpenidLegacy,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(
    ConnectionType,
    ["OAUTH2", "SAML2", "WebAuthN", "PASSWORD", "OPENID-LEGACY"]
);
/// The model `ConnectionUserDataConfiguration`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ConnectionUserDataConfiguration {
    /// The field `location`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<ConnectionUserDataConfigurationLocation>,
}

impl ConnectionUserDataConfiguration {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { location: None }
    }

    /// Sets [`location`](Self::location).
    #[must_use]
    pub fn location(mut self, location: impl Into<ConnectionUserDataConfigurationLocation>) -> Self {
        self.location = Some(location.into());
        self
    }
}

/// The values of `ConnectionUserDataConfigurationLocation`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ConnectionUserDataConfigurationLocation {
    /// The value `ZAF`.
    Zaf,
    /// The value `HKG`.
    Hkg,
    /// The value `IND`.
    Ind,
    /// The value `JPN`.
    Jpn,
    /// The value `KOR`.
    Kor,
    /// The value `SGP`.
    Sgp,
    /// The value `AUS`.
    Aus,
    /// The value `IDN`.
    Idn,
    /// The value `CAN`.
    Can,
    /// The value `DEU`.
    Deu,
    /// The value `CHE`.
    Che,
    /// The value `SWE`.
    Swe,
    /// The value `ITA`.
    Ita,
    /// The value `IRL`.
    Irl,
    /// The value `GBR`.
    Gbr,
    /// The value `FRA`.
    Fra,
    /// The value `ISR`.
    Isr,
    /// The value `BHR`.
    Bhr,
    /// The value `ARE`.
    Are,
    /// The value `BRA`.
    Bra,
    /// The value `USA`.
    Usa,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl ConnectionUserDataConfigurationLocation {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Zaf => "ZAF",
            Self::Hkg => "HKG",
            Self::Ind => "IND",
            Self::Jpn => "JPN",
            Self::Kor => "KOR",
            Self::Sgp => "SGP",
            Self::Aus => "AUS",
            Self::Idn => "IDN",
            Self::Can => "CAN",
            Self::Deu => "DEU",
            Self::Che => "CHE",
            Self::Swe => "SWE",
            Self::Ita => "ITA",
            Self::Irl => "IRL",
            Self::Gbr => "GBR",
            Self::Fra => "FRA",
            Self::Isr => "ISR",
            Self::Bhr => "BHR",
            Self::Are => "ARE",
            Self::Bra => "BRA",
            Self::Usa => "USA",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for ConnectionUserDataConfigurationLocation {
    fn from(value: &str) -> Self {
        match value {
            "ZAF" => Self::Zaf,
            "HKG" => Self::Hkg,
            "IND" => Self::Ind,
            "JPN" => Self::Jpn,
            "KOR" => Self::Kor,
            "SGP" => Self::Sgp,
            "AUS" => Self::Aus,
            "IDN" => Self::Idn,
            "CAN" => Self::Can,
            "DEU" => Self::Deu,
            "CHE" => Self::Che,
            "SWE" => Self::Swe,
            "ITA" => Self::Ita,
            "IRL" => Self::Irl,
            "GBR" => Self::Gbr,
            "FRA" => Self::Fra,
            "ISR" => Self::Isr,
            "BHR" => Self::Bhr,
            "ARE" => Self::Are,
            "BRA" => Self::Bra,
            "USA" => Self::Usa,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(
    ConnectionUserDataConfigurationLocation,
    [
        "ZAF", "HKG", "IND", "JPN", "KOR", "SGP", "AUS", "IDN", "CAN", "DEU", "CHE", "SWE", "ITA", "IRL", "GBR", "FRA",
        "ISR", "BHR", "ARE", "BRA", "USA"
    ]
);
/// The model `UserConnectionCredentials`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct UserConnectionCredentials {
    /// The field `accessToken`.
    #[serde(rename = "accessToken", default, skip_serializing_if = "Option::is_none")]
    pub access_token: Option<crate::Secret>,
}

impl UserConnectionCredentials {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { access_token: None }
    }

    /// Sets [`access_token`](Self::access_token).
    #[must_use]
    pub fn access_token(mut self, access_token: impl Into<crate::Secret>) -> Self {
        self.access_token = Some(access_token.into());
        self
    }
}
