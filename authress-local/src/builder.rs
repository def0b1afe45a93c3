//! How a server is set up before it starts.

use std::fmt;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::SystemTime;

use crate::clock::Clock;
use crate::engine::Settings;
use crate::http::OnLine;
use crate::store::Seed;
use crate::{AuthressLocal, Error, Faults, SeedFormat};

/// Settings of a server; the defaults are those of [`AuthressLocal::start`].
#[must_use = "a server starts with `start`"]
pub struct Builder {
    pub(crate) host: IpAddr,
    pub(crate) port: u16,
    pub(crate) also_at: Vec<String>,
    pub(crate) account_id: String,
    pub(crate) enforce: bool,
    pub(crate) settings: Settings,
    pub(crate) seed: Option<SeedSource>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) faults: Faults,
    pub(crate) clock: Clock,
    pub(crate) page: Option<bool>,
    pub(crate) log: bool,
    pub(crate) on_line: Option<OnLine>,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            also_at: Vec::new(),
            account_id: "acc_local".to_owned(),
            enforce: true,
            settings: Settings::default(),
            seed: None,
            data: None,
            faults: Faults::new(),
            clock: Clock::system(),
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

    /// Another URL by which clients reach the server, such as `http://authress:8888` in a network of containers: tokens may be for it. The URL that the
    /// server calls itself stays [`url`](AuthressLocal::url).
    pub fn also_at(mut self, url: impl Into<String>) -> Self {
        self.also_at.push(url.into());
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

    /// Whether what is given on `documents/*` is given on `documents` itself too, as it is on all that is below. Default: yes.
    ///
    /// With `false`, a question about `documents/*` is one about what is below, too. The service's material can be read in both ways.
    pub fn collection_wildcard_covers_collection(mut self, covers: bool) -> Self {
        self.settings.collection_wildcard_covers_collection = covers;
        self
    }

    /// Whether `Authress:ServiceClients/{id}` is another name of the user `{id}`, wherever a user is named. Default: yes.
    ///
    /// The service's older material names service clients so.
    pub fn service_client_alias(mut self, alias: bool) -> Self {
        self.settings.service_client_alias = alias;
        self
    }

    /// A seed to begin with: the state as YAML or JSON, as [`snapshot`](AuthressLocal::snapshot) writes it. Default: nothing.
    pub fn seed(mut self, text: impl Into<String>) -> Self {
        self.seed = Some(SeedSource::Text(text.into()));
        self
    }

    /// A file with a seed to begin with: JSON when its name ends in `.json`, else YAML. It is read at the start and never written.
    pub fn seed_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.seed = Some(SeedSource::File(path.into()));
        self
    }

    /// A file in which the server keeps its state and its keys, to go on with them when it starts again. Default: nothing is kept.
    ///
    /// It is written whole after each change, before the change is acknowledged, and never in part; one that is damaged is refused and left as it is. A
    /// seed counts only while the file is not there yet. It holds private keys, and only its owner can read it.
    pub fn data_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.data = Some(path.into());
        self
    }

    /// Faults that are there from the first request on; the server's [`faults`](AuthressLocal::faults) are these. Default: none.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// The clock that tokens and times of change go by. Default: that of the system.
    ///
    /// A client makes its tokens by a clock of its own. Where that is more than 10 seconds ahead of this one, they are refused.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(clock);
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

    /// Keeps the latest 1,000 requests with what was decided, for the page, whose own are not among them. Default: no; then they cost nothing.
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
    /// When the port cannot be had, the account id is not of the form above, another URL is none of a scheme and a host alone, the seed or the data file cannot be read or says what cannot be, or the
    /// system gives no random numbers.
    ///
    /// # Panics
    /// Outside of a Tokio runtime, as everything that uses the network does.
    pub async fn start(self) -> Result<AuthressLocal, Error> {
        AuthressLocal::from_builder(self).await
    }
}

/// Where a seed is.
#[derive(Debug)]
pub(crate) enum SeedSource {
    Text(String),
    File(PathBuf),
}

impl SeedSource {
    pub(crate) fn read(&self) -> Result<Seed, Error> {
        match self {
            // JSON is YAML too.
            Self::Text(text) => SeedFormat::Yaml
                .read(text)
                .map_err(|error| Error::new(format!("the seed: {error}"))),
            Self::File(path) => {
                let text = fs::read_to_string(path)
                    .map_err(|error| Error::io(format!("the seed {} cannot be read", path.display()), error))?;
                let seed = SeedFormat::of(path).read(&text);
                seed.map_err(|error| Error::new(format!("the seed {}: {error}", path.display())))
            }
        }
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("also_at", &self.also_at)
            .field("account_id", &self.account_id)
            .field("enforce", &self.enforce)
            .field("seed", &self.seed.is_some())
            .field("data", &self.data)
            .field("page", &self.page)
            .field("log", &self.log)
            .finish_non_exhaustive()
    }
}
