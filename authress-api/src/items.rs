//! The items of a list as a stream, whatever pages they come in.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use futures_core::stream::FusedStream;

use crate::{Call, Error, Pages, Paginated};

impl<R: Paginated> Call<R> {
    /// The items of the list as a stream, beginning with the page that this call asks for. Each page is a call of its own, with the parameters and
    /// settings of this one; a limit on the time is for each of them.
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
    /// let mut roles = client.get_roles().stream();
    /// while let Some(role) = roles.try_next().await? {
    ///     println!("{}", role.name);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn stream(self) -> Items<R> {
        Items {
            pages: self.pages(),
            items: Vec::new().into_iter(),
        }
    }
}

/// The items of a list, one after the other, in the order of the service: what [`Call::stream`] returns.
///
/// A page is asked for when all items of the one before were taken and another one is wanted, unless [`read_ahead`](Self::read_ahead) is set. The
/// stream ends after the last item, and after the first error, which comes after the items before it; it can be polled after its end. To go on
/// after an error, use [`Pages`], which tell their [`next_cursor`](Pages::next_cursor).
///
/// Lists may change between two pages; what that means for the items is up to the service.
///
/// # Cancel safety
/// Dropping a future that waits for the next item, as in `select!`, loses nothing: the request under way stays in the stream, and goes on when the
/// stream is polled again. Dropping the stream abandons the request.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<R: Paginated> {
    pages: Pages<R>,
    /// What is left of the page at hand.
    items: vec::IntoIter<R::Item>,
}

impl<R: Paginated> Items<R> {
    /// Asks for one page ahead: while the items of a page are taken, the next page is under way.
    ///
    /// Nothing is spawned: the request is begun with the first item of the page before it, and goes on when the stream is polled.
    ///
    /// ```
    /// use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|_, then| { then.status(200).body(r#"{"roles":[{"name":"Reader","permissions":[]}]}"#); }).await;
    /// # let client = authress_api::Client::new(server.base_url())?;
    /// let roles: Vec<_> = client.get_roles().stream().read_ahead().try_collect().await?;
    /// assert_eq!(roles[0].name, "Reader");
    /// # Ok(()) }
    /// ```
    pub fn read_ahead(mut self) -> Self {
        self.pages = self.pages.read_ahead();
        self
    }
}

impl<R: Paginated> Stream for Items<R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.items.next() {
                this.pages.go_on_ahead(context);
                return Poll::Ready(Some(Ok(item)));
            }
            // A page without items need not be the last.
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => this.items = R::into_items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.items.len();
        (left, self.pages.is_terminated().then_some(left))
    }
}

impl<R: Paginated> FusedStream for Items<R> {
    fn is_terminated(&self) -> bool {
        self.items.len() == 0 && self.pages.is_terminated()
    }
}

// Nothing in it is pinned in place.
impl<R: Paginated> Unpin for Items<R> {}

impl<R: Paginated> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("items_at_hand", &self.items.len())
            .finish_non_exhaustive()
    }
}
