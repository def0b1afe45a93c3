// generated
//! Requests of the tag "Extensions".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// getExtensions.
///
/// d
///
/// Sends `GET /v1/extensions`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetExtensions {
    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
}

impl GetExtensions {
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

impl Request for GetExtensions {
    type Output = models::ExtensionCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getExtensions",
        tag: "Extensions",
        method: Method::GET,
        path: "/v1/extensions",
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
    /// getExtensions.
    ///
    /// d
    ///
    /// Sends `GET /v1/extensions`.
    pub fn get_extensions(&self) -> Call<GetExtensions> {
        Call::new(self, GetExtensions::new())
    }
}

impl Call<GetExtensions> {
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

/// createExtension.
///
/// d
///
/// Sends `POST /v1/extensions`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateExtension {
    /// The parameter `body`.
    pub body: models::Extension,
}

impl CreateExtension {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::Extension>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateExtension {
    type Output = models::Extension;
    const OPERATION: &'static Operation = &Operation {
        id: "createExtension",
        tag: "Extensions",
        method: Method::POST,
        path: "/v1/extensions",
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
    /// createExtension.
    ///
    /// d
    ///
    /// Sends `POST /v1/extensions`.
    pub fn create_extension(&self, body: impl Into<models::Extension>) -> Call<CreateExtension> {
        Call::new(self, CreateExtension::new(body))
    }
}

/// getExtension.
///
/// d
///
/// Sends `GET /v1/extensions/{extensionId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetExtension {
    /// Limits: 1 to 64 characters.
    pub extension_id: String,
}

impl GetExtension {
    /// The request with its required parameters.
    pub fn new(extension_id: impl Into<String>) -> Self {
        Self {
            extension_id: extension_id.into(),
        }
    }
}

impl Request for GetExtension {
    type Output = models::Extension;
    const OPERATION: &'static Operation = &Operation {
        id: "getExtension",
        tag: "Extensions",
        method: Method::GET,
        path: "/v1/extensions/{extensionId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("extension_id", &self.extension_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getExtension.
    ///
    /// d
    ///
    /// Sends `GET /v1/extensions/{extensionId}`.
    pub fn get_extension(&self, extension_id: impl Into<String>) -> Call<GetExtension> {
        Call::new(self, GetExtension::new(extension_id))
    }
}

/// updateExtension.
///
/// d
///
/// Sends `PUT /v1/extensions/{extensionId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateExtension {
    /// Limits: 1 to 64 characters.
    pub extension_id: String,
    /// The parameter `body`.
    pub body: models::Extension,
}

impl UpdateExtension {
    /// The request with its required parameters.
    pub fn new(extension_id: impl Into<String>, body: impl Into<models::Extension>) -> Self {
        Self {
            extension_id: extension_id.into(),
            body: body.into(),
        }
    }
}

impl Request for UpdateExtension {
    type Output = models::Extension;
    const OPERATION: &'static Operation = &Operation {
        id: "updateExtension",
        tag: "Extensions",
        method: Method::PUT,
        path: "/v1/extensions/{extensionId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("extension_id", &self.extension_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// updateExtension.
    ///
    /// d
    ///
    /// Sends `PUT /v1/extensions/{extensionId}`.
    pub fn update_extension(
        &self,
        extension_id: impl Into<String>,
        body: impl Into<models::Extension>,
    ) -> Call<UpdateExtension> {
        Call::new(self, UpdateExtension::new(extension_id, body))
    }
}

/// deleteExtension.
///
/// d
///
/// Sends `DELETE /v1/extensions/{extensionId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteExtension {
    /// Limits: 1 to 64 characters.
    pub extension_id: String,
}

impl DeleteExtension {
    /// The request with its required parameters.
    pub fn new(extension_id: impl Into<String>) -> Self {
        Self {
            extension_id: extension_id.into(),
        }
    }
}

impl Request for DeleteExtension {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteExtension",
        tag: "Extensions",
        method: Method::DELETE,
        path: "/v1/extensions/{extensionId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("extension_id", &self.extension_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteExtension.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/extensions/{extensionId}`.
    pub fn delete_extension(&self, extension_id: impl Into<String>) -> Call<DeleteExtension> {
        Call::new(self, DeleteExtension::new(extension_id))
    }
}

/// login.
///
/// d
///
/// Sends `GET /`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Login {
    /// The parameter `client_id`.
    pub client_id: String,
    /// The parameter `code_challenge`.
    pub code_challenge: String,
    /// The parameter `redirect_uri`.
    pub redirect_uri: String,
    /// Default: `S256`.
    pub code_challenge_method: Option<models::LoginCodeChallengeMethod>,
}

impl Login {
    /// The request with its required parameters.
    pub fn new(
        client_id: impl Into<String>,
        code_challenge: impl Into<String>,
        redirect_uri: impl Into<String>,
    ) -> Self {
        Self {
            client_id: client_id.into(),
            code_challenge: code_challenge.into(),
            redirect_uri: redirect_uri.into(),
            code_challenge_method: None,
        }
    }

    /// Default: `S256`.
    #[must_use]
    pub fn code_challenge_method(mut self, code_challenge_method: impl Into<models::LoginCodeChallengeMethod>) -> Self {
        self.code_challenge_method = Some(code_challenge_method.into());
        self
    }
}

impl Request for Login {
    type Output = models::OAuthAuthorizeResponse;
    const OPERATION: &'static Operation = &Operation {
        id: "login",
        tag: "Extensions",
        method: Method::GET,
        path: "/",
        idempotent: true,
        authenticated: false,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.query("client_id", &self.client_id)?;
        encoded.query("code_challenge", &self.code_challenge)?;
        encoded.query("redirect_uri", &self.redirect_uri)?;
        encoded.query("code_challenge_method", &self.code_challenge_method)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// login.
    ///
    /// d
    ///
    /// Sends `GET /`.
    pub fn login(
        &self,
        client_id: impl Into<String>,
        code_challenge: impl Into<String>,
        redirect_uri: impl Into<String>,
    ) -> Call<Login> {
        Call::new(self, Login::new(client_id, code_challenge, redirect_uri))
    }
}

impl Call<Login> {
    /// Default: `S256`.
    pub fn code_challenge_method(self, code_challenge_method: impl Into<models::LoginCodeChallengeMethod>) -> Self {
        self.with(|request| request.code_challenge_method(code_challenge_method))
    }
}

/// requestToken.
///
/// d
///
/// Sends `POST /api/authentication/oauth/tokens`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RequestToken {
    /// The parameter `body`.
    pub body: models::OAuthTokenRequest,
}

impl RequestToken {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::OAuthTokenRequest>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for RequestToken {
    type Output = models::OAuthTokenResponse;
    const OPERATION: &'static Operation = &Operation {
        id: "requestToken",
        tag: "Extensions",
        method: Method::POST,
        path: "/api/authentication/oauth/tokens",
        idempotent: false,
        authenticated: false,
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
    /// requestToken.
    ///
    /// d
    ///
    /// Sends `POST /api/authentication/oauth/tokens`.
    pub fn request_token(&self, body: impl Into<models::OAuthTokenRequest>) -> Call<RequestToken> {
        Call::new(self, RequestToken::new(body))
    }
}
