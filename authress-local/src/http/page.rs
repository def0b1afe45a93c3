//! Pages of a collection: in the order of ids, so that a cursor survives what is added and removed between two pages.

use std::collections::BTreeMap;
use std::ops::Bound;

use authress_api::models::{AccountLinks, CollectionLinks, Link, Pagination, PaginationNext};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::uri::PathAndQuery;

use super::answer::Problem;
use super::call::Call;

/// One page.
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    pub(super) pagination: Pagination,
    pub(super) links: CollectionLinks,
}

/// Where a page begins and how long it may be.
pub(super) struct Place {
    /// The key of the last item before it.
    pub(super) after: Option<String>,
    pub(super) limit: usize,
}

impl Call<'_> {
    /// The page that the caller asks for, of those of `all` that `chosen` turns into items.
    pub(super) fn page<M, T>(
        &self,
        all: &BTreeMap<String, M>,
        chosen: impl Fn(&String, &M) -> Option<T>,
    ) -> Result<Page<T>, Problem> {
        let place = self.place()?;
        let after = place.after.map_or(Bound::Unbounded, Bound::Excluded);
        let found = all
            .range((after, Bound::Unbounded))
            .filter_map(|(id, model)| Some((id.clone(), chosen(id, model)?)));
        Ok(self.paged(place.limit, found.take(place.limit + 1).collect()))
    }

    /// The place of the page that the caller asks for. Without a limit a page has as many items as may be asked for, in all lists.
    pub(super) fn place(&self) -> Result<Place, Problem> {
        let limit = self.query("limit").and_then(|limit| limit.parse().ok());
        let limit = limit.unwrap_or(self.most_in_page);
        let after = match self.query("cursor") {
            None => None,
            Some(cursor) => {
                let key = URL_SAFE_NO_PAD
                    .decode(cursor)
                    .ok()
                    .and_then(|key| String::from_utf8(key).ok());
                Some(key.ok_or_else(|| Problem::invalid("request.query.cursor is none that was given out"))?)
            }
        };
        Ok(Place { after, limit })
    }

    /// The page of what was found from its place on, with keys and in their order; one item more than `limit` says that there is another page.
    pub(super) fn paged<T>(&self, limit: usize, mut found: Vec<(String, T)>) -> Page<T> {
        let more = found.len() > limit;
        found.truncate(limit);
        let cursor = found
            .last()
            .filter(|_| more)
            .map(|(key, _)| URL_SAFE_NO_PAD.encode(key));
        let uri = &self.parts.uri;
        let to = |href: String| Link::new().href(format!("{}{href}", self.shared.account.url()));
        let here = uri.path_and_query().map_or(uri.path(), PathAndQuery::as_str);
        let mut links = CollectionLinks::new().self_(to(here.to_owned()));
        let mut pagination = Pagination::new();
        if let Some(cursor) = cursor {
            // The next page of the same question: all of its query counts, but for the cursor.
            let pairs = uri.query().unwrap_or_default().split('&');
            let others = pairs.filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("cursor"));
            let query: String = others.flat_map(|pair| [pair, "&"]).collect();
            links = links.next(to(format!("{}?{query}cursor={cursor}", uri.path())));
            pagination = pagination.next(PaginationNext::new().cursor(cursor));
        }
        Page {
            items: found.into_iter().map(|(_, item)| item).collect(),
            pagination,
            links,
        }
    }

    /// The links of one thing at `path`.
    pub(super) fn links(&self, path: &str) -> AccountLinks {
        AccountLinks::new().self_(Link::new().href(format!("{}{path}", self.shared.account.url())))
    }
}

/// Whether `filter`, if there is one, occurs in one of `texts`, whatever the case.
pub(super) fn matches(filter: Option<&str>, texts: &[&str]) -> bool {
    filter.is_none_or(|filter| {
        texts
            .iter()
            .any(|text| text.to_lowercase().contains(&filter.to_lowercase()))
    })
}
