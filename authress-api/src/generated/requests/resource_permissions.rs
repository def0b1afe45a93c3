// generated
//! Requests of the tag "Resource Permissions".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// getPermissionedResources.
///
/// d
///
/// Sends `GET /v1/resources`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetPermissionedResources {}
impl GetPermissionedResources {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {}
    }
}

impl Request for GetPermissionedResources {
    type Output = models::PermissionedResourceCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getPermissionedResources",
        tag: "Resource Permissions",
        method: Method::GET,
        path: "/v1/resources",
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
    /// getPermissionedResources.
    ///
    /// d
    ///
    /// Sends `GET /v1/resources`.
    pub fn get_permissioned_resources(&self) -> Call<GetPermissionedResources> {
        Call::new(self, GetPermissionedResources::new())
    }
}

/// getPermissionedResource.
///
/// d
///
/// Sends `GET /v1/resources/{resourceUri}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetPermissionedResource {
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    pub resource_uri: String,
}

impl GetPermissionedResource {
    /// The request with its required parameters.
    pub fn new(resource_uri: impl Into<String>) -> Self {
        Self {
            resource_uri: resource_uri.into(),
        }
    }
}

impl Request for GetPermissionedResource {
    type Output = models::PermissionedResource;
    const OPERATION: &'static Operation = &Operation {
        id: "getPermissionedResource",
        tag: "Resource Permissions",
        method: Method::GET,
        path: "/v1/resources/{resourceUri}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("resource_uri", &self.resource_uri)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getPermissionedResource.
    ///
    /// d
    ///
    /// Sends `GET /v1/resources/{resourceUri}`.
    pub fn get_permissioned_resource(&self, resource_uri: impl Into<String>) -> Call<GetPermissionedResource> {
        Call::new(self, GetPermissionedResource::new(resource_uri))
    }
}

/// updatePermissionedResource.
///
/// d
///
/// Sends `PUT /v1/resources/{resourceUri}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdatePermissionedResource {
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    pub resource_uri: String,
    /// The parameter `body`.
    pub body: models::PermissionedResource,
}

impl UpdatePermissionedResource {
    /// The request with its required parameters.
    pub fn new(resource_uri: impl Into<String>, body: impl Into<models::PermissionedResource>) -> Self {
        Self {
            resource_uri: resource_uri.into(),
            body: body.into(),
        }
    }
}

impl Request for UpdatePermissionedResource {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "updatePermissionedResource",
        tag: "Resource Permissions",
        method: Method::PUT,
        path: "/v1/resources/{resourceUri}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("resource_uri", &self.resource_uri)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// updatePermissionedResource.
    ///
    /// d
    ///
    /// Sends `PUT /v1/resources/{resourceUri}`.
    pub fn update_permissioned_resource(
        &self,
        resource_uri: impl Into<String>,
        body: impl Into<models::PermissionedResource>,
    ) -> Call<UpdatePermissionedResource> {
        Call::new(self, UpdatePermissionedResource::new(resource_uri, body))
    }
}

/// getResourceUsers.
///
/// d
///
/// Sends `GET /v1/resources/{resourceUri}/users`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetResourceUsers {
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    pub resource_uri: String,
    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
}

impl GetResourceUsers {
    /// The request with its required parameters.
    pub fn new(resource_uri: impl Into<String>) -> Self {
        Self {
            resource_uri: resource_uri.into(),
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

impl Request for GetResourceUsers {
    type Output = models::ResourceUsersCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getResourceUsers",
        tag: "Resource Permissions",
        method: Method::GET,
        path: "/v1/resources/{resourceUri}/users",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("resource_uri", &self.resource_uri)?;
        encoded.query("limit", &self.limit)?;
        encoded.query("cursor", &self.cursor)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getResourceUsers.
    ///
    /// d
    ///
    /// Sends `GET /v1/resources/{resourceUri}/users`.
    pub fn get_resource_users(&self, resource_uri: impl Into<String>) -> Call<GetResourceUsers> {
        Call::new(self, GetResourceUsers::new(resource_uri))
    }
}

impl Call<GetResourceUsers> {
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
