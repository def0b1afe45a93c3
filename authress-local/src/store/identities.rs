//! The issuers that the account trusts besides itself.

use authress_api::models::Identity;

use super::Store;

impl Store {
    /// Trusts tokens of an issuer for an audience; what was said of the two before is replaced.
    pub(crate) fn put_identity(&mut self, issuer: &str, audience: &str, user_id_expression: Option<String>) {
        let mut identity = Identity::new().issuer(issuer).audience(audience);
        identity.user_id_expression = user_id_expression;
        // Issuers have no white space, so that the key is of these two alone.
        self.identities.insert(format!("{issuer} {audience}"), identity);
    }
}
