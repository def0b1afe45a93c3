// generated
//! Models of the operations on extensions.

use super::{ClientRateLimit, Link, Pagination};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The model `Extension`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct Extension {
    /// Limits: 1 to 64 characters.
    #[serde(rename = "extensionId", default, skip_serializing_if = "Option::is_none")]
    pub extension_id: Option<String>,
    /// Limits: at most 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The field `createdTime`.
    #[serde(rename = "createdTime", default, skip_serializing_if = "Option::is_none")]
    pub created_time: Option<chrono::DateTime<chrono::Utc>>,
    /// The field `application`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ExtensionApplication>,
    /// The field `client`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ExtensionClient>,
    /// The field `tags`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

impl Extension {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            extension_id: None,
            name: None,
            created_time: None,
            application: None,
            client: None,
            tags: None,
        }
    }

    /// Sets [`extension_id`](Self::extension_id).
    #[must_use]
    pub fn extension_id(mut self, extension_id: impl Into<String>) -> Self {
        self.extension_id = Some(extension_id.into());
        self
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets [`created_time`](Self::created_time).
    #[must_use]
    pub fn created_time(mut self, created_time: chrono::DateTime<chrono::Utc>) -> Self {
        self.created_time = Some(created_time);
        self
    }

    /// Sets [`application`](Self::application).
    #[must_use]
    pub fn application(mut self, application: impl Into<ExtensionApplication>) -> Self {
        self.application = Some(application.into());
        self
    }

    /// Sets [`client`](Self::client).
    #[must_use]
    pub fn client(mut self, client: impl Into<ExtensionClient>) -> Self {
        self.client = Some(client.into());
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

/// The model `ExtensionApplication`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ExtensionApplication {
    /// The field `applicationId`.
    #[serde(rename = "applicationId", default, skip_serializing_if = "Option::is_none")]
    pub application_id: Option<String>,
    /// Limits: at most 100 items.
    #[serde(rename = "redirectUrls", default, skip_serializing_if = "Option::is_none")]
    pub redirect_urls: Option<Vec<String>>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
}

impl ExtensionApplication {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            application_id: None,
            redirect_urls: None,
            links: None,
        }
    }

    /// Sets [`application_id`](Self::application_id).
    #[must_use]
    pub fn application_id(mut self, application_id: impl Into<String>) -> Self {
        self.application_id = Some(application_id.into());
        self
    }

    /// Sets [`redirect_urls`](Self::redirect_urls).
    #[must_use]
    pub fn redirect_urls(mut self, redirect_urls: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.redirect_urls = Some(redirect_urls.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<Links>) -> Self {
        self.links = Some(links.into());
        self
    }
}

/// The model `ExtensionClient`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ExtensionClient {
    /// The field `clientId`.
    #[serde(rename = "clientId", default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    /// Limits: at most 1 items.
    #[serde(rename = "rateLimits", default, skip_serializing_if = "Option::is_none")]
    pub rate_limits: Option<Vec<ClientRateLimit>>,
}

impl ExtensionClient {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            client_id: None,
            links: None,
            rate_limits: None,
        }
    }

    /// Sets [`client_id`](Self::client_id).
    #[must_use]
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<Links>) -> Self {
        self.links = Some(links.into());
        self
    }

    /// Sets [`rate_limits`](Self::rate_limits).
    #[must_use]
    pub fn rate_limits(mut self, rate_limits: impl IntoIterator<Item = impl Into<ClientRateLimit>>) -> Self {
        self.rate_limits = Some(rate_limits.into_iter().map(Into::into).collect());
        self
    }
}

/// The model `ExtensionCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ExtensionCollection {
    /// The field `extensions`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub extensions: Vec<Extension>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}

impl ExtensionCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            extensions: Vec::new(),
            pagination: None,
        }
    }

    /// Sets [`extensions`](Self::extensions).
    #[must_use]
    pub fn extensions(mut self, extensions: impl IntoIterator<Item = impl Into<Extension>>) -> Self {
        self.extensions = extensions.into_iter().map(Into::into).collect();
        self
    }

    /// Sets [`pagination`](Self::pagination).
    #[must_use]
    pub fn pagination(mut self, pagination: impl Into<Pagination>) -> Self {
        self.pagination = Some(pagination.into());
        self
    }
}

/// The model `Links`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct Links {
    /// The field `self`.
    #[serde(rename = "self", default)]
    pub self_: Option<Link>,
}

impl Links {
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

/// Default: `S256`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LoginCodeChallengeMethod {
    /// The value `S256`.
    S256,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl LoginCodeChallengeMethod {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::S256 => "S256",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for LoginCodeChallengeMethod {
    fn from(value: &str) -> Self {
        match value {
            "S256" => Self::S256,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(LoginCodeChallengeMethod, ["S256"]);
/// The model `OAuthAuthorizeResponse`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct OAuthAuthorizeResponse {
    /// The field `code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl OAuthAuthorizeResponse {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { code: None }
    }

    /// Sets [`code`](Self::code).
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }
}

/// The model `OAuthTokenRequest`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OAuthTokenRequest {
    /// The field `client_id`.
    pub client_id: String,
    /// The field `client_secret`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<crate::Secret>,
    /// The field `code_verifier`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_verifier: Option<crate::Secret>,
    /// The field `grant_type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_type: Option<OAuthTokenRequestGrantType>,
    /// The field `username`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// The field `password`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<crate::Secret>,
    /// The field `type`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub type_: Option<OAuthTokenRequestType>,
}

impl OAuthTokenRequest {
    /// The model with its required fields; all others are unset.
    pub fn new(client_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: None,
            code_verifier: None,
            grant_type: None,
            username: None,
            password: None,
            type_: None,
        }
    }

    /// Sets [`client_secret`](Self::client_secret).
    #[must_use]
    pub fn client_secret(mut self, client_secret: impl Into<crate::Secret>) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }

    /// Sets [`code_verifier`](Self::code_verifier).
    #[must_use]
    pub fn code_verifier(mut self, code_verifier: impl Into<crate::Secret>) -> Self {
        self.code_verifier = Some(code_verifier.into());
        self
    }

    /// Sets [`grant_type`](Self::grant_type).
    #[must_use]
    pub fn grant_type(mut self, grant_type: impl Into<OAuthTokenRequestGrantType>) -> Self {
        self.grant_type = Some(grant_type.into());
        self
    }

    /// Sets [`username`](Self::username).
    #[must_use]
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    /// Sets [`password`](Self::password).
    #[must_use]
    pub fn password(mut self, password: impl Into<crate::Secret>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Sets [`type_`](Self::type_).
    #[must_use]
    pub fn type_(mut self, type_: impl Into<OAuthTokenRequestType>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}

/// The values of `OAuthTokenRequestGrantType`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OAuthTokenRequestGrantType {
    /// The value `client_credentials`.
    ClientCredentials,
    /// The value `authorization_code`.
    AuthorizationCode,
    /// The value `password`.
    Password,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl OAuthTokenRequestGrantType {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::ClientCredentials => "client_credentials",
            Self::AuthorizationCode => "authorization_code",
            Self::Password => "password",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for OAuthTokenRequestGrantType {
    fn from(value: &str) -> Self {
        match value {
            "client_credentials" => Self::ClientCredentials,
            "authorization_code" => Self::AuthorizationCode,
            "password" => Self::Password,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(
    OAuthTokenRequestGrantType,
    ["client_credentials", "authorization_code", "password"]
);
/// The values of `OAuthTokenRequestType`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OAuthTokenRequestType {
    /// The value `signup`.
    Signup,
    /// The value `update`.
    Update,
    /// A value that this version of the crate does not know; it is sent back as it came.
    Unknown(String),
}

impl OAuthTokenRequestType {
    /// The value as it is on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Signup => "signup",
            Self::Update => "update",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for OAuthTokenRequestType {
    fn from(value: &str) -> Self {
        match value {
            "signup" => Self::Signup,
            "update" => Self::Update,
            value => Self::Unknown(value.to_owned()),
        }
    }
}

crate::open_enum::open_enum!(OAuthTokenRequestType, ["signup", "update"]);
/// The model `OAuthTokenResponse`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct OAuthTokenResponse {
    /// The field `access_token`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_token: Option<crate::Secret>,
}

impl OAuthTokenResponse {
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
