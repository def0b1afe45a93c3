// generated
//! Requests of the tag "Invites".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;

/// createInvite.
///
/// d
///
/// Sends `POST /v1/invites`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateInvite {
    /// The parameter `body`.
    pub body: models::Invite,
}

impl CreateInvite {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::Invite>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateInvite {
    type Output = models::Invite;
    const OPERATION: &'static Operation = &Operation {
        id: "createInvite",
        tag: "Invites",
        method: Method::POST,
        path: "/v1/invites",
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
    /// createInvite.
    ///
    /// d
    ///
    /// Sends `POST /v1/invites`.
    pub fn create_invite(&self, body: impl Into<models::Invite>) -> Call<CreateInvite> {
        Call::new(self, CreateInvite::new(body))
    }
}

/// getInvite.
///
/// d
///
/// Sends `GET /v1/invites/{inviteId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetInvite {
    /// Limits: 1 to 256 characters.
    pub invite_id: String,
}

impl GetInvite {
    /// The request with its required parameters.
    pub fn new(invite_id: impl Into<String>) -> Self {
        Self {
            invite_id: invite_id.into(),
        }
    }
}

impl Request for GetInvite {
    type Output = models::Invite;
    const OPERATION: &'static Operation = &Operation {
        id: "getInvite",
        tag: "Invites",
        method: Method::GET,
        path: "/v1/invites/{inviteId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("invite_id", &self.invite_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getInvite.
    ///
    /// d
    ///
    /// Sends `GET /v1/invites/{inviteId}`.
    pub fn get_invite(&self, invite_id: impl Into<String>) -> Call<GetInvite> {
        Call::new(self, GetInvite::new(invite_id))
    }
}

/// deleteInvite.
///
/// d
///
/// Sends `DELETE /v1/invites/{inviteId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteInvite {
    /// Limits: 1 to 256 characters.
    pub invite_id: String,
}

impl DeleteInvite {
    /// The request with its required parameters.
    pub fn new(invite_id: impl Into<String>) -> Self {
        Self {
            invite_id: invite_id.into(),
        }
    }
}

impl Request for DeleteInvite {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteInvite",
        tag: "Invites",
        method: Method::DELETE,
        path: "/v1/invites/{inviteId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("invite_id", &self.invite_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteInvite.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/invites/{inviteId}`.
    pub fn delete_invite(&self, invite_id: impl Into<String>) -> Call<DeleteInvite> {
        Call::new(self, DeleteInvite::new(invite_id))
    }
}

/// respondToInvite.
///
/// d
///
/// Sends `PATCH /v1/invites/{inviteId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RespondToInvite {
    /// Limits: 1 to 256 characters.
    pub invite_id: String,
}

impl RespondToInvite {
    /// The request with its required parameters.
    pub fn new(invite_id: impl Into<String>) -> Self {
        Self {
            invite_id: invite_id.into(),
        }
    }
}

impl Request for RespondToInvite {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "respondToInvite",
        tag: "Invites",
        method: Method::PATCH,
        path: "/v1/invites/{inviteId}",
        idempotent: false,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("invite_id", &self.invite_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// respondToInvite.
    ///
    /// d
    ///
    /// Sends `PATCH /v1/invites/{inviteId}`.
    pub fn respond_to_invite(&self, invite_id: impl Into<String>) -> Call<RespondToInvite> {
        Call::new(self, RespondToInvite::new(invite_id))
    }
}
