//! Refusals as axum's rejections.

use axum::response::{IntoResponse, Response};

use crate::middleware::Refusal;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        Self::into_response(self)
    }
}
