//! Permissions that are types.

/// A permission on a resource, as a type of yours: what [`Authorized`](super::Authorized) asks for.
///
/// A template or permission that cannot be used does not compile where it is asked for:
///
/// ```compile_fail,E0080
/// use authress::middleware::axum::{Authorized, Permission};
/// use axum::{Router, routing::get};
///
/// struct ReadDocument;
///
/// impl Permission for ReadDocument {
///     const RESOURCE: &str = "documents/{id"; // a brace is missing
///     const PERMISSION: &str = "read";
/// }
///
/// async fn read(_: Authorized<ReadDocument>) {}
/// let client = authress::AuthressClient::builder("https://login.example.com").build().unwrap();
/// let router: Router = Router::new().route("/documents/{id}", get(read)).with_state(client);
/// ```
///
/// ```
/// use authress::middleware::axum::Permission;
///
/// struct ReadDocument;
///
/// impl Permission for ReadDocument {
///     const RESOURCE: &str = "documents/{id}";
///     const PERMISSION: &str = "read";
///     const HIDES_DENIED: bool = true;
/// }
/// ```
pub trait Permission {
    /// The template of the resource, `documents/{id}`, whose names axum's route binds; see
    /// [`RequirePermission`](crate::middleware::RequirePermission). The names are bound as for
    /// [`require`](super::require()).
    const RESOURCE: &str;
    /// The permission.
    const PERMISSION: &str;
    /// Whether a denial is answered 404 and nothing else, as a path that leads nowhere, instead of 403.
    const HIDES_DENIED: bool = false;
    /// Whether the user asks, with the token of the request, also when the client has tokens of its own.
    const AS_USER: bool = false;
}
