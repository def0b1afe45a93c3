//! The pages of a list as a stream.

use std::collections::HashSet;
use std::fmt;
use std::future::{Future, IntoFuture as _};
use std::hash::{BuildHasher as _, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_core::stream::FusedStream;

use crate::{Call, Error, Paginated};

impl<R: Paginated> Call<R> {
    /// The pages of the list as a stream, beginning with the one that this call asks for. Each page is a call of its own, with the parameters and
    /// settings of this one; a limit on the time is for each of them.
    ///
    /// [`stream`](Self::stream) gives the items alone.
    ///
    /// ```
    /// use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|when, then| { when.query_param("cursor", "c2"); then.status(200).body(r#"{"roles":[]}"#); }).await;
    /// # server.mock_async(|when, then| {
    /// #     when.query_param_missing("cursor");
    /// #     then.status(200).body(r#"{"roles":[{"name":"Reader","permissions":[]}],"pagination":{"next":{"cursor":"c2"}}}"#);
    /// # }).await;
    /// # let client = authress_api::Client::new(server.base_url())?;
    /// let mut pages = client.get_roles().limit(50).pages();
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{} roles", page.roles.len());
    /// }
    /// # Ok(()) }
    /// ```
    pub fn pages(self) -> Pages<R> {
        Pages::new(self)
    }
}

/// The pages of a list, one after the other: what [`Call::pages`] returns.
///
/// A page is asked for when the stream is polled for it, not earlier, unless [`read_ahead`](Self::read_ahead) is set. The stream ends after the
/// last page, and after the first error; it can be polled after its end. A service that gives a cursor for the second time would make a list
/// without end: the stream ends with an error instead.
///
/// Lists may change between two pages; what that means for the items is up to the service.
///
/// # Cancel safety
/// Dropping a future that waits for the next page, as in `select!`, loses nothing: the request under way stays in the stream, and goes on when the
/// stream is polled again. Dropping the stream abandons the request.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<R: Paginated> {
    call: Call<R>,
    next: Next,
    under_way: Option<UnderWay<R>>,
    seen: Seen,
    read_ahead: bool,
    is_ended: bool,
}

/// What comes after the last page that was handed out.
enum Next {
    /// The page that the call asks for.
    First,
    /// The page at a cursor.
    At(String),
    /// A page that was there before.
    Repeated,
    /// Nothing.
    End,
}

/// The page after the last one that was handed out, once it is asked for.
enum UnderWay<R: Paginated> {
    Asked(Pin<Box<dyn Future<Output = Result<R::Output, Error>> + Send>>),
    Arrived(Result<R::Output, Error>),
}

impl<R: Paginated> Pages<R> {
    fn new(call: Call<R>) -> Self {
        let mut seen = Seen::default();
        if let Some(cursor) = call.request().page_cursor() {
            seen.is_new(cursor);
        }
        Self {
            call,
            next: Next::First,
            under_way: None,
            seen,
            read_ahead: false,
            is_ended: false,
        }
    }

    /// Asks for one page ahead: while a page is worked on, the next one is under way.
    ///
    /// Nothing is spawned: the request is begun when the page before it is handed out, and goes on when the stream is polled.
    ///
    /// ```
    /// use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|_, then| { then.status(200).body(r#"{"roles":[]}"#); }).await;
    /// # let client = authress_api::Client::new(server.base_url())?;
    /// let mut pages = client.get_roles().pages().read_ahead();
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{} roles", page.roles.len());
    /// }
    /// # Ok(()) }
    /// ```
    pub fn read_ahead(mut self) -> Self {
        self.read_ahead = true;
        self
    }

    /// The cursor of the page after the last one that was handed out: where to go on later, for instance after an error. Nothing before the first
    /// page, unless the call has a cursor, and nothing after the last.
    ///
    /// ```
    /// use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|when, then| { when.query_param("cursor", "c2"); then.status(200).body(r#"{"roles":[]}"#); }).await;
    /// # server.mock_async(|when, then| {
    /// #     when.query_param_missing("cursor");
    /// #     then.status(200).body(r#"{"roles":[],"pagination":{"next":{"cursor":"c2"}}}"#);
    /// # }).await;
    /// # let client = authress_api::Client::new(server.base_url())?;
    /// let mut pages = client.get_roles().pages();
    /// let first = pages.try_next().await?;
    /// let cursor = pages.next_cursor().map(str::to_owned);
    /// # assert_eq!(cursor.as_deref(), Some("c2"));
    ///
    /// // Later, perhaps in another process:
    /// if let Some(cursor) = cursor {
    ///     let rest: Vec<_> = client.get_roles().cursor(cursor).pages().try_collect().await?;
    ///     # assert_eq!(rest.len(), 1);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn next_cursor(&self) -> Option<&str> {
        match &self.next {
            Next::First => self.call.request().page_cursor(),
            Next::At(cursor) => Some(cursor),
            Next::Repeated | Next::End => None,
        }
    }

    /// Goes on with the page that is read ahead, where one is.
    pub(crate) fn go_on_ahead(&mut self, context: &mut Context<'_>) {
        if self.read_ahead {
            self.go_on(context);
        }
    }

    /// Asks for the next page, unless that was done, and goes on with it.
    fn go_on(&mut self, context: &mut Context<'_>) {
        let Some(under_way) = self.under_way.take().or_else(|| self.ask()) else {
            return;
        };
        self.under_way = Some(match under_way {
            UnderWay::Asked(mut page) => match page.as_mut().poll(context) {
                Poll::Ready(page) => UnderWay::Arrived(page),
                Poll::Pending => UnderWay::Asked(page),
            },
            arrived @ UnderWay::Arrived(_) => arrived,
        });
    }

    fn ask(&self) -> Option<UnderWay<R>> {
        let call = self.call.clone();
        let call = match &self.next {
            _ if self.is_ended => return None,
            Next::Repeated | Next::End => return None,
            Next::First => call,
            Next::At(cursor) => call.with(|mut request| {
                request.set_page_cursor(cursor);
                request
            }),
        };
        Some(UnderWay::Asked(call.into_future()))
    }

    /// What comes after `page`.
    fn after(&mut self, page: &R::Output) -> Next {
        match R::next_cursor(page) {
            None => Next::End,
            Some(cursor) if self.seen.is_new(cursor) => Next::At(cursor.to_owned()),
            Some(_) => Next::Repeated,
        }
    }
}

impl<R: Paginated> Stream for Pages<R> {
    type Item = Result<R::Output, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.is_terminated() {
            return Poll::Ready(None);
        }
        if matches!(this.next, Next::Repeated) {
            this.is_ended = true;
            return Poll::Ready(Some(Err(Error::cursor_repeated().with_operation(R::OPERATION))));
        }
        this.go_on(context);
        match this.under_way.take() {
            Some(UnderWay::Arrived(Ok(page))) => {
                this.next = this.after(&page);
                this.go_on_ahead(context);
                Poll::Ready(Some(Ok(page)))
            }
            Some(UnderWay::Arrived(Err(error))) => {
                this.is_ended = true;
                Poll::Ready(Some(Err(error)))
            }
            asked => {
                this.under_way = asked;
                Poll::Pending
            }
        }
    }
}

impl<R: Paginated> FusedStream for Pages<R> {
    fn is_terminated(&self) -> bool {
        self.is_ended || matches!(self.next, Next::End)
    }
}

// Nothing in it is pinned in place: what must not move is in a box.
impl<R: Paginated> Unpin for Pages<R> {}

impl<R: Paginated> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("call", &self.call)
            .field("next_cursor", &self.next_cursor())
            .field("read_ahead", &self.read_ahead)
            .finish_non_exhaustive()
    }
}

/// The cursors that were there, as hashes of 128 bits.
///
/// A cursor may be some kilobytes long, and a list may have thousands of pages: 16 bytes a page are nothing. Two cursors with the same 64 bits
/// would be unlikely, with the same 128 bits they do not happen; they would end a list that has more. The keys are random, so that no service can
/// make them.
#[derive(Default)]
struct Seen {
    keys: (RandomState, RandomState),
    hashes: HashSet<u128>,
}

impl Seen {
    /// Whether `cursor` was not there yet. From now on it was.
    fn is_new(&mut self, cursor: &str) -> bool {
        let (high, low) = (self.keys.0.hash_one(cursor), self.keys.1.hash_one(cursor));
        self.hashes.insert(u128::from(high) << 64 | u128::from(low))
    }
}
