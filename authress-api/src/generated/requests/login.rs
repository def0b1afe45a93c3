// generated
//! Requests of the tag "Login".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// updateAuthenticationRequest.
///
/// d
///
/// Sends `PATCH /api/authentication/{authenticationRequestId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateAuthenticationRequest {
    /// The parameter `authenticationRequestId`.
    pub authentication_request_id: String,
    /// The parameter `origin`.
    pub origin: String,
    /// The parameter `body`.
    pub body: models::UpdateAuthenticationRequestParameters,
}

impl UpdateAuthenticationRequest {
    /// The request with its required parameters.
    pub fn new(
        authentication_request_id: impl Into<String>,
        origin: impl Into<String>,
        body: impl Into<models::UpdateAuthenticationRequestParameters>,
    ) -> Self {
        Self {
            authentication_request_id: authentication_request_id.into(),
            origin: origin.into(),
            body: body.into(),
        }
    }
}

impl Request for UpdateAuthenticationRequest {
    type Output = models::AuthenticationRequest;
    const OPERATION: &'static Operation = &Operation {
        id: "updateAuthenticationRequest",
        tag: "Login",
        method: Method::PATCH,
        path: "/api/authentication/{authenticationRequestId}",
        idempotent: false,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("authentication_request_id", &self.authentication_request_id)?;
        encoded.header("origin", Some(&self.origin))?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// updateAuthenticationRequest.
    ///
    /// d
    ///
    /// Sends `PATCH /api/authentication/{authenticationRequestId}`.
    pub fn update_authentication_request(
        &self,
        authentication_request_id: impl Into<String>,
        origin: impl Into<String>,
        body: impl Into<models::UpdateAuthenticationRequestParameters>,
    ) -> Call<UpdateAuthenticationRequest> {
        Call::new(
            self,
            UpdateAuthenticationRequest::new(authentication_request_id, origin, body),
        )
    }
}
