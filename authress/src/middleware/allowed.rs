//! What a request was found to be allowed.

use std::sync::Arc;

/// What the service said yes to: the handler finds it in the request's extensions.
///
/// Of several layers, it is that of the innermost one.
///
/// ```
/// use authress::http::Request;
/// use authress::middleware::Allowed;
///
/// fn document<B>(request: &Request<B>) -> Option<String> {
///     let allowed = request.extensions().get::<Allowed>()?;
///     println!("{} of {}", allowed.permission(), allowed.resource_uri());
///     Some(allowed.resource_uri().to_owned())
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Allowed {
    resource_uri: String,
    permission: Arc<str>,
}

impl Allowed {
    pub(super) fn new(resource_uri: String, permission: Arc<str>) -> Self {
        Self {
            resource_uri,
            permission,
        }
    }

    /// The resource that was asked about, as it was asked: not percent-encoded.
    pub fn resource_uri(&self) -> &str {
        &self.resource_uri
    }

    /// The permission that was asked for.
    pub fn permission(&self) -> &str {
        &self.permission
    }
}
