// generated
//! Models of the operations on accounts.

use super::AccountLinks;
use serde::{Deserialize, Serialize};

/// The model `Account`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Account {
    /// Limits: 1 to 64 characters.
    #[serde(rename = "accountId")]
    pub account_id: String,
    /// The field `createdTime`.
    #[serde(rename = "createdTime", default, skip_serializing_if = "Option::is_none")]
    pub created_time: Option<chrono::DateTime<chrono::Utc>>,
    /// Limits: at most 32 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The field `company`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "serde_json::Map::is_empty"
    )]
    pub company: serde_json::Map<String, serde_json::Value>,
    /// The field `links`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<AccountLinks>,
    /// The field `domain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

impl Account {
    /// The model with its required fields; all others are unset.
    pub fn new(account_id: impl Into<String>) -> Self {
        Self {
            account_id: account_id.into(),
            created_time: None,
            name: None,
            company: serde_json::Map::new(),
            links: None,
            domain: None,
        }
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

    /// Sets [`company`](Self::company).
    #[must_use]
    pub fn company(
        mut self,
        company: impl IntoIterator<Item = (impl Into<String>, impl Into<serde_json::Value>)>,
    ) -> Self {
        self.company = company
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        self
    }

    /// Sets [`links`](Self::links).
    #[must_use]
    pub fn links(mut self, links: impl Into<AccountLinks>) -> Self {
        self.links = Some(links.into());
        self
    }

    /// Sets [`domain`](Self::domain).
    #[must_use]
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }
}

/// The model `AccountCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct AccountCollection {
    /// The field `accounts`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub accounts: Vec<Account>,
}

impl AccountCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { accounts: Vec::new() }
    }

    /// Sets [`accounts`](Self::accounts).
    #[must_use]
    pub fn accounts(mut self, accounts: impl IntoIterator<Item = impl Into<Account>>) -> Self {
        self.accounts = accounts.into_iter().map(Into::into).collect();
        self
    }
}

/// The model `Identity`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct Identity {
    /// The field `issuer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The field `audience`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Default: `{sub}`.
    ///
    /// Limits: at most 128 characters.
    #[serde(rename = "userIdExpression", default, skip_serializing_if = "Option::is_none")]
    pub user_id_expression: Option<String>,
}

impl Identity {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            issuer: None,
            audience: None,
            user_id_expression: None,
        }
    }

    /// Sets [`issuer`](Self::issuer).
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Sets [`audience`](Self::audience).
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audience = Some(audience.into());
        self
    }

    /// Sets [`user_id_expression`](Self::user_id_expression).
    #[must_use]
    pub fn user_id_expression(mut self, user_id_expression: impl Into<String>) -> Self {
        self.user_id_expression = Some(user_id_expression.into());
        self
    }
}

/// The model `IdentityCollection`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct IdentityCollection {
    /// The field `identities`.
    #[serde(
        default,
        deserialize_with = "crate::tolerant::null_as_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub identities: Vec<Identity>,
}

impl IdentityCollection {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self { identities: Vec::new() }
    }

    /// Sets [`identities`](Self::identities).
    #[must_use]
    pub fn identities(mut self, identities: impl IntoIterator<Item = impl Into<Identity>>) -> Self {
        self.identities = identities.into_iter().map(Into::into).collect();
        self
    }
}

/// The model `IdentityRequest`.
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Default)]
#[non_exhaustive]
pub struct IdentityRequest {
    /// The field `jwt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jwt: Option<crate::Secret>,
    /// The field `issuer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Default: `*`.
    #[serde(rename = "preferredAudience", default, skip_serializing_if = "Option::is_none")]
    pub preferred_audience: Option<String>,
    /// Default: `{sub}`.
    ///
    /// Limits: at most 128 characters.
    #[serde(rename = "userIdExpression", default, skip_serializing_if = "Option::is_none")]
    pub user_id_expression: Option<String>,
}

impl IdentityRequest {
    /// The model with its required fields; all others are unset.
    pub fn new() -> Self {
        Self {
            jwt: None,
            issuer: None,
            preferred_audience: None,
            user_id_expression: None,
        }
    }

    /// Sets [`jwt`](Self::jwt).
    #[must_use]
    pub fn jwt(mut self, jwt: impl Into<crate::Secret>) -> Self {
        self.jwt = Some(jwt.into());
        self
    }

    /// Sets [`issuer`](Self::issuer).
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Sets [`preferred_audience`](Self::preferred_audience).
    #[must_use]
    pub fn preferred_audience(mut self, preferred_audience: impl Into<String>) -> Self {
        self.preferred_audience = Some(preferred_audience.into());
        self
    }

    /// Sets [`user_id_expression`](Self::user_id_expression).
    #[must_use]
    pub fn user_id_expression(mut self, user_id_expression: impl Into<String>) -> Self {
        self.user_id_expression = Some(user_id_expression.into());
        self
    }
}
