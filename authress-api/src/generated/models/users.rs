// generated
//! Models of the operations on users.

use super::{CollectionLinks, Pagination};
use serde::{Deserialize, Serialize};

/// The model `DefaultClaims`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct DefaultClaims {
    /// The field `defaultAccessTokenClaims`.
    #[serde(
        rename = "defaultAccessTokenClaims",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub default_access_token_claims: Option<serde_json::Map<String, serde_json::Value>>,
    /// The field `defaultUserIdentityClaims`.
    #[serde(
        rename = "defaultUserIdentityClaims",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub default_user_identity_claims: Option<serde_json::Map<String, serde_json::Value>>,
}

impl DefaultClaims {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            default_access_token_claims: None,
            default_user_identity_claims: None,
        }
    }

    /// Sets [`default_access_token_claims`](Self::default_access_token_claims).
    #[must_use]
    pub fn default_access_token_claims(
        mut self,
        default_access_token_claims: impl IntoIterator<Item = (impl Into<String>, impl Into<serde_json::Value>)>,
    ) -> Self {
        self.default_access_token_claims = Some(
            default_access_token_claims
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }

    /// Sets [`default_user_identity_claims`](Self::default_user_identity_claims).
    #[must_use]
    pub fn default_user_identity_claims(
        mut self,
        default_user_identity_claims: impl IntoIterator<Item = (impl Into<String>, impl Into<serde_json::Value>)>,
    ) -> Self {
        self.default_user_identity_claims = Some(
            default_user_identity_claims
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

/// The model `LinkedIdentity`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct LinkedIdentity {
    /// The field `connection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<LinkedIdentityConnection>,
}

impl LinkedIdentity {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { connection: None }
    }

    /// Sets [`connection`](Self::connection).
    #[must_use]
    pub fn connection(mut self, connection: impl Into<LinkedIdentityConnection>) -> Self {
        self.connection = Some(connection.into());
        self
    }
}

/// The model `LinkedIdentityConnection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct LinkedIdentityConnection {
    /// The field `connectionId`.
    #[serde(rename = "connectionId")]
    pub connection_id: String,
    /// The field `userId`.
    #[serde(rename = "userId")]
    pub user_id: String,
}

impl LinkedIdentityConnection {
    /// The model with its required fields; all others are unset.
    pub fn new(connection_id: impl Into<String>, user_id: impl Into<String>) -> Self {
        Self {
            connection_id: connection_id.into(),
            user_id: user_id.into(),
        }
    }
}

/// The model `UserIdentity`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UserIdentity {
    /// Limits: 1 to 128 characters, pattern `^[a-zA-Z0-9+._|\/~:@\s-]+$`.
    #[serde(rename = "userId")]
    pub user_id: String,
    /// The field `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The field `picture`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The field `email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The field `tokenConfiguration`.
    #[serde(rename = "tokenConfiguration", default, skip_serializing_if = "Option::is_none")]
    pub token_configuration: Option<UserTokenConfiguration>,
    /// The field `linkedIdentities`.
    #[serde(
        rename = "linkedIdentities",
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub linked_identities: Vec<LinkedIdentity>,
}

impl UserIdentity {
    /// The model with its required fields; all others are unset.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            name: None,
            picture: None,
            email: None,
            token_configuration: None,
            linked_identities: Vec::new(),
        }
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets [`picture`](Self::picture).
    #[must_use]
    pub fn picture(mut self, picture: impl Into<String>) -> Self {
        self.picture = Some(picture.into());
        self
    }

    /// Sets [`email`](Self::email).
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets [`token_configuration`](Self::token_configuration).
    #[must_use]
    pub fn token_configuration(mut self, token_configuration: impl Into<UserTokenConfiguration>) -> Self {
        self.token_configuration = Some(token_configuration.into());
        self
    }

    /// Sets [`linked_identities`](Self::linked_identities).
    #[must_use]
    pub fn linked_identities(mut self, linked_identities: impl IntoIterator<Item = impl Into<LinkedIdentity>>) -> Self {
        self.linked_identities = linked_identities.into_iter().map(Into::into).collect();
        self
    }
}

/// The model `UserIdentityCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct UserIdentityCollection {
    /// The field `users`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub users: Vec<UserIdentity>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl UserIdentityCollection {
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
    pub fn users(mut self, users: impl IntoIterator<Item = impl Into<UserIdentity>>) -> Self {
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

/// The model `UserTokenConfiguration`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct UserTokenConfiguration {
    /// The field `defaultClaims`.
    #[serde(rename = "defaultClaims", default, skip_serializing_if = "Option::is_none")]
    pub default_claims: Option<DefaultClaims>,
}

impl UserTokenConfiguration {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { default_claims: None }
    }

    /// Sets [`default_claims`](Self::default_claims).
    #[must_use]
    pub fn default_claims(mut self, default_claims: impl Into<DefaultClaims>) -> Self {
        self.default_claims = Some(default_claims.into());
        self
    }
}
