// generated
//! Requests of the tag "Applications".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// delegateUserLogin.
///
/// d
///
/// Sends `POST /v1/applications/{applicationId}/users/{userId}/delegation`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DelegateUserLogin {
    /// Limits: 1 to 64 characters.
    pub application_id: String,
    /// Limits: 1 to 64 characters, pattern `^[a-zA-Z0-9-._|/~:@]+$`.
    pub user_id: String,
}

impl DelegateUserLogin {
    /// The request with its required parameters.
    pub fn new(application_id: impl Into<String>, user_id: impl Into<String>) -> Self {
        Self {
            application_id: application_id.into(),
            user_id: user_id.into(),
        }
    }
}

impl Request for DelegateUserLogin {
    type Output = models::ApplicationDelegation;
    const OPERATION: &'static Operation = &Operation {
        id: "delegateUserLogin",
        tag: "Applications",
        method: Method::POST,
        path: "/v1/applications/{applicationId}/users/{userId}/delegation",
        idempotent: false,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("application_id", &self.application_id)?;
        encoded.path("user_id", &self.user_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// delegateUserLogin.
    ///
    /// d
    ///
    /// Sends `POST /v1/applications/{applicationId}/users/{userId}/delegation`.
    pub fn delegate_user_login(
        &self,
        application_id: impl Into<String>,
        user_id: impl Into<String>,
    ) -> Call<DelegateUserLogin> {
        Call::new(self, DelegateUserLogin::new(application_id, user_id))
    }
}

/// getApplications.
///
/// d
///
/// Sends `GET /v1/applications`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetApplications {
    /// Default: `100`.
    ///
    /// Limits: 1 to 100.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
    /// The parameter `filter`.
    pub filter: Option<String>,
}

impl GetApplications {
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

impl Request for GetApplications {
    type Output = models::ApplicationCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getApplications",
        tag: "Applications",
        method: Method::GET,
        path: "/v1/applications",
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
    /// getApplications.
    ///
    /// d
    ///
    /// Sends `GET /v1/applications`.
    pub fn get_applications(&self) -> Call<GetApplications> {
        Call::new(self, GetApplications::new())
    }
}

impl Call<GetApplications> {
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

/// createApplication.
///
/// d
///
/// Sends `POST /v1/applications`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateApplication {
    /// The parameter `body`.
    pub body: models::ApplicationRequest,
}

impl CreateApplication {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::ApplicationRequest>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateApplication {
    type Output = models::Application;
    const OPERATION: &'static Operation = &Operation {
        id: "createApplication",
        tag: "Applications",
        method: Method::POST,
        path: "/v1/applications",
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
    /// createApplication.
    ///
    /// d
    ///
    /// Sends `POST /v1/applications`.
    pub fn create_application(&self, body: impl Into<models::ApplicationRequest>) -> Call<CreateApplication> {
        Call::new(self, CreateApplication::new(body))
    }
}

/// getApplication.
///
/// d
///
/// Sends `GET /v1/applications/{applicationId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetApplication {
    /// Limits: 1 to 64 characters.
    pub application_id: String,
}

impl GetApplication {
    /// The request with its required parameters.
    pub fn new(application_id: impl Into<String>) -> Self {
        Self {
            application_id: application_id.into(),
        }
    }
}

impl Request for GetApplication {
    type Output = models::Application;
    const OPERATION: &'static Operation = &Operation {
        id: "getApplication",
        tag: "Applications",
        method: Method::GET,
        path: "/v1/applications/{applicationId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("application_id", &self.application_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getApplication.
    ///
    /// d
    ///
    /// Sends `GET /v1/applications/{applicationId}`.
    pub fn get_application(&self, application_id: impl Into<String>) -> Call<GetApplication> {
        Call::new(self, GetApplication::new(application_id))
    }
}

/// updateApplication.
///
/// d
///
/// Sends `PUT /v1/applications/{applicationId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateApplication {
    /// Limits: 1 to 64 characters.
    pub application_id: String,
    /// The parameter `body`.
    pub body: models::ApplicationRequest,
}

impl UpdateApplication {
    /// The request with its required parameters.
    pub fn new(application_id: impl Into<String>, body: impl Into<models::ApplicationRequest>) -> Self {
        Self {
            application_id: application_id.into(),
            body: body.into(),
        }
    }
}

impl Request for UpdateApplication {
    type Output = models::Application;
    const OPERATION: &'static Operation = &Operation {
        id: "updateApplication",
        tag: "Applications",
        method: Method::PUT,
        path: "/v1/applications/{applicationId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("application_id", &self.application_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// updateApplication.
    ///
    /// d
    ///
    /// Sends `PUT /v1/applications/{applicationId}`.
    pub fn update_application(
        &self,
        application_id: impl Into<String>,
        body: impl Into<models::ApplicationRequest>,
    ) -> Call<UpdateApplication> {
        Call::new(self, UpdateApplication::new(application_id, body))
    }
}

/// deleteApplication.
///
/// d
///
/// Sends `DELETE /v1/applications/{applicationId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteApplication {
    /// Limits: 1 to 64 characters.
    pub application_id: String,
}

impl DeleteApplication {
    /// The request with its required parameters.
    pub fn new(application_id: impl Into<String>) -> Self {
        Self {
            application_id: application_id.into(),
        }
    }
}

impl Request for DeleteApplication {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteApplication",
        tag: "Applications",
        method: Method::DELETE,
        path: "/v1/applications/{applicationId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("application_id", &self.application_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteApplication.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/applications/{applicationId}`.
    pub fn delete_application(&self, application_id: impl Into<String>) -> Call<DeleteApplication> {
        Call::new(self, DeleteApplication::new(application_id))
    }
}
