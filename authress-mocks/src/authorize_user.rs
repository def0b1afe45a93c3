//! The two answers of an authorization check, by what they mean.

use authress_api::requests::AuthorizeUser;

use crate::Then;

impl Then<AuthorizeUser> {
    /// Yes: 200 without a body.
    ///
    /// ```
    /// # use authress_mocks::AuthressMocks as _;
    /// # let server = httpmock::MockServer::start();
    /// server.authorize_user(|when, then| {
    ///     when.user_id("user-1");
    ///     then.allowed();
    /// });
    /// server.authorize_user(|_, then| {
    ///     then.denied();
    /// });
    /// ```
    pub fn allowed(self) -> Self {
        self.ok()
    }

    /// No: 404 with the service's error body.
    pub fn denied(self) -> Self {
        self.not_found()
    }
}
