//! A running server, as the program and the tests that started it hold it.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use authress_api::Secret;
use authress_api::models::{Client, ClientOptions};
use tokio::net::TcpListener;

use crate::account::{Account, AccountKeys};
use crate::connections::Connections;
use crate::engine::OWNER;
use crate::http::{Shared, VerifiedTokens, seconds};
use crate::keys::token::{self, UserToken};
use crate::keys::{KeyPair, random_id};
use crate::store::{Store, StoredKey};
use crate::{Builder, Error, Explanation};

/// The service client that is there from the start.
const OWNER_CLIENT: &str = "sc_owner";

/// A local Authress that listens until it is dropped.
///
/// Each has a port, an account, keys and state of its own, so that any number of them run side by side in one process.
pub struct AuthressLocal {
    shared: Arc<Shared>,
    address: SocketAddr,
    access_key: Secret,
    connections: Connections,
}

impl AuthressLocal {
    /// Starts a server on a free loopback port.
    ///
    /// # Errors
    /// When no port can be had, or the system gives no random numbers.
    ///
    /// # Panics
    /// Outside of a Tokio runtime, as everything that uses the network does.
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// A server with settings.
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) async fn from_builder(builder: Builder) -> Result<Self, Error> {
        let is_id = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        if !is_id(&builder.account_id) {
            return Err(Error::new(
                "the account id may have letters, digits, `-` and `_`, and must not be empty",
            ));
        }
        let cannot_listen = |error| {
            let address = SocketAddr::new(builder.host, builder.port);
            Error::io(format!("{address} cannot be listened on"), error)
        };
        let listener = TcpListener::bind((builder.host, builder.port))
            .await
            .map_err(cannot_listen)?;
        let address = listener.local_addr().map_err(cannot_listen)?;

        // On all addresses at once it has none of its own; what clients can use comes first then.
        let mut urls = Vec::new();
        if !address.ip().is_unspecified() {
            urls.push(format!("http://{address}"));
        }
        // Names of the same place: whatever a client was told is what it puts into its tokens.
        urls.extend(["127.0.0.1", "localhost", "[::1]"].map(|host| format!("http://{host}:{}", address.port())));
        let account = Account::new(builder.account_id, urls, AccountKeys::generate()?);
        let shared = Arc::new(Shared {
            account,
            store: Store::new().into(),
            verified: VerifiedTokens::default(),
            enforce: builder.enforce,
            clock: builder.clock,
        });
        let now = shared.now();
        let access_key = shared.change(|store| first_client(store, shared.account.id(), now))?;

        let connections = Connections::serve(listener, Arc::clone(&shared));
        Ok(Self {
            shared,
            address,
            access_key,
            connections,
        })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        self.shared.account.url()
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// An access key to begin with: that of a service client that holds `Authress:Owner` on everything.
    pub fn access_key(&self) -> &str {
        self.access_key.expose()
    }

    /// A token of `user_id`, as the service makes one at a login: it is good for 24 hours.
    pub fn user_token(&self, user_id: &str) -> String {
        let account = &self.shared.account;
        let claims = token::of_user(&UserToken::new(account, user_id, seconds(self.shared.now())));
        token::sign(account.keys().current(), &claims)
    }

    /// Signs users' tokens with a new key from now on. The keys before it stay in the JWKS and their tokens good, until
    /// [`retire_old_keys`](Self::retire_old_keys).
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn rotate_keys(&self) -> Result<(), Error> {
        self.shared.account.rotate_key()
    }

    /// Removes every key of the account but the newest from the JWKS; the tokens that they have signed are refused from now on.
    pub fn retire_old_keys(&self) {
        self.shared.account.retire_old_keys();
    }

    /// Lets `user_id` do `actions` on `resource` and everything below, by an access record and a role made for it; returns the record's id.
    ///
    /// `*` is every resource. A text that is no resource, since it is empty or has an empty segment as `a//b` has, gives nothing, and
    /// [`explain`](Self::explain) says so.
    pub fn grant<A: Into<String>>(
        &self,
        user_id: &str,
        resource: &str,
        actions: impl IntoIterator<Item = A>,
    ) -> String {
        let actions: Vec<String> = actions.into_iter().map(Into::into).collect();
        let now = self.shared.now();
        self.shared
            .change(|store| store.grant(user_id, resource, &actions, now))
    }

    /// Why a check is answered as it is: what decides it, or what is missing.
    pub fn explain(&self, user_id: &str, resource: &str, permission: &str) -> Explanation {
        self.shared
            .read(|store| store.engine.explain(user_id, resource, permission))
    }

    /// Lets the requests that have begun finish, for at most 5 seconds, and stops.
    ///
    /// Dropping the server stops it at once: nothing is answered any more. The port is free after `stop`; after a drop, as soon as the runtime gets to it.
    ///
    /// # Cancel safety
    /// A server whose `stop` is dropped before it is done stops at once.
    pub async fn stop(self) {
        self.connections.finish().await;
    }
}

/// Makes the service client that everything else can be made with.
fn first_client(store: &mut Store, account_id: &str, now: chrono::DateTime<chrono::Utc>) -> Result<Secret, Error> {
    let pair = KeyPair::generate(random_id(4)?)?;
    let options = ClientOptions::new().grant_user_permissions_access(true);
    store.put_client(
        OWNER_CLIENT,
        Client::new().name("Owner of the local account").options(options),
        now,
    );
    if let Some(client) = store.clients.get_mut(OWNER_CLIENT) {
        client.keys.push(StoredKey {
            id: pair.id().to_owned(),
            public: pair.public()?,
            created: now,
        });
    }
    store.give("rec_owner", OWNER_CLIENT, "*", OWNER, now);
    Ok(Secret::from(format!(
        "{OWNER_CLIENT}.{}.{account_id}.{}",
        pair.id(),
        pair.private_base64()?
    )))
}

impl fmt::Debug for AuthressLocal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthressLocal")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
