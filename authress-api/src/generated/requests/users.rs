// generated
//! Requests of the tag "Users".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// getUsers.
///
/// d
///
/// Sends `GET /v1/users`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetUsers {
    /// Default: `100`.
    ///
    /// Limits: 1 to 100.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
    /// Limits: at most 64 characters.
    pub filter: Option<String>,
    /// Limits: at most 64 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    pub tenant_id: Option<String>,
}

impl GetUsers {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {
            limit: None,
            cursor: None,
            filter: None,
            tenant_id: None,
        }
    }

    /// Default: `100`.
    ///
    /// Limits: 1 to 100.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The parameter `cursor`.
    #[must_use]
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.cursor = Some(cursor.into());
        self
    }

    /// Limits: at most 64 characters.
    #[must_use]
    pub fn filter(mut self, filter: impl Into<String>) -> Self {
        self.filter = Some(filter.into());
        self
    }

    /// Limits: at most 64 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    #[must_use]
    pub fn tenant_id(mut self, tenant_id: impl Into<String>) -> Self {
        self.tenant_id = Some(tenant_id.into());
        self
    }
}

impl Request for GetUsers {
    type Output = models::UserIdentityCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getUsers",
        tag: "Users",
        method: Method::GET,
        path: "/v1/users",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.query("limit", &self.limit)?;
        encoded.query("cursor", &self.cursor)?;
        encoded.query("filter", &self.filter)?;
        encoded.query("tenantId", &self.tenant_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getUsers.
    ///
    /// d
    ///
    /// Sends `GET /v1/users`.
    pub fn get_users(&self) -> Call<GetUsers> {
        Call::new(self, GetUsers::new())
    }
}

impl Call<GetUsers> {
    /// Default: `100`.
    ///
    /// Limits: 1 to 100.
    pub fn limit(self, limit: u32) -> Self {
        self.with(|request| request.limit(limit))
    }

    /// The parameter `cursor`.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|request| request.cursor(cursor))
    }

    /// Limits: at most 64 characters.
    pub fn filter(self, filter: impl Into<String>) -> Self {
        self.with(|request| request.filter(filter))
    }

    /// Limits: at most 64 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    pub fn tenant_id(self, tenant_id: impl Into<String>) -> Self {
        self.with(|request| request.tenant_id(tenant_id))
    }
}

/// getUser.
///
/// d
///
/// Sends `GET /v1/users/{userId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetUser {
    /// The parameter `userId`.
    pub user_id: String,
}

impl GetUser {
    /// The request with its required parameters.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
        }
    }
}

impl Request for GetUser {
    type Output = models::UserIdentity;
    const OPERATION: &'static Operation = &Operation {
        id: "getUser",
        tag: "Users",
        method: Method::GET,
        path: "/v1/users/{userId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("user_id", &self.user_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getUser.
    ///
    /// d
    ///
    /// Sends `GET /v1/users/{userId}`.
    pub fn get_user(&self, user_id: impl Into<String>) -> Call<GetUser> {
        Call::new(self, GetUser::new(user_id))
    }
}

/// setUserTokenConfiguration.
///
/// d
///
/// Sends `PUT /v1/users/{userId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SetUserTokenConfiguration {
    /// The parameter `userId`.
    pub user_id: String,
    /// The parameter `body`.
    pub body: models::UserTokenConfiguration,
}

impl SetUserTokenConfiguration {
    /// The request with its required parameters.
    pub fn new(user_id: impl Into<String>, body: impl Into<models::UserTokenConfiguration>) -> Self {
        Self {
            user_id: user_id.into(),
            body: body.into(),
        }
    }
}

impl Request for SetUserTokenConfiguration {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "setUserTokenConfiguration",
        tag: "Users",
        method: Method::PUT,
        path: "/v1/users/{userId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("user_id", &self.user_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// setUserTokenConfiguration.
    ///
    /// d
    ///
    /// Sends `PUT /v1/users/{userId}`.
    pub fn set_user_token_configuration(
        &self,
        user_id: impl Into<String>,
        body: impl Into<models::UserTokenConfiguration>,
    ) -> Call<SetUserTokenConfiguration> {
        Call::new(self, SetUserTokenConfiguration::new(user_id, body))
    }
}

/// deleteUser.
///
/// d
///
/// Sends `DELETE /v1/users/{userId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteUser {
    /// The parameter `userId`.
    pub user_id: String,
}

impl DeleteUser {
    /// The request with its required parameters.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
        }
    }
}

impl Request for DeleteUser {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteUser",
        tag: "Users",
        method: Method::DELETE,
        path: "/v1/users/{userId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("user_id", &self.user_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteUser.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/users/{userId}`.
    pub fn delete_user(&self, user_id: impl Into<String>) -> Call<DeleteUser> {
        Call::new(self, DeleteUser::new(user_id))
    }
}
