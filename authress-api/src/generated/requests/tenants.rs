// generated
//! Requests of the tag "Tenants".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// getTenants.
///
/// d
///
/// Sends `GET /v1/tenants`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetTenants {
    /// Default: `100`.
    ///
    /// Limits: 1 to 100.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
    /// The parameter `filter`.
    pub filter: Option<String>,
}

impl GetTenants {
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

impl Request for GetTenants {
    type Output = models::TenantCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getTenants",
        tag: "Tenants",
        method: Method::GET,
        path: "/v1/tenants",
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
    /// getTenants.
    ///
    /// d
    ///
    /// Sends `GET /v1/tenants`.
    pub fn get_tenants(&self) -> Call<GetTenants> {
        Call::new(self, GetTenants::new())
    }
}

impl Call<GetTenants> {
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

/// createTenant.
///
/// d
///
/// Sends `POST /v1/tenants`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateTenant {
    /// The parameter `body`.
    pub body: models::Tenant,
}

impl CreateTenant {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::Tenant>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateTenant {
    type Output = models::Tenant;
    const OPERATION: &'static Operation = &Operation {
        id: "createTenant",
        tag: "Tenants",
        method: Method::POST,
        path: "/v1/tenants",
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
    /// createTenant.
    ///
    /// d
    ///
    /// Sends `POST /v1/tenants`.
    pub fn create_tenant(&self, body: impl Into<models::Tenant>) -> Call<CreateTenant> {
        Call::new(self, CreateTenant::new(body))
    }
}

/// getTenant.
///
/// d
///
/// Sends `GET /v1/tenants/{tenantId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetTenant {
    /// Limits: at most 128 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    pub tenant_id: String,
}

impl GetTenant {
    /// The request with its required parameters.
    pub fn new(tenant_id: impl Into<String>) -> Self {
        Self {
            tenant_id: tenant_id.into(),
        }
    }
}

impl Request for GetTenant {
    type Output = models::Tenant;
    const OPERATION: &'static Operation = &Operation {
        id: "getTenant",
        tag: "Tenants",
        method: Method::GET,
        path: "/v1/tenants/{tenantId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("tenant_id", &self.tenant_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getTenant.
    ///
    /// d
    ///
    /// Sends `GET /v1/tenants/{tenantId}`.
    pub fn get_tenant(&self, tenant_id: impl Into<String>) -> Call<GetTenant> {
        Call::new(self, GetTenant::new(tenant_id))
    }
}

/// updateTenant.
///
/// d
///
/// Sends `PUT /v1/tenants/{tenantId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateTenant {
    /// Limits: at most 128 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    pub tenant_id: String,
    /// The parameter `body`.
    pub body: models::Tenant,
}

impl UpdateTenant {
    /// The request with its required parameters.
    pub fn new(tenant_id: impl Into<String>, body: impl Into<models::Tenant>) -> Self {
        Self {
            tenant_id: tenant_id.into(),
            body: body.into(),
        }
    }
}

impl Request for UpdateTenant {
    type Output = models::Tenant;
    const OPERATION: &'static Operation = &Operation {
        id: "updateTenant",
        tag: "Tenants",
        method: Method::PUT,
        path: "/v1/tenants/{tenantId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("tenant_id", &self.tenant_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// updateTenant.
    ///
    /// d
    ///
    /// Sends `PUT /v1/tenants/{tenantId}`.
    pub fn update_tenant(&self, tenant_id: impl Into<String>, body: impl Into<models::Tenant>) -> Call<UpdateTenant> {
        Call::new(self, UpdateTenant::new(tenant_id, body))
    }
}

/// deleteTenant.
///
/// d
///
/// Sends `DELETE /v1/tenants/{tenantId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteTenant {
    /// Limits: at most 128 characters, pattern `^[a-zA-Z0-9-_.:]+$`.
    pub tenant_id: String,
}

impl DeleteTenant {
    /// The request with its required parameters.
    pub fn new(tenant_id: impl Into<String>) -> Self {
        Self {
            tenant_id: tenant_id.into(),
        }
    }
}

impl Request for DeleteTenant {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteTenant",
        tag: "Tenants",
        method: Method::DELETE,
        path: "/v1/tenants/{tenantId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("tenant_id", &self.tenant_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteTenant.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/tenants/{tenantId}`.
    pub fn delete_tenant(&self, tenant_id: impl Into<String>) -> Call<DeleteTenant> {
        Call::new(self, DeleteTenant::new(tenant_id))
    }
}

/// linkTenantUser.
///
/// d
///
/// Sends `PATCH /v1/tenants/{tenantId}/users`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LinkTenantUser {
    /// Limits: at most 128 characters.
    pub tenant_id: String,
    /// The parameter `body`.
    pub body: models::TenantUser,
}

impl LinkTenantUser {
    /// The request with its required parameters.
    pub fn new(tenant_id: impl Into<String>, body: impl Into<models::TenantUser>) -> Self {
        Self {
            tenant_id: tenant_id.into(),
            body: body.into(),
        }
    }
}

impl Request for LinkTenantUser {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "linkTenantUser",
        tag: "Tenants",
        method: Method::PATCH,
        path: "/v1/tenants/{tenantId}/users",
        idempotent: false,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("tenant_id", &self.tenant_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// linkTenantUser.
    ///
    /// d
    ///
    /// Sends `PATCH /v1/tenants/{tenantId}/users`.
    pub fn link_tenant_user(
        &self,
        tenant_id: impl Into<String>,
        body: impl Into<models::TenantUser>,
    ) -> Call<LinkTenantUser> {
        Call::new(self, LinkTenantUser::new(tenant_id, body))
    }
}
