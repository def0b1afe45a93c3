//! Signs the tokens of [Authress](https://authress.io) service clients with an Ed25519 key that never leaves AWS KMS.
//!
//! ```no_run
//! use authress::models::ClientAccessKey;
//! use authress::{AuthressClient, ServiceClientKey};
//! use authress_aws_kms::KmsSigner;
//! use authress_aws_kms::aws_sdk_kms::{Client, Config};
//!
//! # async fn set_up(config: Config, client: AuthressClient) -> Result<(), Box<dyn std::error::Error>> {
//! // `config` has the region, the credentials and the HTTP client. With the crate aws-config, which reads them from the environment, it is
//! // `Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await)`.
//! let signer = KmsSigner::new(Client::from_conf(config), "alias/authress");
//!
//! // Once: make the key known to Authress, and keep the id that it gets.
//! let public_key = signer.public_key().await?;
//! let key = ClientAccessKey::default().public_key(public_key);
//! let key = client.service_clients().request_access_key("sc_1").body(key).await?;
//! println!("{:?}", key.key_id);
//!
//! // From then on: a client whose private key nobody has.
//! let key = ServiceClientKey::new("sc_1", "KEY_ID", "ACCOUNT_ID")?;
//! let client = AuthressClient::builder("https://login.example.com").signer(key, signer).build()?;
//! # Ok(()) }
//! ```
//!
//! # The key
//!
//! In KMS it has the key spec `ECC_NIST_EDWARDS25519` and the key usage `SIGN_VERIFY`:
//!
//! ```sh
//! aws kms create-key --key-spec ECC_NIST_EDWARDS25519 --key-usage SIGN_VERIFY
//! ```
//!
//! Who signs needs `kms:Sign` on it, who uploads the public key needs `kms:GetPublicKey`. A policy may allow `kms:Sign` only with the
//! condition `"kms:SigningAlgorithm": "ED25519_SHA_512"`, which is the one that is asked for. KMS signs at most 4,096 bytes at once.
//!
//! # Limits
//!
//! No call waits longer than five seconds, with all that belongs to it: credentials, connections and the SDK's retries. A limit of the client's
//! own (`operation_timeout`) or [`KmsSigner::with_timeout`] replaces it. How often the SDK tries is a setting of the client; the SDK's own is three
//! times at most.
//!
//! # Logs
//!
//! This crate logs nothing, and its errors show neither what is signed nor signatures nor credentials. The SDK logs requests and answers whole at
//! level `trace` of its crates (`aws_smithy_runtime`), and that is a token's text and signature: leave that level off.
//!
//! # Runtime
//!
//! Calls need a [Tokio](https://tokio.rs) runtime with time enabled, as the SDK does, unless the client has a `sleep_impl` of its own.

mod error;
mod signer;

pub use aws_sdk_kms;
pub use error::KmsSignerError;
pub use signer::KmsSigner;
