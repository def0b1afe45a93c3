// generated
//! Requests of the tag "User Permissions".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// authorizeUser.
///
/// d
///
/// Sends `GET /v1/users/{userId}/resources/{resourceUri}/permissions/{permission}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AuthorizeUser {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._|/~:@]+$`.
    pub user_id: String,
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    pub resource_uri: String,
    /// Limits: 1 to 64 characters, pattern `^([*]|[a-zA-Z0-9-_]+)(:([*]|[a-zA-Z0-9-_]+))*$`.
    pub permission: String,
}

impl AuthorizeUser {
    /// The request with its required parameters.
    pub fn new(user_id: impl Into<String>, resource_uri: impl Into<String>, permission: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            resource_uri: resource_uri.into(),
            permission: permission.into(),
        }
    }
}

impl Request for AuthorizeUser {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "authorizeUser",
        tag: "User Permissions",
        method: Method::GET,
        path: "/v1/users/{userId}/resources/{resourceUri}/permissions/{permission}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("user_id", &self.user_id)?;
        encoded.path("resource_uri", &self.resource_uri)?;
        encoded.path("permission", &self.permission)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// authorizeUser.
    ///
    /// d
    ///
    /// Sends `GET /v1/users/{userId}/resources/{resourceUri}/permissions/{permission}`.
    pub fn authorize_user(
        &self,
        user_id: impl Into<String>,
        resource_uri: impl Into<String>,
        permission: impl Into<String>,
    ) -> Call<AuthorizeUser> {
        Call::new(self, AuthorizeUser::new(user_id, resource_uri, permission))
    }
}

/// getUserPermissionsForResource.
///
/// d
///
/// Sends `GET /v1/users/{userId}/resources/{resourceUri}/permissions`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetUserPermissionsForResource {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._|/~:@]+$`.
    pub user_id: String,
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    pub resource_uri: String,
}

impl GetUserPermissionsForResource {
    /// The request with its required parameters.
    pub fn new(user_id: impl Into<String>, resource_uri: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            resource_uri: resource_uri.into(),
        }
    }
}

impl Request for GetUserPermissionsForResource {
    type Output = models::PermissionCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getUserPermissionsForResource",
        tag: "User Permissions",
        method: Method::GET,
        path: "/v1/users/{userId}/resources/{resourceUri}/permissions",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("user_id", &self.user_id)?;
        encoded.path("resource_uri", &self.resource_uri)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getUserPermissionsForResource.
    ///
    /// d
    ///
    /// Sends `GET /v1/users/{userId}/resources/{resourceUri}/permissions`.
    pub fn get_user_permissions_for_resource(
        &self,
        user_id: impl Into<String>,
        resource_uri: impl Into<String>,
    ) -> Call<GetUserPermissionsForResource> {
        Call::new(self, GetUserPermissionsForResource::new(user_id, resource_uri))
    }
}

/// getUserRolesForResource.
///
/// d
///
/// Sends `GET /v1/users/{userId}/resources/{resourceUri}/roles`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetUserRolesForResource {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._|/~:@]+$`.
    pub user_id: String,
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    pub resource_uri: String,
}

impl GetUserRolesForResource {
    /// The request with its required parameters.
    pub fn new(user_id: impl Into<String>, resource_uri: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            resource_uri: resource_uri.into(),
        }
    }
}

impl Request for GetUserRolesForResource {
    type Output = models::UserRoleCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getUserRolesForResource",
        tag: "User Permissions",
        method: Method::GET,
        path: "/v1/users/{userId}/resources/{resourceUri}/roles",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("user_id", &self.user_id)?;
        encoded.path("resource_uri", &self.resource_uri)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getUserRolesForResource.
    ///
    /// d
    ///
    /// Sends `GET /v1/users/{userId}/resources/{resourceUri}/roles`.
    pub fn get_user_roles_for_resource(
        &self,
        user_id: impl Into<String>,
        resource_uri: impl Into<String>,
    ) -> Call<GetUserRolesForResource> {
        Call::new(self, GetUserRolesForResource::new(user_id, resource_uri))
    }
}

/// getUserResources.
///
/// d
///
/// Sends `GET /v1/users/{userId}/resources`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetUserResources {
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._|/~:@]+$`.
    pub user_id: String,
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    pub resource_uri: Option<String>,
    /// Default: `TOP_LEVEL_ONLY`.
    pub collection_configuration: Option<models::GetUserResourcesCollectionConfiguration>,
    /// Limits: 1 to 64 characters, pattern `^([*]|[a-zA-Z0-9-_]+)(:([*]|[a-zA-Z0-9-_]+))*$`.
    pub permissions: Option<String>,
    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
}

impl GetUserResources {
    /// The request with its required parameters.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            resource_uri: None,
            collection_configuration: None,
            permissions: None,
            limit: None,
            cursor: None,
        }
    }

    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    #[must_use]
    pub fn resource_uri(mut self, resource_uri: impl Into<String>) -> Self {
        self.resource_uri = Some(resource_uri.into());
        self
    }

    /// Default: `TOP_LEVEL_ONLY`.
    #[must_use]
    pub fn collection_configuration(
        mut self,
        collection_configuration: impl Into<models::GetUserResourcesCollectionConfiguration>,
    ) -> Self {
        self.collection_configuration = Some(collection_configuration.into());
        self
    }

    /// Limits: 1 to 64 characters, pattern `^([*]|[a-zA-Z0-9-_]+)(:([*]|[a-zA-Z0-9-_]+))*$`.
    #[must_use]
    pub fn permissions(mut self, permissions: impl Into<String>) -> Self {
        self.permissions = Some(permissions.into());
        self
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

impl Request for GetUserResources {
    type Output = models::UserResourcesCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getUserResources",
        tag: "User Permissions",
        method: Method::GET,
        path: "/v1/users/{userId}/resources",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("user_id", &self.user_id)?;
        encoded.query("resourceUri", &self.resource_uri)?;
        encoded.query("collectionConfiguration", &self.collection_configuration)?;
        encoded.query("permissions", &self.permissions)?;
        encoded.query("limit", &self.limit)?;
        encoded.query("cursor", &self.cursor)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getUserResources.
    ///
    /// d
    ///
    /// Sends `GET /v1/users/{userId}/resources`.
    pub fn get_user_resources(&self, user_id: impl Into<String>) -> Call<GetUserResources> {
        Call::new(self, GetUserResources::new(user_id))
    }
}

impl Call<GetUserResources> {
    /// Limits: 1 to 512 characters, pattern `^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$`.
    pub fn resource_uri(self, resource_uri: impl Into<String>) -> Self {
        self.with(|request| request.resource_uri(resource_uri))
    }

    /// Default: `TOP_LEVEL_ONLY`.
    pub fn collection_configuration(
        self,
        collection_configuration: impl Into<models::GetUserResourcesCollectionConfiguration>,
    ) -> Self {
        self.with(|request| request.collection_configuration(collection_configuration))
    }

    /// Limits: 1 to 64 characters, pattern `^([*]|[a-zA-Z0-9-_]+)(:([*]|[a-zA-Z0-9-_]+))*$`.
    pub fn permissions(self, permissions: impl Into<String>) -> Self {
        self.with(|request| request.permissions(permissions))
    }

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

/// disableUserToken.
///
/// d
///
/// Sends `DELETE /v1/users/{userId}/tokens/{tokenId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DisableUserToken {
    /// The parameter `userId`.
    pub user_id: String,
    /// The parameter `tokenId`.
    pub token_id: String,
}

impl DisableUserToken {
    /// The request with its required parameters.
    pub fn new(user_id: impl Into<String>, token_id: impl Into<String>) -> Self {
        Self {
            user_id: user_id.into(),
            token_id: token_id.into(),
        }
    }
}

impl Request for DisableUserToken {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "disableUserToken",
        tag: "User Permissions",
        method: Method::DELETE,
        path: "/v1/users/{userId}/tokens/{tokenId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("user_id", &self.user_id)?;
        encoded.path("token_id", &self.token_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// disableUserToken.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/users/{userId}/tokens/{tokenId}`.
    pub fn disable_user_token(
        &self,
        user_id: impl Into<String>,
        token_id: impl Into<String>,
    ) -> Call<DisableUserToken> {
        Call::new(self, DisableUserToken::new(user_id, token_id))
    }
}
