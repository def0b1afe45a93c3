// generated
//! Models of the operations on service clients.

use super::{ClientRateLimit, CollectionLinks, Pagination};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The model `Client`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct Client {
    /// The field `clientId`.
    #[serde(rename = "clientId", default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The field `createdTime`.
    #[serde(rename = "createdTime", default, skip_serializing_if = "Option::is_none")]
    pub created_time: Option<chrono::DateTime<chrono::Utc>>,
    /// Limits: at most 128 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The field `options`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<ClientOptions>,
    /// The field `verificationKeys`.
    #[serde(rename = "verificationKeys", default, skip_serializing_if = "Option::is_none")]
    pub verification_keys: Option<Vec<ClientAccessKey>>,
    /// The field `tags`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
    /// Limits: at most 1 items.
    #[serde(rename = "rateLimits", default, skip_serializing_if = "Option::is_none")]
    pub rate_limits: Option<Vec<ClientRateLimit>>,
}

impl Client {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            client_id: None,
            created_time: None,
            name: None,
            options: None,
            verification_keys: None,
            tags: None,
            rate_limits: None,
        }
    }

    /// Sets [`client_id`](Self::client_id).
    #[must_use]
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets [`created_time`](Self::created_time).
    #[must_use]
    pub fn created_time(mut self, created_time: chrono::DateTime<chrono::Utc>) -> Self {
        self.created_time = Some(created_time);
        self
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets [`options`](Self::options).
    #[must_use]
    pub fn options(mut self, options: impl Into<ClientOptions>) -> Self {
        self.options = Some(options.into());
        self
    }

    /// Sets [`verification_keys`](Self::verification_keys).
    #[must_use]
    pub fn verification_keys(
        mut self,
        verification_keys: impl IntoIterator<Item = impl Into<ClientAccessKey>>,
    ) -> Self {
        self.verification_keys = Some(verification_keys.into_iter().map(Into::into).collect());
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

    /// Sets [`rate_limits`](Self::rate_limits).
    #[must_use]
    pub fn rate_limits(mut self, rate_limits: impl IntoIterator<Item = impl Into<ClientRateLimit>>) -> Self {
        self.rate_limits = Some(rate_limits.into_iter().map(Into::into).collect());
        self
    }
}

/// The model `ClientAccessKey`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ClientAccessKey {
    /// The field `keyId`.
    #[serde(rename = "keyId", default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// The field `clientId`.
    #[serde(rename = "clientId", default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The field `generationDate`.
    #[serde(rename = "generationDate", default, skip_serializing_if = "Option::is_none")]
    pub generation_date: Option<chrono::DateTime<chrono::Utc>>,
    /// The field `clientSecret`.
    #[serde(rename = "clientSecret", default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<crate::Secret>,
    /// The field `accessKey`.
    #[serde(rename = "accessKey", default, skip_serializing_if = "Option::is_none")]
    pub access_key: Option<crate::Secret>,
    /// Limits: at most 256 characters, pattern `^[a-zA-Z0-9+/= -]*$`.
    #[serde(rename = "publicKey", default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
}

impl ClientAccessKey {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            key_id: None,
            client_id: None,
            generation_date: None,
            client_secret: None,
            access_key: None,
            public_key: None,
        }
    }

    /// Sets [`key_id`](Self::key_id).
    #[must_use]
    pub fn key_id(mut self, key_id: impl Into<String>) -> Self {
        self.key_id = Some(key_id.into());
        self
    }

    /// Sets [`client_id`](Self::client_id).
    #[must_use]
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// Sets [`generation_date`](Self::generation_date).
    #[must_use]
    pub fn generation_date(mut self, generation_date: chrono::DateTime<chrono::Utc>) -> Self {
        self.generation_date = Some(generation_date);
        self
    }

    /// Sets [`client_secret`](Self::client_secret).
    #[must_use]
    pub fn client_secret(mut self, client_secret: impl Into<crate::Secret>) -> Self {
        self.client_secret = Some(client_secret.into());
        self
    }

    /// Sets [`access_key`](Self::access_key).
    #[must_use]
    pub fn access_key(mut self, access_key: impl Into<crate::Secret>) -> Self {
        self.access_key = Some(access_key.into());
        self
    }

    /// Sets [`public_key`](Self::public_key).
    #[must_use]
    pub fn public_key(mut self, public_key: impl Into<String>) -> Self {
        self.public_key = Some(public_key.into());
        self
    }
}

/// The model `ClientCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ClientCollection {
    /// The field `clients`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub clients: Vec<Client>,
    /// The field `pagination`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<CollectionLinks>,
}

impl ClientCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            clients: Vec::new(),
            pagination: None,
            links: None,
        }
    }

    /// Sets [`clients`](Self::clients).
    #[must_use]
    pub fn clients(mut self, clients: impl IntoIterator<Item = impl Into<Client>>) -> Self {
        self.clients = clients.into_iter().map(Into::into).collect();
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

/// The model `ClientOptions`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct ClientOptions {
    /// Default: `false`.
    #[serde(
        rename = "grantUserPermissionsAccess",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub grant_user_permissions_access: Option<bool>,
    /// Default: `false`.
    #[serde(rename = "grantTokenGeneration", default, skip_serializing_if = "Option::is_none")]
    pub grant_token_generation: Option<bool>,
}

impl ClientOptions {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            grant_user_permissions_access: None,
            grant_token_generation: None,
        }
    }

    /// Sets [`grant_user_permissions_access`](Self::grant_user_permissions_access).
    #[must_use]
    pub fn grant_user_permissions_access(mut self, grant_user_permissions_access: bool) -> Self {
        self.grant_user_permissions_access = Some(grant_user_permissions_access);
        self
    }

    /// Sets [`grant_token_generation`](Self::grant_token_generation).
    #[must_use]
    pub fn grant_token_generation(mut self, grant_token_generation: bool) -> Self {
        self.grant_token_generation = Some(grant_token_generation);
        self
    }
}
