//! Which texts are ids of service clients: one rule for access keys, which make tokens, and for the verifier, which accepts them.

/// Longest id, in bytes. The service takes 64 characters at most.
pub(crate) const MAX_BYTES: usize = 256;

/// Whether `id` can be the id of a service client.
///
/// It stands as one segment in the issuer of the client's tokens and in the address of its keys. What a URL library or a gateway might take for
/// structure there is no id, encoded or not: `.`, `..`, slashes of both kinds, control characters; nor is white space alone.
pub(crate) fn is_client_id(id: &str) -> bool {
    !(id.trim().is_empty()
        || id.len() > MAX_BYTES
        || id == "."
        || id == ".."
        || id.contains(['/', '\\'])
        || id.contains(char::is_control))
}
