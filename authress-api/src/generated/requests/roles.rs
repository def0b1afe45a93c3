// generated
//! Requests of the tag "Roles".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// getRoles.
///
/// d
///
/// Sends `GET /v1/roles`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetRoles {
    /// Default: `100`.
    ///
    /// Limits: 1 to 100.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
    /// Limits: at most 128 characters.
    pub filter: Option<String>,
}

impl GetRoles {
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

    /// Limits: at most 128 characters.
    #[must_use]
    pub fn filter(mut self, filter: impl Into<String>) -> Self {
        self.filter = Some(filter.into());
        self
    }
}

impl Request for GetRoles {
    type Output = models::RoleCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getRoles",
        tag: "Roles",
        method: Method::GET,
        path: "/v1/roles",
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
    /// getRoles.
    ///
    /// d
    ///
    /// Sends `GET /v1/roles`.
    pub fn get_roles(&self) -> Call<GetRoles> {
        Call::new(self, GetRoles::new())
    }
}

impl Call<GetRoles> {
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

    /// Limits: at most 128 characters.
    pub fn filter(self, filter: impl Into<String>) -> Self {
        self.with(|request| request.filter(filter))
    }
}

/// createRole.
///
/// d
///
/// Sends `POST /v1/roles`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateRole {
    /// The parameter `body`.
    pub body: models::Role,
}

impl CreateRole {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::Role>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateRole {
    type Output = models::Role;
    const OPERATION: &'static Operation = &Operation {
        id: "createRole",
        tag: "Roles",
        method: Method::POST,
        path: "/v1/roles",
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
    /// createRole.
    ///
    /// d
    ///
    /// Sends `POST /v1/roles`.
    pub fn create_role(&self, body: impl Into<models::Role>) -> Call<CreateRole> {
        Call::new(self, CreateRole::new(body))
    }
}

/// getRole.
///
/// d
///
/// Sends `GET /v1/roles/{roleId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetRole {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._:@]+$`.
    pub role_id: String,
}

impl GetRole {
    /// The request with its required parameters.
    pub fn new(role_id: impl Into<String>) -> Self {
        Self {
            role_id: role_id.into(),
        }
    }
}

impl Request for GetRole {
    type Output = models::Role;
    const OPERATION: &'static Operation = &Operation {
        id: "getRole",
        tag: "Roles",
        method: Method::GET,
        path: "/v1/roles/{roleId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("role_id", &self.role_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getRole.
    ///
    /// d
    ///
    /// Sends `GET /v1/roles/{roleId}`.
    pub fn get_role(&self, role_id: impl Into<String>) -> Call<GetRole> {
        Call::new(self, GetRole::new(role_id))
    }
}

/// updateRole.
///
/// d
///
/// Sends `PUT /v1/roles/{roleId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateRole {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._:@]+$`.
    pub role_id: String,
    /// The parameter `body`.
    pub body: models::Role,
}

impl UpdateRole {
    /// The request with its required parameters.
    pub fn new(role_id: impl Into<String>, body: impl Into<models::Role>) -> Self {
        Self {
            role_id: role_id.into(),
            body: body.into(),
        }
    }
}

impl Request for UpdateRole {
    type Output = models::Role;
    const OPERATION: &'static Operation = &Operation {
        id: "updateRole",
        tag: "Roles",
        method: Method::PUT,
        path: "/v1/roles/{roleId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("role_id", &self.role_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// updateRole.
    ///
    /// d
    ///
    /// Sends `PUT /v1/roles/{roleId}`.
    pub fn update_role(&self, role_id: impl Into<String>, body: impl Into<models::Role>) -> Call<UpdateRole> {
        Call::new(self, UpdateRole::new(role_id, body))
    }
}

/// deleteRole.
///
/// d
///
/// Sends `DELETE /v1/roles/{roleId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteRole {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._:@]+$`.
    pub role_id: String,
}

impl DeleteRole {
    /// The request with its required parameters.
    pub fn new(role_id: impl Into<String>) -> Self {
        Self {
            role_id: role_id.into(),
        }
    }
}

impl Request for DeleteRole {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteRole",
        tag: "Roles",
        method: Method::DELETE,
        path: "/v1/roles/{roleId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("role_id", &self.role_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteRole.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/roles/{roleId}`.
    pub fn delete_role(&self, role_id: impl Into<String>) -> Call<DeleteRole> {
        Call::new(self, DeleteRole::new(role_id))
    }
}
