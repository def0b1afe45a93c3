//! Access requests, with who made them.

use authress_api::models::{AccessRecord, AccessRequest, AccessRequestStatus};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::after;

/// An access request with who made it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredRequest {
    #[serde(flatten)]
    pub(crate) model: AccessRequest,
    /// The one id of the user who made it.
    #[serde(rename = "createdBy")]
    pub(crate) created_by: String,
}

impl StoredRequest {
    /// The request in `model`, as a new one; whatever the server decides is not taken from there.
    pub(crate) fn new(id: &str, mut model: AccessRequest, created_by: &str, now: DateTime<Utc>) -> Self {
        model.request_id = Some(id.to_owned());
        model.status = Some(AccessRequestStatus::Open);
        model.last_updated = Some(now);
        model.links = None;
        Self {
            model,
            created_by: created_by.to_owned(),
        }
    }

    /// Whether nobody has decided it yet.
    pub(crate) fn is_open(&self) -> bool {
        self.model.status == Some(AccessRequestStatus::Open)
    }

    pub(crate) fn set_status(&mut self, status: AccessRequestStatus, now: DateTime<Utc>) {
        self.model.status = Some(status);
        self.model.last_updated = Some(after(self.model.last_updated, now));
    }

    /// The access record that gives what is asked for.
    pub(crate) fn record(&self) -> AccessRecord {
        let id = self.model.request_id.as_deref().unwrap_or_default();
        let access = &self.model.access;
        AccessRecord::new(format!("Access request {id}"), access.statements.iter().cloned())
            .users(access.users.iter().cloned())
    }
}
