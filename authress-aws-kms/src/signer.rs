//! What is asked of KMS, and what its answers must be.

use std::fmt;
use std::time::Duration;

use authress::{SignFuture, Signer};
use aws_sdk_kms::config::Builder;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::operation::get_public_key::GetPublicKeyOutput;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{KeySpec, KeyUsageType, MessageType, SigningAlgorithmSpec};
use aws_sdk_kms::{Client, Config};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::KmsSignerError;
use crate::error::Operation::{GetPublicKey, Sign};

/// EdDSA over the message itself. `ED25519_PH_SHA_512`, over a hash of it, is another scheme that no verifier of tokens knows.
const ALGORITHM: SigningAlgorithmSpec = SigningAlgorithmSpec::Ed25519Sha512;
/// `SubjectPublicKeyInfo` of an Ed25519 key up to the 32 bytes of the key itself (RFC 8410 section 4).
const ED25519_SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// The whole length of such a key, in bytes.
const SPKI_LENGTH: usize = 44;

/// Signs with an Ed25519 key in AWS KMS.
///
/// Cloning is cheap. `Debug` shows which key it is, and nothing of the client.
///
/// ```
/// use authress_aws_kms::KmsSigner;
/// use authress_aws_kms::aws_sdk_kms::config::{BehaviorVersion, Region};
/// use authress_aws_kms::aws_sdk_kms::{Client, Config};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// // A client made by hand, without credentials and at an address where nobody is.
/// let config = Config::builder()
///     .behavior_version(BehaviorVersion::latest())
///     .region(Region::new("eu-west-1"))
///     .endpoint_url("http://127.0.0.1:1")
///     .build();
/// let signer = KmsSigner::new(Client::from_conf(config), "alias/authress").with_timeout(Duration::from_secs(2));
///
/// let error = signer.public_key().await.unwrap_err();
/// assert!(!error.is_wrong_key(), "nothing is known of the key");
/// # }
/// ```
#[derive(Clone)]
pub struct KmsSigner {
    client: Client,
    kms_key_id: String,
    timeout: Duration,
}

impl KmsSigner {
    /// How long a call may take when neither the client nor [`with_timeout`](Self::with_timeout) says so.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(5);

    /// A signer with the key that `kms_key_id` names: its id or ARN, or the name (`alias/…`) or ARN of an alias.
    ///
    /// Nothing is asked yet. An alias may be pointed at another key later; tokens are then refused until that key is known to Authress.
    pub fn new(client: Client, kms_key_id: impl Into<String>) -> Self {
        let of_the_client = client.config().timeout_config();
        Self {
            timeout: of_the_client
                .and_then(TimeoutConfig::operation_timeout)
                .unwrap_or(Self::DEFAULT_TIMEOUT),
            client,
            kms_key_id: kms_key_id.into(),
        }
    }

    /// Limits how long each call may take, with all that belongs to it: credentials, connections and retries.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The public key as `requestAccessKey` takes it: standard base64 of its DER (`SubjectPublicKeyInfo`).
    ///
    /// It is given only for a key that this signer can sign with: an Ed25519 key for signatures.
    ///
    /// # Errors
    /// When the key is of [another kind](KmsSignerError::is_wrong_key), when KMS could not be asked or refused, and when what it answered is
    /// [not a public key](KmsSignerError::is_unexpected_answer).
    ///
    /// # Cancel safety
    /// Dropping the future drops the request, and nothing remains of it.
    pub async fn public_key(&self) -> Result<String, KmsSignerError> {
        let request = self.client.get_public_key().key_id(&self.kms_key_id);
        let answer = request.customize().config_override(self.limits()).send().await;
        let answer = answer.map_err(|error| KmsSignerError::failed(GetPublicKey, error))?;
        spki(&answer).map(|spki| STANDARD.encode(spki))
    }

    async fn signature(&self, signing_input: &[u8]) -> Result<[u8; 64], KmsSignerError> {
        let request = self
            .client
            .sign()
            .key_id(&self.kms_key_id)
            .message(Blob::new(signing_input));
        let request = request.message_type(MessageType::Raw).signing_algorithm(ALGORITHM);
        let answer = request.customize().config_override(self.limits()).send().await;
        let answer = answer.map_err(|error| KmsSignerError::failed(Sign, error))?;
        if answer.signing_algorithm() != Some(&ALGORITHM) {
            return Err(KmsSignerError::unexpected(Sign, "does not say ED25519_SHA_512"));
        }
        let signature = answer
            .signature()
            .and_then(|signature| signature.as_ref().try_into().ok());
        signature.ok_or_else(|| KmsSignerError::unexpected(Sign, "has no signature of 64 bytes"))
    }

    /// What is set for one call; everything else is as the client has it.
    fn limits(&self) -> Builder {
        Config::builder().timeout_config(TimeoutConfig::builder().operation_timeout(self.timeout).build())
    }
}

impl Signer for KmsSigner {
    /// The signature of KMS over `signing_input`, 64 bytes (RFC 8032).
    ///
    /// # Errors
    /// A [`KmsSignerError`].
    ///
    /// # Cancel safety
    /// Dropping the future drops the request; KMS may have signed by then, and the signature is nobody's.
    fn sign<'a>(&'a self, signing_input: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async move { Ok(self.signature(signing_input).await?) })
    }
}

impl fmt::Debug for KmsSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KmsSigner")
            .field("kms_key_id", &self.kms_key_id)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// The DER of the public key in `answer`, when the key is of the right kind.
fn spki(answer: &GetPublicKeyOutput) -> Result<&[u8], KmsSignerError> {
    if answer.key_usage() != Some(&KeyUsageType::SignVerify) {
        return Err(KmsSignerError::wrong_key("its key usage is not SIGN_VERIFY"));
    }
    if answer.key_spec() != Some(&KeySpec::EccNistEdwards25519) {
        return Err(KmsSignerError::wrong_key("its key spec is not ECC_NIST_EDWARDS25519"));
    }
    if !answer.signing_algorithms().contains(&ALGORITHM) {
        return Err(KmsSignerError::wrong_key(
            "ED25519_SHA_512 is not among its signing algorithms",
        ));
    }
    let spki = answer.public_key().map(AsRef::as_ref);
    spki.filter(|spki: &&[u8]| spki.len() == SPKI_LENGTH && spki.starts_with(&ED25519_SPKI))
        .ok_or_else(|| KmsSignerError::unexpected(GetPublicKey, "has no public key of Ed25519"))
}
