// generated
//! Requests of the tag "Connections".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// getConnections.
///
/// d
///
/// Sends `GET /v1/connections`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetConnections {
    /// Default: `100`.
    ///
    /// Limits: 1 to 100.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
    /// The parameter `filter`.
    pub filter: Option<String>,
}

impl GetConnections {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {
            limit: None,
            cursor: None,
            filter: None,
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

    /// The parameter `filter`.
    #[must_use]
    pub fn filter(mut self, filter: impl Into<String>) -> Self {
        self.filter = Some(filter.into());
        self
    }
}

impl Request for GetConnections {
    type Output = models::ConnectionCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getConnections",
        tag: "Connections",
        method: Method::GET,
        path: "/v1/connections",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.query("limit", &self.limit)?;
        encoded.query("cursor", &self.cursor)?;
        encoded.query("filter", &self.filter)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getConnections.
    ///
    /// d
    ///
    /// Sends `GET /v1/connections`.
    pub fn get_connections(&self) -> Call<GetConnections> {
        Call::new(self, GetConnections::new())
    }
}

impl Call<GetConnections> {
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

    /// The parameter `filter`.
    pub fn filter(self, filter: impl Into<String>) -> Self {
        self.with(|request| request.filter(filter))
    }
}

/// createConnection.
///
/// d
///
/// Sends `POST /v1/connections`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateConnection {
    /// The parameter `body`.
    pub body: models::Connection,
}

impl CreateConnection {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::Connection>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateConnection {
    type Output = models::Connection;
    const OPERATION: &'static Operation = &Operation {
        id: "createConnection",
        tag: "Connections",
        method: Method::POST,
        path: "/v1/connections",
        idempotent: false,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// createConnection.
    ///
    /// d
    ///
    /// Sends `POST /v1/connections`.
    pub fn create_connection(&self, body: impl Into<models::Connection>) -> Call<CreateConnection> {
        Call::new(self, CreateConnection::new(body))
    }
}

/// getConnection.
///
/// d
///
/// Sends `GET /v1/connections/{connectionId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetConnection {
    /// Limits: 1 to 64 characters.
    pub connection_id: String,
}

impl GetConnection {
    /// The request with its required parameters.
    pub fn new(connection_id: impl Into<String>) -> Self {
        Self {
            connection_id: connection_id.into(),
        }
    }
}

impl Request for GetConnection {
    type Output = models::Connection;
    const OPERATION: &'static Operation = &Operation {
        id: "getConnection",
        tag: "Connections",
        method: Method::GET,
        path: "/v1/connections/{connectionId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("connection_id", &self.connection_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getConnection.
    ///
    /// d
    ///
    /// Sends `GET /v1/connections/{connectionId}`.
    pub fn get_connection(&self, connection_id: impl Into<String>) -> Call<GetConnection> {
        Call::new(self, GetConnection::new(connection_id))
    }
}

/// updateConnection.
///
/// d
///
/// Sends `PUT /v1/connections/{connectionId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateConnection {
    /// Limits: 1 to 64 characters.
    pub connection_id: String,
    /// The parameter `body`.
    pub body: models::Connection,
}

impl UpdateConnection {
    /// The request with its required parameters.
    pub fn new(connection_id: impl Into<String>, body: impl Into<models::Connection>) -> Self {
        Self {
            connection_id: connection_id.into(),
            body: body.into(),
        }
    }
}

impl Request for UpdateConnection {
    type Output = models::Connection;
    const OPERATION: &'static Operation = &Operation {
        id: "updateConnection",
        tag: "Connections",
        method: Method::PUT,
        path: "/v1/connections/{connectionId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("connection_id", &self.connection_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// updateConnection.
    ///
    /// d
    ///
    /// Sends `PUT /v1/connections/{connectionId}`.
    pub fn update_connection(
        &self,
        connection_id: impl Into<String>,
        body: impl Into<models::Connection>,
    ) -> Call<UpdateConnection> {
        Call::new(self, UpdateConnection::new(connection_id, body))
    }
}

/// deleteConnection.
///
/// d
///
/// Sends `DELETE /v1/connections/{connectionId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteConnection {
    /// Limits: 1 to 64 characters.
    pub connection_id: String,
}

impl DeleteConnection {
    /// The request with its required parameters.
    pub fn new(connection_id: impl Into<String>) -> Self {
        Self {
            connection_id: connection_id.into(),
        }
    }
}

impl Request for DeleteConnection {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteConnection",
        tag: "Connections",
        method: Method::DELETE,
        path: "/v1/connections/{connectionId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("connection_id", &self.connection_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteConnection.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/connections/{connectionId}`.
    pub fn delete_connection(&self, connection_id: impl Into<String>) -> Call<DeleteConnection> {
        Call::new(self, DeleteConnection::new(connection_id))
    }
}

/// getConnectionCredentials.
///
/// d
///
/// Sends `GET /v1/connections/{connectionId}/users/{userId}/credentials`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetConnectionCredentials {
    /// Limits: 1 to 64 characters.
    pub connection_id: String,
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._|/~:@]+$`.
    pub user_id: String,
}

impl GetConnectionCredentials {
    /// The request with its required parameters.
    pub fn new(connection_id: impl Into<String>, user_id: impl Into<String>) -> Self {
        Self {
            connection_id: connection_id.into(),
            user_id: user_id.into(),
        }
    }
}

impl Request for GetConnectionCredentials {
    type Output = models::UserConnectionCredentials;
    const OPERATION: &'static Operation = &Operation {
        id: "getConnectionCredentials",
        tag: "Connections",
        method: Method::GET,
        path: "/v1/connections/{connectionId}/users/{userId}/credentials",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("connection_id", &self.connection_id)?;
        encoded.path("user_id", &self.user_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getConnectionCredentials.
    ///
    /// d
    ///
    /// Sends `GET /v1/connections/{connectionId}/users/{userId}/credentials`.
    pub fn get_connection_credentials(
        &self,
        connection_id: impl Into<String>,
        user_id: impl Into<String>,
    ) -> Call<GetConnectionCredentials> {
        Call::new(self, GetConnectionCredentials::new(connection_id, user_id))
    }
}
