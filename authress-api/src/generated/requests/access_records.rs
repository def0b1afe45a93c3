// generated
//! Requests of the tag "Access Records".

use crate::models;
use crate::request::decode;
use crate::{Call, Client, Encoded, Error, Operation, Request};
use bytes::Bytes;
use http::Method;
use std::fmt::Display;

/// getRecords.
///
/// d
///
/// Sends `GET /v1/records`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetRecords {
    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
    /// Limits: 1 to 64 characters.
    pub filter: Option<String>,
    /// The parameter `status`.
    pub status: Option<models::GetRecordsStatus>,
}

impl GetRecords {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {
            limit: None,
            cursor: None,
            filter: None,
            status: None,
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

    /// The parameter `status`.
    #[must_use]
    pub fn status(mut self, status: impl Into<models::GetRecordsStatus>) -> Self {
        self.status = Some(status.into());
        self
    }
}

impl Request for GetRecords {
    type Output = models::AccessRecordCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getRecords",
        tag: "Access Records",
        method: Method::GET,
        path: "/v1/records",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.query("limit", &self.limit)?;
        encoded.query("cursor", &self.cursor)?;
        encoded.query("filter", &self.filter)?;
        encoded.query("status", &self.status)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getRecords.
    ///
    /// d
    ///
    /// Sends `GET /v1/records`.
    pub fn get_records(&self) -> Call<GetRecords> {
        Call::new(self, GetRecords::new())
    }
}

impl Call<GetRecords> {
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

    /// The parameter `status`.
    pub fn status(self, status: impl Into<models::GetRecordsStatus>) -> Self {
        self.with(|request| request.status(status))
    }
}

/// createRecord.
///
/// d
///
/// Sends `POST /v1/records`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateRecord {
    /// The parameter `body`.
    pub body: models::AccessRecord,
}

impl CreateRecord {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::AccessRecord>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateRecord {
    type Output = Option<models::AccessRecord>;
    const OPERATION: &'static Operation = &Operation {
        id: "createRecord",
        tag: "Access Records",
        method: Method::POST,
        path: "/v1/records",
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
        decode::optional(body)
    }
}

impl Client {
    /// createRecord.
    ///
    /// d
    ///
    /// Sends `POST /v1/records`.
    pub fn create_record(&self, body: impl Into<models::AccessRecord>) -> Call<CreateRecord> {
        Call::new(self, CreateRecord::new(body))
    }
}

/// getRecord.
///
/// d
///
/// Sends `GET /v1/records/{recordId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetRecord {
    /// Limits: 1 to 100 characters, pattern `^[a-zA-Z0-9-_:|~]+$`.
    pub record_id: String,
}

impl GetRecord {
    /// The request with its required parameters.
    pub fn new(record_id: impl Into<String>) -> Self {
        Self {
            record_id: record_id.into(),
        }
    }
}

impl Request for GetRecord {
    type Output = models::AccessRecord;
    const OPERATION: &'static Operation = &Operation {
        id: "getRecord",
        tag: "Access Records",
        method: Method::GET,
        path: "/v1/records/{recordId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("record_id", &self.record_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getRecord.
    ///
    /// d
    ///
    /// Sends `GET /v1/records/{recordId}`.
    pub fn get_record(&self, record_id: impl Into<String>) -> Call<GetRecord> {
        Call::new(self, GetRecord::new(record_id))
    }
}

/// updateRecord.
///
/// d
///
/// Sends `PUT /v1/records/{recordId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateRecord {
    /// Limits: 1 to 100 characters, pattern `^[a-zA-Z0-9-_:|~]+$`.
    pub record_id: String,
    /// The parameter `body`.
    pub body: models::AccessRecord,
    /// Limits: 1 to 32 characters.
    pub if_unmodified_since: Option<String>,
}

impl UpdateRecord {
    /// The request with its required parameters.
    pub fn new(record_id: impl Into<String>, body: impl Into<models::AccessRecord>) -> Self {
        Self {
            record_id: record_id.into(),
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

impl Request for UpdateRecord {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "updateRecord",
        tag: "Access Records",
        method: Method::PUT,
        path: "/v1/records/{recordId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("record_id", &self.record_id)?;
        encoded.json(&self.body)?;
        encoded.header(
            "If-Unmodified-Since",
            self.if_unmodified_since.as_ref().map(|value| value as &dyn Display),
        )?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// updateRecord.
    ///
    /// d
    ///
    /// Sends `PUT /v1/records/{recordId}`.
    pub fn update_record(
        &self,
        record_id: impl Into<String>,
        body: impl Into<models::AccessRecord>,
    ) -> Call<UpdateRecord> {
        Call::new(self, UpdateRecord::new(record_id, body))
    }
}

impl Call<UpdateRecord> {
    /// Limits: 1 to 32 characters.
    pub fn if_unmodified_since(self, if_unmodified_since: impl Into<String>) -> Self {
        self.with(|request| request.if_unmodified_since(if_unmodified_since))
    }
}

/// deleteRecord.
///
/// d
///
/// Sends `DELETE /v1/records/{recordId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteRecord {
    /// Limits: 1 to 100 characters, pattern `^[a-zA-Z0-9-_:|~]+$`.
    pub record_id: String,
}

impl DeleteRecord {
    /// The request with its required parameters.
    pub fn new(record_id: impl Into<String>) -> Self {
        Self {
            record_id: record_id.into(),
        }
    }
}

impl Request for DeleteRecord {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteRecord",
        tag: "Access Records",
        method: Method::DELETE,
        path: "/v1/records/{recordId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("record_id", &self.record_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteRecord.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/records/{recordId}`.
    pub fn delete_record(&self, record_id: impl Into<String>) -> Call<DeleteRecord> {
        Call::new(self, DeleteRecord::new(record_id))
    }
}

/// getRequests.
///
/// d
///
/// Sends `GET /v1/requests`.
#[derive(Clone, Debug, PartialEq, Default)]
#[non_exhaustive]
pub struct GetRequests {
    /// Default: `20`.
    ///
    /// Limits: 1 to 20.
    pub limit: Option<u32>,
    /// The parameter `cursor`.
    pub cursor: Option<String>,
    /// The parameter `status`.
    pub status: Option<models::GetRequestsStatus>,
}

impl GetRequests {
    /// The request with its required parameters.
    pub fn new() -> Self {
        Self {
            limit: None,
            cursor: None,
            status: None,
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

    /// The parameter `status`.
    #[must_use]
    pub fn status(mut self, status: impl Into<models::GetRequestsStatus>) -> Self {
        self.status = Some(status.into());
        self
    }
}

impl Request for GetRequests {
    type Output = models::AccessRequestCollection;
    const OPERATION: &'static Operation = &Operation {
        id: "getRequests",
        tag: "Access Records",
        method: Method::GET,
        path: "/v1/requests",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.query("limit", &self.limit)?;
        encoded.query("cursor", &self.cursor)?;
        encoded.query("status", &self.status)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getRequests.
    ///
    /// d
    ///
    /// Sends `GET /v1/requests`.
    pub fn get_requests(&self) -> Call<GetRequests> {
        Call::new(self, GetRequests::new())
    }
}

impl Call<GetRequests> {
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

    /// The parameter `status`.
    pub fn status(self, status: impl Into<models::GetRequestsStatus>) -> Self {
        self.with(|request| request.status(status))
    }
}

/// createRequest.
///
/// d
///
/// Sends `POST /v1/requests`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateRequest {
    /// The parameter `body`.
    pub body: models::AccessRequest,
}

impl CreateRequest {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::AccessRequest>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateRequest {
    type Output = models::AccessRequest;
    const OPERATION: &'static Operation = &Operation {
        id: "createRequest",
        tag: "Access Records",
        method: Method::POST,
        path: "/v1/requests",
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
    /// createRequest.
    ///
    /// d
    ///
    /// Sends `POST /v1/requests`.
    pub fn create_request(&self, body: impl Into<models::AccessRequest>) -> Call<CreateRequest> {
        Call::new(self, CreateRequest::new(body))
    }
}

/// getRequest.
///
/// d
///
/// Sends `GET /v1/requests/{requestId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetRequest {
    /// Limits: 1 to 100 characters, pattern `^[a-zA-Z0-9-_:|~]+$`.
    pub request_id: String,
}

impl GetRequest {
    /// The request with its required parameters.
    pub fn new(request_id: impl Into<String>) -> Self {
        Self {
            request_id: request_id.into(),
        }
    }
}

impl Request for GetRequest {
    type Output = models::AccessRequest;
    const OPERATION: &'static Operation = &Operation {
        id: "getRequest",
        tag: "Access Records",
        method: Method::GET,
        path: "/v1/requests/{requestId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("request_id", &self.request_id)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// getRequest.
    ///
    /// d
    ///
    /// Sends `GET /v1/requests/{requestId}`.
    pub fn get_request(&self, request_id: impl Into<String>) -> Call<GetRequest> {
        Call::new(self, GetRequest::new(request_id))
    }
}

/// deleteRequest.
///
/// d
///
/// Sends `DELETE /v1/requests/{requestId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DeleteRequest {
    /// Limits: 1 to 100 characters, pattern `^[a-zA-Z0-9-_:|~]+$`.
    pub request_id: String,
}

impl DeleteRequest {
    /// The request with its required parameters.
    pub fn new(request_id: impl Into<String>) -> Self {
        Self {
            request_id: request_id.into(),
        }
    }
}

impl Request for DeleteRequest {
    type Output = ();
    const OPERATION: &'static Operation = &Operation {
        id: "deleteRequest",
        tag: "Access Records",
        method: Method::DELETE,
        path: "/v1/requests/{requestId}",
        idempotent: true,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("request_id", &self.request_id)?;
        Ok(encoded)
    }

    fn decode(_: &Bytes) -> Result<Self::Output, serde_json::Error> {
        Ok(())
    }
}

impl Client {
    /// deleteRequest.
    ///
    /// d
    ///
    /// Sends `DELETE /v1/requests/{requestId}`.
    pub fn delete_request(&self, request_id: impl Into<String>) -> Call<DeleteRequest> {
        Call::new(self, DeleteRequest::new(request_id))
    }
}

/// respondToAccessRequest.
///
/// d
///
/// Sends `PATCH /v1/requests/{requestId}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RespondToAccessRequest {
    /// Limits: 1 to 100 characters, pattern `^[a-zA-Z0-9-_:|~]+$`.
    pub request_id: String,
    /// The parameter `body`.
    pub body: models::AccessRequestResponse,
}

impl RespondToAccessRequest {
    /// The request with its required parameters.
    pub fn new(request_id: impl Into<String>, body: impl Into<models::AccessRequestResponse>) -> Self {
        Self {
            request_id: request_id.into(),
            body: body.into(),
        }
    }
}

impl Request for RespondToAccessRequest {
    type Output = models::AccessRequest;
    const OPERATION: &'static Operation = &Operation {
        id: "respondToAccessRequest",
        tag: "Access Records",
        method: Method::PATCH,
        path: "/v1/requests/{requestId}",
        idempotent: false,
        authenticated: true,
        deprecated: false,
    };

    fn encode(&self) -> Result<Encoded, Error> {
        let mut encoded = Encoded::new(Self::OPERATION);
        encoded.path("request_id", &self.request_id)?;
        encoded.json(&self.body)?;
        Ok(encoded)
    }

    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> {
        decode::json(body)
    }
}

impl Client {
    /// respondToAccessRequest.
    ///
    /// d
    ///
    /// Sends `PATCH /v1/requests/{requestId}`.
    pub fn respond_to_access_request(
        &self,
        request_id: impl Into<String>,
        body: impl Into<models::AccessRequestResponse>,
    ) -> Call<RespondToAccessRequest> {
        Call::new(self, RespondToAccessRequest::new(request_id, body))
    }
}

/// createClaim.
///
/// d
///
/// Sends `POST /v1/claims`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CreateClaim {
    /// The parameter `body`.
    pub body: models::ClaimRequest,
}

impl CreateClaim {
    /// The request with its required parameters.
    pub fn new(body: impl Into<models::ClaimRequest>) -> Self {
        Self { body: body.into() }
    }
}

impl Request for CreateClaim {
    type Output = models::ClaimResponse;
    const OPERATION: &'static Operation = &Operation {
        id: "createClaim",
        tag: "Access Records",
        method: Method::POST,
        path: "/v1/claims",
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
    /// createClaim.
    ///
    /// d
    ///
    /// Sends `POST /v1/claims`.
    pub fn create_claim(&self, body: impl Into<models::ClaimRequest>) -> Call<CreateClaim> {
        Call::new(self, CreateClaim::new(body))
    }
}
