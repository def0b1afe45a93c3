//! The layer that verifies tokens.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::request::Parts;
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::ResponseFuture;
use super::future::{Guard, guarded};
use super::preflight::is_preflight;
use super::refusal::{Kind, Manner, Refusal};
use super::verified::{forget, identify};
use crate::{Error, Identity, TokenVerifier};

/// The layer that lets only requests with a good bearer token through. The handler finds whose it is in the extensions: an
/// [`Identity`]. Cloning is cheap.
///
/// Nothing is asked of the service: tokens are verified on this machine. See [`middleware`](crate::middleware) for what is answered.
///
/// ```
/// use authress::http::{Request, Response};
/// use authress::middleware::Authenticate;
/// use authress::{AuthressClient, Identity};
/// use tower::{ServiceBuilder, ServiceExt, service_fn};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = AuthressClient::builder("https://login.example.com").build()?;
/// let authenticate = Authenticate::builder(&client)
///     .optional() // who comes without a token is let through without an identity
///     .allow_preflight()
///     .realm("documents")
///     .build()?;
/// let service = ServiceBuilder::new().layer(authenticate).service(service_fn(|request: Request<String>| async move {
///     let name = request.extensions().get::<Identity>().map_or("nobody", |identity| identity.user_id());
///     Ok::<_, std::convert::Infallible>(Response::new(name.to_owned()))
/// }));
///
/// let answer = service.clone().oneshot(Request::new(String::new())).await?;
/// assert_eq!(answer.body(), "nobody");
/// let bad = Request::builder().header("authorization", "Bearer nonsense").body(String::new())?;
/// assert_eq!(service.oneshot(bad).await?.status(), 401);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Authenticate(Arc<Shared>);

struct Shared {
    verifier: TokenVerifier,
    is_optional: bool,
    lets_preflights_pass: bool,
    manner: Manner,
}

impl Authenticate {
    /// The layer with the verifier of a client, `&client`, or with a [`TokenVerifier`] alone.
    pub fn new(verifier: impl Into<TokenVerifier>) -> Self {
        Self(Arc::new(Shared {
            verifier: verifier.into(),
            is_optional: false,
            lets_preflights_pass: false,
            manner: Manner::DEFAULT,
        }))
    }

    /// Begins a layer with other settings.
    pub fn builder(verifier: impl Into<TokenVerifier>) -> AuthenticateBuilder {
        AuthenticateBuilder {
            verifier: verifier.into(),
            is_optional: false,
            lets_preflights_pass: false,
            realm: None,
        }
    }

    /// What the layer does with each request, where there is no layer: for a framework of another kind.
    ///
    /// It gives nobody where the layer would let the request through without an identity. The identity is in the extensions afterwards.
    ///
    /// ```
    /// # use authress::{AuthressClient, http, middleware::{Authenticate, Refusal}};
    /// # async fn handle(authenticate: &Authenticate, request: http::Request<String>) -> Result<String, Refusal> {
    /// let (mut parts, body) = request.into_parts();
    /// let identity = authenticate.identify(&mut parts).await?;
    /// # Ok(format!("{identity:?} {body}")) }
    /// ```
    ///
    /// # Errors
    /// A [`Refusal`]: the answer that the layer would give.
    ///
    /// # Cancel safety
    /// Dropping the future is safe.
    pub async fn identify(&self, parts: &mut Parts) -> Result<Option<Identity>, Refusal> {
        let Shared {
            verifier,
            is_optional,
            lets_preflights_pass,
            manner,
        } = &*self.0;
        if *lets_preflights_pass && is_preflight(parts) {
            forget(parts);
            return Ok(None);
        }
        match identify(parts, verifier).await {
            Ok(None) if !is_optional => Err(manner.refuse(Kind::NoToken)),
            Ok(identity) => Ok(identity),
            Err(kind) => Err(manner.refuse(kind)),
        }
    }
}

/// Settings of an [`Authenticate`]; see [`Authenticate::builder`].
#[must_use = "a builder does nothing until `build`"]
pub struct AuthenticateBuilder {
    verifier: TokenVerifier,
    is_optional: bool,
    lets_preflights_pass: bool,
    realm: Option<String>,
}

impl AuthenticateBuilder {
    /// Lets a request without a bearer token through, without an identity. A bad token is refused all the same.
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// Lets CORS preflights through, which carry no token: `OPTIONS` with `Origin` and `Access-Control-Request-Method`, without `Authorization`. By
    /// default they are refused, as any request without a token; a CORS layer outside of this one answers them before they come here.
    ///
    /// Anybody can send such a request: what answers `OPTIONS` must do nothing and tell nothing.
    pub fn allow_preflight(mut self) -> Self {
        self.lets_preflights_pass = true;
        self
    }

    /// What `WWW-Authenticate` names as the realm: by default `api`.
    pub fn realm(mut self, realm: impl Into<String>) -> Self {
        self.realm = Some(realm.into());
        self
    }

    /// Checks the settings and makes the layer.
    ///
    /// # Errors
    /// An [`Error`] that names `realm` when it is empty, or not of printable ASCII without `"` and `\`.
    pub fn build(self) -> Result<Authenticate, Error> {
        let manner = self
            .realm
            .map_or(Ok(Manner::DEFAULT), |realm| Manner::of(&realm, false))?;
        Ok(Authenticate(Arc::new(Shared {
            verifier: self.verifier,
            is_optional: self.is_optional,
            lets_preflights_pass: self.lets_preflights_pass,
            manner,
        })))
    }
}

impl Guard for Authenticate {
    async fn guard(&self, parts: &mut Parts) -> Result<(), Refusal> {
        self.identify(parts).await.map(|_| ())
    }
}

impl<S> Layer<S> for Authenticate {
    type Service = AuthenticateService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        AuthenticateService {
            inner,
            layer: self.clone(),
        }
    }
}

/// The service that [`Authenticate`] makes of another one.
#[derive(Debug, Clone)]
pub struct AuthenticateService<S> {
    inner: S,
    layer: Authenticate,
}

impl<S, B, R> Service<Request<B>> for AuthenticateService<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
    R: Default + 'static,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = ResponseFuture<R, S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        guarded(&self.layer, &mut self.inner, request)
    }
}

impl fmt::Debug for Authenticate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticate")
            .field("verifier", &self.0.verifier)
            .field("is_optional", &self.0.is_optional)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AuthenticateBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticateBuilder")
            .field("verifier", &self.verifier)
            .field("is_optional", &self.is_optional)
            .finish_non_exhaustive()
    }
}
