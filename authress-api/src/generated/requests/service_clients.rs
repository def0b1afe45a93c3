// generated
//! Requests of the tag "Service Clients".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// getClients.
///
/// d
///
/// Sends `GET /v1/clients`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetClients {
    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
}

impl GetClients {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {
            limit: None,
            cursor: None,
        }
    }

    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
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
}

impl Request for GetClients {
    type Output = models::ClientCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getClients",
        tag: "Service Clients",
        method: Method::GET,
        path: "/v1/clients",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.query("limit", &self.limit)?;
        encoded.query("cursor", &self.cursor)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getClients.
    ///
    /// d
    ///
    /// Sends `GET /v1/clients`.
    pub fn get_clients(&self) -> Call<GetClients> {
        Call::new(self, GetClients::new())
    }
}

impl Call<GetClients> {
    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
    pub fn limit(self, limit: u32) -> Self {
        self.with(|request| request.limit(limit))
    }

    /// The parameter `cursor`.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|request| request.cursor(cursor))
    }
}

/// createClient.
///
/// d
///
/// Sends `POST /v1/clients`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateClient {
    /// The parameter `body`.
    pub body: models::Client,
}

impl CreateClient {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::Client>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateClient {
    type Output = models::Client;
    const OPERATION: &'static Operation = &Operation {
        id: "createClient",
        tag: "Service Clients",
        method: Method::POST,
        path: "/v1/clients",
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
    /// createClient.
    ///
    /// d
    ///
    /// Sends `POST /v1/clients`.
    pub fn create_client(&self, body: impl Into<models::Client>) -> Call<CreateClient> {
        Call::new(self, CreateClient::new(body))
    }
}

/// getClient.
///
/// d
///
/// Sends `GET /v1/clients/{clientId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetClient {
    /// Limits: 1 to 64 characters.
    pub client_id: String,
}

impl GetClient {
    /// The request with its required parameters.
    pub fn new(client_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
        }
    }
}

impl Request for GetClient {
    type Output = models::Client;
    const OPERATION: &'static Operation = &Operation {
        id: "getClient",
        tag: "Service Clients",
        method: Method::GET,
        path: "/v1/clients/{clientId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("client_id", &self.client_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getClient.
    ///
    /// d
    ///
    /// Sends `GET /v1/clients/{clientId}`.
    pub fn get_client(&self, client_id: impl Into<String>) -> Call<GetClient> {
        Call::new(self, GetClient::new(client_id))
    }
}

/// updateClient.
///
/// d
///
/// Sends `PUT /v1/clients/{clientId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateClient {
    /// Limits: 1 to 64 characters.
    pub client_id: String,
    /// The parameter `body`.
    pub body: models::Client,
}

impl UpdateClient {
    /// The request with its required parameters.
    pub fn new(client_id: impl Into<String>, body: impl Into<models::Client>) -> Self {
        Self {
            client_id: client_id.into(),
            body: body.into(),
        }
    }
}

impl Request for UpdateClient {
    type Output = models::Client;
    const OPERATION: &'static Operation = &Operation {
        id: "updateClient",
        tag: "Service Clients",
        method: Method::PUT,
        path: "/v1/clients/{clientId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("client_id", &self.client_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// updateClient.
    ///
    /// d
    ///
    /// Sends `PUT /v1/clients/{clientId}`.
    pub fn update_client(&self, client_id: impl Into<String>, body: impl Into<models::Client>) -> Call<UpdateClient> {
        Call::new(self, UpdateClient::new(client_id, body))
    }
}

/// deleteClient.
///
/// d
///
/// Sends `DELETE /v1/clients/{clientId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteClient {
    /// Limits: 1 to 64 characters.
    pub client_id: String,
}

impl DeleteClient {
    /// The request with its required parameters.
    pub fn new(client_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
        }
    }
}

impl Request for DeleteClient {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteClient",
        tag: "Service Clients",
        method: Method::DELETE,
        path: "/v1/clients/{clientId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("client_id", &self.client_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteClient.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/clients/{clientId}`.
    pub fn delete_client(&self, client_id: impl Into<String>) -> Call<DeleteClient> {
        Call::new(self, DeleteClient::new(client_id))
    }
}

/// requestAccessKey.
///
/// d
///
/// Sends `POST /v1/clients/{clientId}/access-keys`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RequestAccessKey {
    /// Limits: 1 to 64 characters.
    pub client_id: String,
    /// The parameter `body`.
    pub body: Option<models::ClientAccessKey>,
}

impl RequestAccessKey {
    /// The request with its required parameters.
    pub fn new(client_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
            body: None,
        }
    }

    /// The parameter `body`.
    #[must_use]
    pub fn body(mut self, body: impl Into<models::ClientAccessKey>) -> Self {
        self.body = Some(body.into());
        self
    }
}

impl Request for RequestAccessKey {
    type Output = models::ClientAccessKey;
    const OPERATION: &'static Operation = &Operation {
        id: "requestAccessKey",
        tag: "Service Clients",
        method: Method::POST,
        path: "/v1/clients/{clientId}/access-keys",
        idempotent: false,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("client_id", &self.client_id)?;
        if let Some(body) = &self.body {
            encoded.json(body)?;
        }
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// requestAccessKey.
    ///
    /// d
    ///
    /// Sends `POST /v1/clients/{clientId}/access-keys`.
    pub fn request_access_key(&self, client_id: impl Into<String>) -> Call<RequestAccessKey> {
        Call::new(self, RequestAccessKey::new(client_id))
    }
}

impl Call<RequestAccessKey> {
    /// The parameter `body`.
    pub fn body(self, body: impl Into<models::ClientAccessKey>) -> Self {
        self.with(|request| request.body(body))
    }
}

/// deleteAccessKey.
///
/// d
///
/// Sends `DELETE /v1/clients/{clientId}/access-keys/{keyId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteAccessKey {
    /// Limits: 1 to 64 characters.
    pub client_id: String,
    /// Limits: 1 to 64 characters.
    pub key_id: String,
}

impl DeleteAccessKey {
    /// The request with its required parameters.
    pub fn new(client_id: impl Into<String>, key_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
            key_id: key_id.into(),
        }
    }
}

impl Request for DeleteAccessKey {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteAccessKey",
        tag: "Service Clients",
        method: Method::DELETE,
        path: "/v1/clients/{clientId}/access-keys/{keyId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("client_id", &self.client_id)?;
        encoded.path("key_id", &self.key_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteAccessKey.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/clients/{clientId}/access-keys/{keyId}`.
    pub fn delete_access_key(&self, client_id: impl Into<String>, key_id: impl Into<String>) -> Call<DeleteAccessKey> {
        Call::new(self, DeleteAccessKey::new(client_id, key_id))
    }
}
