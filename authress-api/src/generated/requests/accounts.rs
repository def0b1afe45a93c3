// generated
//! Requests of the tag "Accounts".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// getAccounts.
///
/// d
///
/// Sends `GET /v1/accounts`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetAccounts {
    /// The parameter `earliestCacheTime`.
    pub earliest_cache_time: Option<chrono::DateTime<chrono::Utc>>,
}

impl GetAccounts {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {
            earliest_cache_time: None,
        }
    }

    /// The parameter `earliestCacheTime`.
    #[must_use]
    pub fn earliest_cache_time(mut self, earliest_cache_time: chrono::DateTime<chrono::Utc>) -> Self {
        self.earliest_cache_time = Some(earliest_cache_time);
        self
    }
}

impl Request for GetAccounts {
    type Output = models::AccountCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getAccounts",
        tag: "Accounts",
        method: Method::GET,
        path: "/v1/accounts",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.query("earliestCacheTime", &self.earliest_cache_time)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getAccounts.
    ///
    /// d
    ///
    /// Sends `GET /v1/accounts`.
    pub fn get_accounts(&self) -> Call<GetAccounts> {
        Call::new(self, GetAccounts::new())
    }
}

impl Call<GetAccounts> {
    /// The parameter `earliestCacheTime`.
    pub fn earliest_cache_time(self, earliest_cache_time: chrono::DateTime<chrono::Utc>) -> Self {
        self.with(|request| request.earliest_cache_time(earliest_cache_time))
    }
}

/// getAccount.
///
/// d
///
/// Sends `GET /v1/accounts/{accountId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetAccount {
    /// The parameter `accountId`.
    pub account_id: String,
}

impl GetAccount {
    /// The request with its required parameters.
    pub fn new(account_id: impl Into<String>) -> Self {
        Self {
            account_id: account_id.into(),
        }
    }
}

impl Request for GetAccount {
    type Output = models::Account;
    const OPERATION: &'static Operation = &Operation {
        id: "getAccount",
        tag: "Accounts",
        method: Method::GET,
        path: "/v1/accounts/{accountId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("account_id", &self.account_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getAccount.
    ///
    /// d
    ///
    /// Sends `GET /v1/accounts/{accountId}`.
    pub fn get_account(&self, account_id: impl Into<String>) -> Call<GetAccount> {
        Call::new(self, GetAccount::new(account_id))
    }
}

/// getAccountIdentities.
///
/// d
///
/// Sends `GET /v1/identities`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetAccountIdentities {}
impl GetAccountIdentities {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {}
    }
}

impl Request for GetAccountIdentities {
    type Output = models::IdentityCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getAccountIdentities",
        tag: "Accounts",
        method: Method::GET,
        path: "/v1/identities",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        Ok(Encoded::new(Self::OPERATION))
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getAccountIdentities.
    ///
    /// d
    ///
    /// Sends `GET /v1/identities`.
    pub fn get_account_identities(&self) -> Call<GetAccountIdentities> {
        Call::new(self, GetAccountIdentities::new())
    }
}

/// delegateAuthentication.
///
/// d
///
/// Sends `POST /v1/identities`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DelegateAuthentication {
    /// The parameter `body`.
    pub body: models::IdentityRequest,
}

impl DelegateAuthentication {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::IdentityRequest>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for DelegateAuthentication {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "delegateAuthentication",
        tag: "Accounts",
        method: Method::POST,
        path: "/v1/identities",
        idempotent: false,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// delegateAuthentication.
    ///
    /// d
    ///
    /// Sends `POST /v1/identities`.
    pub fn delegate_authentication(&self, body: impl Into<models::IdentityRequest>) -> Call<DelegateAuthentication> {
        Call::new(self, DelegateAuthentication::new(body))
    }
}
