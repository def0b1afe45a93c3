// generated
//! Requests of the tag "Groups".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;
use std::fmt::Display;

/// getGroups.
///
/// d
///
/// Sends `GET /v1/groups`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetGroups {
    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
    /// Limits: 1 to 64 characters.
    pub filter: Option<String>,
}

impl GetGroups {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {
            limit: None,
            cursor: None,
            filter: None,
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

    /// Limits: 1 to 64 characters.
    #[must_use]
    pub fn filter(mut self, filter: impl Into<String>) -> Self {
        self.filter = Some(filter.into());
        self
    }
}

impl Request for GetGroups {
    type Output = models::GroupCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getGroups",
        tag: "Groups",
        method: Method::GET,
        path: "/v1/groups",
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
    /// getGroups.
    ///
    /// d
    ///
    /// Sends `GET /v1/groups`.
    pub fn get_groups(&self) -> Call<GetGroups> {
        Call::new(self, GetGroups::new())
    }
}

impl Call<GetGroups> {
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

    /// Limits: 1 to 64 characters.
    pub fn filter(self, filter: impl Into<String>) -> Self {
        self.with(|request| request.filter(filter))
    }
}

/// createGroup.
///
/// d
///
/// Sends `POST /v1/groups`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateGroup {
    /// The parameter `body`.
    pub body: models::Group,
}

impl CreateGroup {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::Group>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateGroup {
    type Output = models::Group;
    const OPERATION: &'static Operation = &Operation {
        id: "createGroup",
        tag: "Groups",
        method: Method::POST,
        path: "/v1/groups",
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
    /// createGroup.
    ///
    /// d
    ///
    /// Sends `POST /v1/groups`.
    pub fn create_group(&self, body: impl Into<models::Group>) -> Call<CreateGroup> {
        Call::new(self, CreateGroup::new(body))
    }
}

/// getGroup.
///
/// d
///
/// Sends `GET /v1/groups/{groupId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetGroup {
    /// Limits: 1 to 64 characters, pattern `^grp_[a-zA-Z0-9-_]+$`.
    pub group_id: String,
}

impl GetGroup {
    /// The request with its required parameters.
    pub fn new(group_id: impl Into<String>) -> Self {
        Self {
            group_id: group_id.into(),
        }
    }
}

impl Request for GetGroup {
    type Output = models::Group;
    const OPERATION: &'static Operation = &Operation {
        id: "getGroup",
        tag: "Groups",
        method: Method::GET,
        path: "/v1/groups/{groupId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("group_id", &self.group_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getGroup.
    ///
    /// d
    ///
    /// Sends `GET /v1/groups/{groupId}`.
    pub fn get_group(&self, group_id: impl Into<String>) -> Call<GetGroup> {
        Call::new(self, GetGroup::new(group_id))
    }
}

/// updateGroup.
///
/// d
///
/// Sends `PUT /v1/groups/{groupId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateGroup {
    /// Limits: 1 to 64 characters, pattern `^grp_[a-zA-Z0-9-_]+$`.
    pub group_id: String,
    /// The parameter `body`.
    pub body: models::Group,
    /// Limits: 1 to 32 characters.
    pub if_unmodified_since: Option<String>,
}

impl UpdateGroup {
    /// The request with its required parameters.
    pub fn new(group_id: impl Into<String>, body: impl Into<models::Group>) -> Self {
        Self {
            group_id: group_id.into(),
            body: body.into(),
            if_unmodified_since: None,
        }
    }

    /// Limits: 1 to 32 characters.
    #[must_use]
    pub fn if_unmodified_since(mut self, if_unmodified_since: impl Into<String>) -> Self {
        self.if_unmodified_since = Some(if_unmodified_since.into());
        self
    }
}

impl Request for UpdateGroup {
    type Output = models::Group;
    const OPERATION: &'static Operation = &Operation {
        id: "updateGroup",
        tag: "Groups",
        method: Method::PUT,
        path: "/v1/groups/{groupId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("group_id", &self.group_id)?;
        encoded.json(&self.body)?;
        encoded.header(
            "If-Unmodified-Since",
            self.if_unmodified_since.as_ref().map(|value| value as &dyn Display),
        )?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// updateGroup.
    ///
    /// d
    ///
    /// Sends `PUT /v1/groups/{groupId}`.
    pub fn update_group(&self, group_id: impl Into<String>, body: impl Into<models::Group>) -> Call<UpdateGroup> {
        Call::new(self, UpdateGroup::new(group_id, body))
    }
}

impl Call<UpdateGroup> {
    /// Limits: 1 to 32 characters.
    pub fn if_unmodified_since(self, if_unmodified_since: impl Into<String>) -> Self {
        self.with(|request| request.if_unmodified_since(if_unmodified_since))
    }
}

/// deleteGroup.
///
/// d
///
/// Sends `DELETE /v1/groups/{groupId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteGroup {
    /// Limits: 1 to 64 characters, pattern `^grp_[a-zA-Z0-9-_]+$`.
    pub group_id: String,
}

impl DeleteGroup {
    /// The request with its required parameters.
    pub fn new(group_id: impl Into<String>) -> Self {
        Self {
            group_id: group_id.into(),
        }
    }
}

impl Request for DeleteGroup {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteGroup",
        tag: "Groups",
        method: Method::DELETE,
        path: "/v1/groups/{groupId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("group_id", &self.group_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteGroup.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/groups/{groupId}`.
    pub fn delete_group(&self, group_id: impl Into<String>) -> Call<DeleteGroup> {
        Call::new(self, DeleteGroup::new(group_id))
    }
}
