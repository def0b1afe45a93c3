//! How a server is set up before it starts.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::time::SystemTime;

use crate::{AuthressLocal, Error};

/// Settings of a server; the defaults are those of [`AuthressLocal::start`].
#[must_use = "a server starts with `start`"]
pub struct Builder {
    pub(crate) host: IpAddr,
    pub(crate) port: u16,
    pub(crate) account_id: String,
    pub(crate) enforce: bool,
    pub(crate) clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            account_id: "acc_local".to_owned(),
            enforce: true,
            clock: Box::new(SystemTime::now),
        }
    }

    /// The address to listen on. Default: 127.0.0.1. The server has no TLS and anybody who reaches it can ask; leave it on this machine.
    pub fn host(mut self, host: impl Into<IpAddr>) -> Self {
        self.host = host.into();
        self
    }

    /// The port to listen on. Default: 0, any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The id of the account, part of access keys and tokens: letters, digits, `-` and `_`. Default: `acc_local`.
    pub fn account_id(mut self, account_id: impl Into<String>) -> Self {
        self.account_id = account_id.into();
        self
    }

    /// Lets every caller with a good token manage everything. Default: callers need the permissions that the service asks of them.
    pub fn permissive(mut self, permissive: bool) -> Self {
        self.enforce = !permissive;
        self
    }

    /// The clock that tokens and times of change go by. Default: that of the system.
    ///
    /// A client makes its tokens by a clock of its own. Where that is more than 10 seconds ahead of this one, they are refused.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Starts the server.
    ///
    /// # Errors
    /// When the port cannot be had, the account id is not of the form above, or the system gives no random numbers.
    ///
    /// # Panics
    /// Outside of a Tokio runtime, as everything that uses the network does.
    pub async fn start(self) -> Result<AuthressLocal, Error> {
        AuthressLocal::from_builder(self).await
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("account_id", &self.account_id)
            .field("enforce", &self.enforce)
            .finish_non_exhaustive()
    }
}
