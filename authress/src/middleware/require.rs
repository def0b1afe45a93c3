//! The layer that asks for a permission.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::request::Parts;
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use super::ask::{Asker, ask};
use super::future::{Guard, guarded};
use super::preflight::is_preflight;
use super::refusal::{Kind, Manner, Refusal};
use super::resource::{Resource, ResourceOf, blamed};
use super::route::Route;
use super::verified::{forget, identify};
use super::{Allowed, ResponseFuture, template};
use crate::{AuthressClient, Error};

/// The layer that lets a request through when its caller has one permission on the resource that it is about. Cloning is cheap.
///
/// The token is verified here, unless a layer with the same client has done that before. The handler finds an [`Identity`](crate::Identity) and
/// what was [`Allowed`] in the extensions. See [`middleware`](crate::middleware) for what is answered.
///
/// The client asks as itself when it has an access key or another source of tokens, and with the token of the request otherwise, or when
/// [`as_user`](RequirePermissionBuilder::as_user) is set. Every request asks, whatever its method: `HEAD` and `OPTIONS` as well.
///
/// # Resources
///
/// A template, `documents/{id}`, has names whose values come from the path; a segment of it has one name at most. The names are bound by
/// [`route`](RequirePermissionBuilder::route), by axum's route (`axum::require`), or a closure makes the whole resource
/// ([`builder_with`](Self::builder_with)). A value is percent-decoded once, and is what the handler gets. One that is empty, `.` or `..`, or has a `/`,
/// `\`, `*` or control character, names no resource: nothing is asked, and the answer is that of a denial. So it is for a path that the route does not
/// match, and for a resource of more than 512 bytes.
///
/// ```
/// use authress::AuthressClient;
/// use authress::middleware::RequirePermission;
///
/// # let access_key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// let client = AuthressClient::builder("https://login.example.com").access_key(access_key).build()?;
/// let read = RequirePermission::builder(&client, "tenants/{tenant}/documents/{id}", "documents:read")
///     .route("/t/{tenant}/documents/{id}")
///     .as_user() // the user asks, with the token of the request
///     .hide_denied() // 404 instead of 403
///     .allow_preflight()
///     .realm("documents")
///     .build()?;
///
/// let error = RequirePermission::builder(&client, "documents/{id}", "read").route("/documents/{document}").build().unwrap_err();
/// assert_eq!((error.argument(), error.reason()), (Some("route"), Some("it does not bind `id`")));
/// # Ok::<(), authress::Error>(())
/// ```
#[derive(Clone)]
pub struct RequirePermission(Arc<Shared>);

struct Shared {
    client: AuthressClient,
    asker: Asker,
    resource: Resource,
    permission: Arc<str>,
    lets_preflights_pass: bool,
    manner: Manner,
}

impl RequirePermission {
    /// Begins a layer that asks for `permission` on the resource that the template `resource` makes.
    pub fn builder(
        client: &AuthressClient,
        resource: impl Into<String>,
        permission: impl Into<String>,
    ) -> RequirePermissionBuilder {
        RequirePermissionBuilder::new(client, ResourceSetting::Template(resource.into()), permission.into())
    }

    /// Begins a layer that asks for `permission` on the resource that `resource_of` makes of a request, not percent-encoded.
    ///
    /// When it makes none, nothing is asked, and the answer is that of a denial. So it is with what cannot be a resource: empty or with an empty
    /// segment, `.` or `..` as a segment, a `\` or a control character, more than 512 bytes. What it takes from the path it must decode after it has
    /// split it, and look through for `/` and `*` itself.
    ///
    /// ```
    /// # use authress::{AuthressClient, middleware::RequirePermission};
    /// # let client = AuthressClient::builder("https://login.example.com").build()?;
    /// let read = RequirePermission::builder_with(
    ///     &client,
    ///     |parts| {
    ///         let tenant = parts.headers.get("x-tenant")?.to_str().ok()?;
    ///         (tenant.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| format!("tenants/{tenant}"))
    ///     },
    ///     "documents:read",
    /// )
    /// .build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn builder_with(
        client: &AuthressClient,
        resource_of: impl Fn(&Parts) -> Option<String> + Send + Sync + 'static,
        permission: impl Into<String>,
    ) -> RequirePermissionBuilder {
        RequirePermissionBuilder::new(client, ResourceSetting::From(Arc::new(resource_of)), permission.into())
    }

    /// What the layer does with each request, where there is no layer: for a framework of another kind.
    ///
    /// Afterwards the extensions have what was [`Allowed`]; not so where the layer would let a preflight through.
    ///
    /// ```
    /// # use authress::{http, middleware::{Allowed, RequirePermission, Refusal}};
    /// # async fn handle(require: &RequirePermission, request: http::Request<String>) -> Result<String, Refusal> {
    /// let (mut parts, body) = request.into_parts();
    /// require.check(&mut parts).await?;
    /// let allowed = parts.extensions.get::<Allowed>();
    /// # Ok(format!("{allowed:?} {body}")) }
    /// ```
    ///
    /// # Errors
    /// A [`Refusal`]: the answer that the layer would give.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the question; where decisions are kept, it goes on, and its answer is kept.
    pub async fn check(&self, parts: &mut Parts) -> Result<(), Refusal> {
        let shared = &*self.0;
        if shared.lets_preflights_pass && is_preflight(parts) {
            forget(parts);
            return Ok(());
        }
        shared.check(parts).await.map_err(|kind| shared.manner.refuse(kind))
    }
}

impl Shared {
    async fn check(&self, parts: &mut Parts) -> Result<(), Kind> {
        let identity = identify(parts, self.client.token_verifier()).await?;
        let identity = identity.ok_or(Kind::NoToken)?;
        let resource_uri = self.resource.of(parts).await?;
        ask(
            &self.client,
            self.asker,
            (parts, &identity),
            &resource_uri,
            &self.permission,
        )
        .await
        .map_err(|kind| blamed(kind, self.resource.template(), &resource_uri))?;
        let allowed = Allowed::new(resource_uri, Arc::clone(&self.permission));
        parts.extensions.insert(allowed);
        Ok(())
    }
}

/// Settings of a [`RequirePermission`]; see [`RequirePermission::builder`].
#[must_use = "a builder does nothing until `build`"]
pub struct RequirePermissionBuilder {
    client: AuthressClient,
    resource: ResourceSetting,
    permission: String,
    route: Option<RouteSetting>,
    asker: Asker,
    lets_preflights_pass: bool,
    hides_denied: bool,
    realm: Option<String>,
}

enum ResourceSetting {
    Template(String),
    From(ResourceOf),
}

/// What binds the names of a template.
enum RouteSetting {
    Pattern(String),
    #[cfg(feature = "axum")]
    Matched,
}

impl RequirePermissionBuilder {
    fn new(client: &AuthressClient, resource: ResourceSetting, permission: String) -> Self {
        Self {
            client: client.clone(),
            resource,
            permission,
            route: None,
            asker: Asker::of(client),
            lets_preflights_pass: false,
            hides_denied: false,
            realm: None,
        }
    }

    /// The pattern that binds the template's names: `/documents/{id}`. It is matched against the raw path that comes to the layer, segment by segment;
    /// a segment of it is text, which must be the same, or one name.
    pub fn route(mut self, pattern: impl Into<String>) -> Self {
        self.route = Some(RouteSetting::Pattern(pattern.into()));
        self
    }

    #[cfg(feature = "axum")]
    pub(super) fn matched_route(mut self) -> Self {
        self.route = Some(RouteSetting::Matched);
        self
    }

    /// Asks as the user, with the token of the request, also when the client has tokens of its own. A token that the service does not accept is
    /// answered 401.
    pub fn as_user(mut self) -> Self {
        self.asker = Asker::User;
        self
    }

    /// Answers a denial with 404 and nothing else, as a path that leads nowhere, so that nobody learns what there is. Outages and missing tokens are
    /// not hidden.
    pub fn hide_denied(mut self) -> Self {
        self.hides_denied = true;
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
    /// An [`Error`] that names what cannot be used: `resource`, a template that is none; `route`, when it is none, or missing, or does not bind a name
    /// of the template; `permission`, when it is empty; `client`, when it acts as one user already; `realm`.
    pub fn build(self) -> Result<RequirePermission, Error> {
        let refuse = |argument, reason: &str| Err(Error::invalid_argument(argument, reason));
        if self.client.acts_as_user() {
            return refuse("client", "it acts as one user; give the one that it was made of");
        }
        if let Some(reason) = permission_refusal(&self.permission) {
            return refuse("permission", reason);
        }
        let manner = match &self.realm {
            Some(realm) => Manner::of(realm, self.hides_denied)?,
            None => Manner::hiding_denied(self.hides_denied),
        };
        Ok(RequirePermission(Arc::new(Shared {
            client: self.client,
            asker: self.asker,
            resource: resource(self.resource, self.route)?,
            permission: self.permission.into(),
            lets_preflights_pass: self.lets_preflights_pass,
            manner,
        })))
    }
}

/// Why a permission cannot be asked for; nothing when it can.
pub(super) const fn permission_refusal(permission: &str) -> Option<&'static str> {
    let mut bytes = permission.as_bytes();
    match bytes {
        b"" => return Some("it is empty"),
        b"." | b".." => return Some("it is a dot segment"),
        _ => {}
    }
    while let [byte, rest @ ..] = bytes {
        if byte.is_ascii_control() || byte.is_ascii_whitespace() || *byte == b'/' {
            return Some("it has a space, a control character or a `/`");
        }
        bytes = rest;
    }
    None
}

fn resource(resource: ResourceSetting, route: Option<RouteSetting>) -> Result<Resource, Error> {
    let refuse = |argument, reason: &str| Err(Error::invalid_argument(argument, reason));
    let template = match (resource, &route) {
        (ResourceSetting::Template(template), _) => template,
        (ResourceSetting::From(resource_of), None) => return Ok(Resource::From(resource_of)),
        (ResourceSetting::From(_), Some(_)) => return refuse("route", "there is no template that it binds names of"),
    };
    if let Some(reason) = template::refusal(&template) {
        return refuse("resource", reason);
    }
    let first_name = template::names(&template).next();
    match (route, first_name) {
        (Some(RouteSetting::Pattern(pattern)), _) => {
            let route = Route::parse(&pattern).map_err(|reason| Error::invalid_argument("route", reason))?;
            if let Some(name) = template::names(&template).find(|name| !route.names().any(|bound| bound == *name)) {
                return refuse("route", &format!("it does not bind `{name}`"));
            }
            Ok(Resource::Routed(template, route))
        }
        #[cfg(feature = "axum")]
        (Some(RouteSetting::Matched), Some(_)) => Ok(Resource::Matched(template)),
        (None, Some(name)) => refuse("route", &format!("it is missing, and nothing binds `{name}`")),
        (_, None) => Ok(Resource::Whole(template)),
    }
}

impl Guard for RequirePermission {
    async fn guard(&self, parts: &mut Parts) -> Result<(), Refusal> {
        self.check(parts).await
    }
}

impl<S> Layer<S> for RequirePermission {
    type Service = RequirePermissionService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        RequirePermissionService {
            inner,
            layer: self.clone(),
        }
    }
}

/// The service that [`RequirePermission`] makes of another one.
#[derive(Debug, Clone)]
pub struct RequirePermissionService<S> {
    inner: S,
    layer: RequirePermission,
}

impl<S, B, R> Service<Request<B>> for RequirePermissionService<S>
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

impl fmt::Debug for RequirePermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequirePermission")
            .field("client", &self.0.client)
            .field("permission", &self.0.permission)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RequirePermissionBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequirePermissionBuilder")
            .field("client", &self.client)
            .field("permission", &self.permission)
            .finish_non_exhaustive()
    }
}
