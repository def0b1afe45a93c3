//! How a server is set up before it starts.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::time::SystemTime;

use crate::http::OnLine;
use crate::{AuthressLocal, Error};

/// Settings of a server; the defaults are those of [`AuthressLocal::start`].
#[must_use = "a server starts with `start`"]
pub struct Builder {
    pub(crate) host: IpAddr,
    pub(crate) port: u16,
    pub(crate) account_id: String,
    pub(crate) enforce: bool,
    pub(crate) clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
    pub(crate) page: Option<bool>,
    pub(crate) log: bool,
    pub(crate) on_line: Option<OnLine>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            account_id: "acc_local".to_owned(),
            enforce: true,
            clock: Box::new(SystemTime::now),
            page: None,
            log: false,
            on_line: None,
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

    /// Whether there is the page at `/_local`: who can do what and why, the state, and the log. Default: when the address is one of this machine alone.
    ///
    /// It needs no token, so everybody who reaches the server can see and change everything there. Only web pages of other sites cannot: it is answered
    /// at `localhost` and at IP addresses alone, and to no other origin.
    pub fn page(mut self, page: bool) -> Self {
        self.page = Some(page);
        self
    }

    /// Keeps the latest 1,000 requests with what was decided, for the page. Default: no; then they cost nothing.
    pub fn log(mut self, log: bool) -> Self {
        self.log = log;
        self
    }

    /// Calls `line` with a line of text for every request, and keeps the latest as [`log`](Self::log) does.
    ///
    /// It has the time, the method, the path without the query, the status, the caller, the decision of a check, and how long the answer took. It has
    /// no token, no key, and no body. What `line` waits for, the request waits for.
    pub fn on_request(mut self, line: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.on_line = Some(Box::new(line));
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
            .field("page", &self.page)
            .field("log", &self.log)
            .finish_non_exhaustive()
    }
}
