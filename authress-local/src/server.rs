//! A running server, as the program and the tests that started it hold it.

use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

#[cfg(feature = "client")]
use authress::AuthressClient;
use authress_api::Secret;
use authress_api::models::{Client, UserIdentity};
use http::Uri;
use tokio::net::TcpListener;

use crate::account::Account;
use crate::connections::Connections;
use crate::files::{self, DataFile, Saver};
use crate::http::{Log, Shared, VerifiedTokens, seconds};
use crate::keys::random_id;
use crate::keys::token::{self, UserToken};
use crate::start::{self, Start};
use crate::store::{MAX_KEYS, OWNER_CLIENT, Store};
use crate::{Builder, Error, Explanation, Faults, SeedFormat};

/// A local Authress that listens until it is dropped.
///
/// Each has a port, an account, keys and state of its own, so that any number of them run side by side in one process.
pub struct AuthressLocal {
    shared: Arc<Shared>,
    address: SocketAddr,
    owner_access_key: Secret,
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
        for url in &builder.also_at {
            urls.push(origin(url)?);
        }
        let data = builder.data.clone().map(DataFile::take).transpose()?;
        let now = builder.clock.now();
        let start = Start::of(&builder, data.as_ref(), urls, now)?;
        let (account, store) = (Arc::new(start.account), Arc::new(start.store.into()));
        let owner_access_key = start.owner_access_key;
        let saver = match data {
            None => None,
            Some(file) => Some(saver(file, &account, &store, &owner_access_key)?),
        };
        let shared = Arc::new(Shared {
            account,
            store,
            saver,
            faults: builder.faults,
            verified: VerifiedTokens::default(),
            enforce: builder.enforce,
            clock: builder.clock,
            page: builder.page.unwrap_or(address.ip().is_loopback()),
            log: (builder.log || builder.on_line.is_some()).then(|| Log::new(builder.on_line)),
        });
        let connections = Connections::serve(listener, Arc::clone(&shared));
        Ok(Self {
            shared,
            address,
            owner_access_key,
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

    /// The access key to begin with: that of the service client `sc_owner`, which holds `Authress:Owner` on everything.
    pub fn owner_access_key(&self) -> &str {
        self.owner_access_key.expose()
    }

    /// A new access key of the service client `client_id`, which is made when it is not there. Alone it may do nothing: see [`grant`](Self::grant).
    ///
    /// # Errors
    /// When the id is empty or has characters other than letters, digits and `-_:@|~`, when it is `sc_owner`, whose one key is
    /// [`owner_access_key`](Self::owner_access_key), when the client has five keys already, or when the system gives no random numbers.
    pub fn access_key(&self, client_id: &str) -> Result<String, Error> {
        let (id, now) = (client_id.to_owned(), self.shared.now());
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_:@|~".contains(c));
        if !is_id {
            return Err(Error::new(
                "the client id may have letters, digits and -_:@|~, and must not be empty",
            ));
        }
        // Every start makes this client anew: another key of it would be good until the next one alone.
        if id == OWNER_CLIENT {
            return Err(Error::new(format!(
                "{OWNER_CLIENT} is the server's own, and has the owner's access key alone"
            )));
        }
        let (key, _) = self.shared.change(|store| {
            if !store.clients.contains_key(&id) {
                store.put_client(&id, Client::new().name(&id), now);
            }
            store.new_access_key(&id, self.shared.account.id(), now)
        });
        let (_, key) = key?.ok_or_else(|| Error::new(format!("{client_id} has {MAX_KEYS} access keys already")))?;
        Ok(key.expose().to_owned())
    }

    /// A client of this server that may do everything: it signs with [`owner_access_key`](Self::owner_access_key).
    ///
    /// # Errors
    /// When the client cannot be built.
    #[cfg(feature = "client")]
    pub fn client(&self) -> Result<AuthressClient, authress::Error> {
        AuthressClient::builder(self.url())
            .access_key(self.owner_access_key())
            .build()
    }

    /// A client of this server that acts as `user_id`.
    ///
    /// # Errors
    /// When the client cannot be built.
    #[cfg(feature = "client")]
    pub fn client_of_user(&self, user_id: &str) -> Result<AuthressClient, authress::Error> {
        AuthressClient::builder(self.url())
            .build()?
            .with_user_token(&self.user_token(user_id))
    }

    /// A token of `user_id`, as the service makes one at a login: it is good for 24 hours. The user is one of the known users from then on.
    pub fn user_token(&self, user_id: &str) -> String {
        let account = &self.shared.account;
        let (is_known, mut others) = self.shared.read(|store| {
            let id = store.engine.user(user_id);
            let is_known = store.users.contains_key(id) || store.clients.contains_key(id);
            (is_known, store.token_claims(id))
        });
        // What does not change is not saved again.
        if !is_known {
            self.shared.change(|store| store.seen_user(UserIdentity::new(user_id)));
        }
        // By which it can be disabled; a token without one cannot.
        if let Ok(id) = random_id(8) {
            others.insert("jti".to_owned(), id.into());
        }
        let mut token = UserToken::new(account, user_id, seconds(self.shared.now()));
        token.more = others;
        token::sign(account.keys().current(), &token::of_user(&token))
    }

    /// A token of `user_id` that has ended an hour ago.
    pub fn expired_user_token(&self, user_id: &str) -> String {
        let account = &self.shared.account;
        let made = seconds(self.shared.now()).saturating_sub(token::USER_TOKEN_SECONDS + 3600);
        token::sign(
            account.keys().current(),
            &token::of_user(&UserToken::new(account, user_id, made)),
        )
    }

    /// Signs users' tokens with a new key from now on. The keys before it stay in the JWKS and their tokens good, until
    /// [`retire_old_keys`](Self::retire_old_keys).
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn rotate_keys(&self) -> Result<(), Error> {
        self.shared.account.rotate_key()?;
        self.shared.change(|_| ());
        Ok(())
    }

    /// Removes every key of the account but the newest from the JWKS; the tokens that they have signed are refused from now on.
    pub fn retire_old_keys(&self) {
        self.shared.account.retire_old_keys();
        self.shared.change(|_| ());
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
            .0
    }

    /// What the server is to do wrong, and where: for tests of those who call it.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// Puts the server's clock ahead, in addition to what was done before: tokens end sooner, and times of change are later.
    pub fn advance_clock(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// Puts the server's clock back, in addition to what was done before: a client's tokens may come from the future then.
    pub fn turn_back_clock(&self, by: Duration) {
        self.shared.clock.turn_back(by);
    }

    /// The whole state as a seed, which a server can begin with: everything but the first service client, its record, and keys of the account.
    ///
    /// A server that begins with it gives the same text again.
    ///
    /// # Errors
    /// When the state cannot be written in this format.
    pub fn snapshot(&self, format: SeedFormat) -> Result<String, Error> {
        format.write(&self.shared.read(Store::seed))
    }

    /// Writes a [`snapshot`](Self::snapshot) to a file, whole or not at all: JSON when its name ends in `.json`, else YAML.
    ///
    /// # Errors
    /// When the file cannot be written; then it holds what it held.
    pub fn save_snapshot(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        files::write_text(path, &self.snapshot(SeedFormat::of(path))?)
    }

    /// Why a check is answered as it is: what decides it, or what is missing.
    pub fn explain(&self, user_id: &str, resource: &str, permission: &str) -> Explanation {
        self.shared.explain(user_id, resource, permission)
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

/// A URL of a scheme, a host and perhaps a port, as clients put it into their tokens: in lower case, without the port that goes without saying.
fn origin(url: &str) -> Result<String, Error> {
    let not_one = || Error::new(format!("{url} is no URL of a scheme, http or https, and a host alone"));
    let uri: Uri = url.trim_end_matches('/').parse().map_err(|_| not_one())?;
    let (scheme, host) = uri.scheme_str().zip(uri.host()).ok_or_else(not_one)?;
    let alone = matches!(uri.path(), "" | "/") && uri.query().is_none() && !url.contains('@');
    if !alone || !matches!(scheme, "http" | "https") {
        return Err(not_one());
    }
    let host = host.to_ascii_lowercase();
    let usual = if scheme == "http" { 80 } else { 443 };
    let port = uri.port_u16().filter(|port| *port != usual);
    Ok(port.map_or_else(
        || format!("{scheme}://{host}"),
        |port| format!("{scheme}://{host}:{port}"),
    ))
}

/// Writes the state to the file: once now, so that a file that cannot be written stops the start, and then after every change.
fn saver(
    file: DataFile,
    account: &Arc<Account>,
    store: &Arc<RwLock<Store>>,
    access_key: &Secret,
) -> Result<Saver, Error> {
    let (account, store, access_key) = (Arc::clone(account), Arc::clone(store), access_key.clone());
    let save = move || {
        let data = start::kept(
            &account,
            &access_key,
            &store.read().unwrap_or_else(PoisonError::into_inner),
        )?;
        file.write(&data)
    };
    save()?;
    Saver::start(save)
}

impl fmt::Debug for AuthressLocal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthressLocal")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_url_is_a_scheme_and_a_host_as_tokens_have_them() {
        for (url, expected) in [
            ("http://authress:8888", "http://authress:8888"),
            ("http://Authress:8888/", "http://authress:8888"),
            ("https://authress.example.com:443", "https://authress.example.com"),
            ("http://authress:80", "http://authress"),
            ("http://[::1]:9", "http://[::1]:9"),
        ] {
            assert_eq!(origin(url).unwrap(), expected);
        }
        for url in [
            "",
            "authress",
            "authress:8888",
            "ftp://a",
            "http://a/b",
            "http://a?b",
            "http://a@b",
            "http://",
            "http://a b",
        ] {
            assert!(origin(url).is_err(), "{url}");
        }
    }
}
