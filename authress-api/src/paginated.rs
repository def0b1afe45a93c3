//! Requests whose answer is one page of a list.

use std::fmt::Debug;

use crate::Request;

/// A [`Request`] for one page of a list: where the next page begins, and which items are on this one.
///
/// It is implemented for each operation that takes a `cursor` and answers with `pagination` and one list. [`Call::pages`](crate::Call::pages) and
/// [`Call::stream`](crate::Call::stream) are written over it.
///
/// ```
/// use authress_api::{Paginated, models::RoleCollection, requests::GetRoles};
///
/// let page: RoleCollection = serde_json::from_str(r#"{"roles":[],"pagination":{"next":{"cursor":"c2"}}}"#)?;
/// assert_eq!(GetRoles::next_cursor(&page), Some("c2"));
/// assert!(GetRoles::into_items(page).is_empty());
///
/// let mut request = GetRoles::new();
/// request.set_page_cursor("c2");
/// assert_eq!(request.page_cursor(), Some("c2"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Paginated: Request {
    /// What the list is of.
    type Item: Debug + Send + 'static;

    /// The cursor of the page that this request asks for; nothing for the first page.
    fn page_cursor(&self) -> Option<&str>;

    /// Makes this a request for the page at `cursor`.
    fn set_page_cursor(&mut self, cursor: &str);

    /// The cursor of the page that comes after `output`; nothing when `output` is the last page, which is one whose cursor is null, absent or
    /// empty.
    fn next_cursor(output: &Self::Output) -> Option<&str>;

    /// The items of the page, in its order.
    fn into_items(output: Self::Output) -> Vec<Self::Item>;
}
