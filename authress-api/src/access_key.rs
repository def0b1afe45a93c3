//! How an access key is recognised wherever it is pasted, so that none is ever sent. What one is made of is read in the `authress` crate.

/// How every private key of an access key (Ed25519 in PKCS#8) begins in base64.
const PRIVATE_KEY_START: &str = "MC4CAQAwBQYDK2VwBCIEI";
/// What an access key of the older form, JSON in base64, has somewhere: the inner part of `privateKey` as base64 has it, at each of the three places
/// where it can begin.
const LEGACY_MEMBER: [&str; 3] = ["cHJpdmF0ZUtl", "aXZhdGVL", "cml2YXRlS2V5"];
/// How it begins as the service writes it: base64 of `{"keyI`.
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
    // The older form has no dots; what is like it and has some is a token.
    let is_legacy = || {
        !text.contains('.')
            && (text.starts_with(LEGACY_START) || LEGACY_MEMBER.iter().any(|member| text.contains(member)))
    };
    text.contains(PRIVATE_KEY_START) || is_legacy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_key_is_recognised_whole_damaged_or_of_the_older_form() {
        let key = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
        let whole = format!("sc_1.k1.acc_1.{key}");
        let damaged = format!("acc_1.{}", &key[..40]);
        for text in [
            whole.as_str(),
            &damaged,
            key,
            // Base64 of `{"keyId":"k"}`, and of `{"privateKey":"p"}` with none, one and two characters before the name.
            "eyJrZXlJZCI6ImsifQ==",
            "eyJwcml2YXRlS2V5IjoicCJ9",
            "eyAicHJpdmF0ZUtleSI6InAifQ==",
            "eyAgInByaXZhdGVLZXkiOiJwIn0=",
        ] {
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
