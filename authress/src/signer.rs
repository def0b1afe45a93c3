//! Signing with a key that lives elsewhere: in a key management service, in a hardware module, in another process.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// The future of [`Signer::sign`].
pub type SignFuture<'a> = Pin<Box<dyn Future<Output = Result<[u8; 64], Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Signs the tokens of a service client with an Ed25519 private key that this process does not have.
///
/// Give it to the client with [`signer`](crate::AuthressClientBuilder::signer), or to a
/// [`ServiceClientTokenProvider`](crate::ServiceClientTokenProvider::with_signer). The public half of the key is made known
/// to the service with `requestAccessKey`, as standard base64 of its `SubjectPublicKeyInfo` in DER.
///
/// A token is signed once and then used for most of a day, so a slow signer delays nobody but the first callers.
///
/// ```
/// use authress::{AuthressClient, ServiceClientKey, SignFuture, Signer};
///
/// struct Hsm;
///
/// impl Signer for Hsm {
///     fn sign<'a>(&'a self, signing_input: &'a [u8]) -> SignFuture<'a> {
///         Box::pin(async move {
///             // Ask the module for the signature over the bytes as they are, not over a hash of them.
///             Err(format!("no module is connected to sign {} bytes", signing_input.len()).into())
///         })
///     }
/// }
///
/// let key = ServiceClientKey::new("sc_1", "k1", "acc_1")?;
/// let client = AuthressClient::builder("https://login.example.com").signer(key, Hsm).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Signer: Send + Sync + 'static {
    /// The signature over `signing_input`: Ed25519 over the message itself (RFC 8032 section 5.1), 64 bytes.
    ///
    /// Signing that takes longer than 10 seconds is given up.
    ///
    /// # Errors
    /// Any error. It becomes a source of the error of the call that needed a token, so it must not hold secrets.
    ///
    /// # Cancel safety
    /// The future may be dropped at any time.
    fn sign<'a>(&'a self, signing_input: &'a [u8]) -> SignFuture<'a>;
}

impl<S: Signer + ?Sized> Signer for Arc<S> {
    fn sign<'a>(&'a self, signing_input: &'a [u8]) -> SignFuture<'a> {
        (**self).sign(signing_input)
    }
}
