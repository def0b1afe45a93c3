//! How an access key is recognised wherever it is pasted, so that none is ever sent. What one is made of is read in the `authress` crate.

/// How every private key of an access key (Ed25519 in PKCS#8) begins in base64.
const PRIVATE_KEY_START: &str = "MC4CAQAwBQYDK2VwBCIEI";
/// How the older form of an access key begins: base64 of `{"keyI`.
const LEGACY_START: &str = "eyJrZXlJ";

/// Whether `text` holds the access key of a service client, whole or damaged: such a text must go nowhere.
///
/// ```
/// use authress_api::holds_access_key;
///
/// assert!(holds_access_key("sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt"));
/// assert!(!holds_access_key("eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhIn0.c2ln"));
/// ```
pub fn holds_access_key(text: &str) -> bool {
    // The older form has no dots; what begins like it and has some is a token.
    text.contains(PRIVATE_KEY_START) || text.starts_with(LEGACY_START) && !text.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_key_is_recognised_whole_damaged_or_of_the_older_form() {
        let key = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
        let whole = format!("sc_1.k1.acc_1.{key}");
        let damaged = format!("acc_1.{}", &key[..40]);
        // Base64 of `{"keyId":"k"}`.
        for text in [whole.as_str(), &damaged, key, "eyJrZXlJZCI6ImsifQ=="] {
            assert!(holds_access_key(text), "{text}");
        }
        for text in [
            "",
            "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhIn0.c2ln",
            "eyJrZXlJZCI6ImsifQ.e30.c2ln",
            "a.b.c.d",
        ] {
            assert!(!holds_access_key(text), "{text}");
        }
    }
}
