//! Access records, which give roles to users, and the requests and claims that lead to them.

use authress_api::Client;

use crate::requests::{
    CreateClaim, CreateRecord, CreateRequest, DeleteRecord, DeleteRequest, GetRecord, GetRecords, GetRequest,
    GetRequests, RespondToAccessRequest, UpdateRecord,
};
use crate::{Call, models};

/// The calls about access records, requests for access, and claims of resources.
#[derive(Debug, Clone, Copy)]
pub struct AccessRecords<'a>(&'a Client);

impl<'a> AccessRecords<'a> {
    pub(crate) fn new(api: &'a Client) -> Self {
        Self(api)
    }

    /// The access records of the account.
    pub fn get_records(&self) -> Call<GetRecords> {
        self.0.get_records()
    }

    /// Creates an access record.
    pub fn create_record(&self, record: impl Into<models::AccessRecord>) -> Call<CreateRecord> {
        self.0.create_record(record)
    }

    /// One access record.
    pub fn get_record(&self, record_id: impl Into<String>) -> Call<GetRecord> {
        self.0.get_record(record_id)
    }

    /// Replaces an access record.
    pub fn update_record(
        &self,
        record_id: impl Into<String>,
        record: impl Into<models::AccessRecord>,
    ) -> Call<UpdateRecord> {
        self.0.update_record(record_id, record)
    }

    /// Deletes an access record, and with it the access that it gave.
    pub fn delete_record(&self, record_id: impl Into<String>) -> Call<DeleteRecord> {
        self.0.delete_record(record_id)
    }

    /// The requests for access.
    pub fn get_requests(&self) -> Call<GetRequests> {
        self.0.get_requests()
    }

    /// Asks for access, to be approved or denied by somebody who may give it.
    pub fn create_request(&self, request: impl Into<models::AccessRequest>) -> Call<CreateRequest> {
        self.0.create_request(request)
    }

    /// One request for access.
    pub fn get_request(&self, request_id: impl Into<String>) -> Call<GetRequest> {
        self.0.get_request(request_id)
    }

    /// Deletes a request for access.
    pub fn delete_request(&self, request_id: impl Into<String>) -> Call<DeleteRequest> {
        self.0.delete_request(request_id)
    }

    /// Approves or denies a request for access.
    pub fn respond_to_access_request(
        &self,
        request_id: impl Into<String>,
        response: impl Into<models::AccessRequestResponse>,
    ) -> Call<RespondToAccessRequest> {
        self.0.respond_to_access_request(request_id, response)
    }

    /// Claims a resource that is new, for the user who made it.
    pub fn create_claim(&self, claim: impl Into<models::ClaimRequest>) -> Call<CreateClaim> {
        self.0.create_claim(claim)
    }
}
