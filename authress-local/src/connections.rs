//! The connections of a server: accepted, limited in time, and ended, in order or at once. What they are answered is decided in `http`.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::head_timer::HeadTimer;
use crate::http::{self, Shared};

/// Longest that a request that has begun may take when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// Longest that a client may take for the head of a request; a connection that idles longer is closed as well.
const HEAD_LIMIT: Duration = Duration::from_secs(30);

/// The wait after a connection could not be accepted: when the process has no file left for it, asking again at once would ask for ever.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A server's connections; dropping it ends them at once.
#[derive(Debug)]
pub(crate) struct Connections {
    /// A change tells every connection to answer what has begun and then to close; that the sender is gone, to close.
    finish: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Connections {
    /// Accepts and serves what comes to `listener`.
    pub(crate) fn serve(listener: TcpListener, shared: Arc<Shared>) -> Self {
        let (finish, told) = watch::channel(());
        let task = tokio::spawn(accept(listener, shared, told));
        Self { finish, task }
    }

    /// Accepts nothing more, lets what has begun finish within its time, and ends the rest.
    pub(crate) async fn finish(self) {
        let Self { finish, mut task } = self;
        finish.send_replace(());
        if tokio::time::timeout(GRACE, &mut task).await.is_err() {
            drop(finish);
            // Connections wait for nothing once they are told to close. The task can only have ended or panicked; either way it is over.
            let _ = task.await;
        }
    }
}

/// Ends when the last connection has.
async fn accept(listener: TcpListener, shared: Arc<Shared>, mut finish: watch::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            _ = finish.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&shared), finish.clone()));
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Serves one connection; what goes wrong with it is the client's affair.
async fn connection(stream: TcpStream, shared: Arc<Shared>, mut finish: watch::Receiver<()>) {
    // An answer is not held back until the client has acknowledged the one before. Without it, it only comes later.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let shared = Arc::clone(&shared);
        async move { http::serve(&shared, request).await }
    });
    let served = http1::Builder::new()
        .timer(HeadTimer::default())
        .header_read_timeout(HEAD_LIMIT)
        // Most answers are small: one buffer costs less than a list of two.
        .writev(false)
        .serve_connection(TokioIo::new(stream), service);
    let mut served = pin!(served);
    loop {
        // In this order, so that a connection that is told to close answers nothing more.
        tokio::select! {
            biased;
            told = finish.changed() => match told {
                Ok(()) => served.as_mut().graceful_shutdown(),
                Err(_) => return,
            },
            _ = served.as_mut() => return,
        }
    }
}
