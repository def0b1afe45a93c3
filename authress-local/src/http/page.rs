//! Pages of a collection: in the order of ids, so that a cursor survives what is added and removed between two pages.

use std::collections::BTreeMap;
use std::ops::Bound;

use authress_api::models::{AccountLinks, CollectionLinks, Link, Pagination, PaginationNext};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::uri::PathAndQuery;

use super::answer::Problem;
use super::call::Call;

/// Items of a page of most lists when the caller asks for no number, and the most that may be asked for.
const LIMIT: usize = 100;

/// The same for collections with small pages.
pub(super) const SMALL: usize = 20;

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
        self.page_of(LIMIT, all, chosen)
    }

    /// The same, for lists whose pages have at most `most` items.
    pub(super) fn page_of<M, T>(
        &self,
        most: usize,
        all: &BTreeMap<String, M>,
        chosen: impl Fn(&String, &M) -> Option<T>,
    ) -> Result<Page<T>, Problem> {
        let place = self.place(most)?;
        let after = place.after.map_or(Bound::Unbounded, Bound::Excluded);
        let found = all
            .range((after, Bound::Unbounded))
            .filter_map(|(id, model)| Some((id.clone(), chosen(id, model)?)));
        Ok(self.paged(place.limit, found.take(place.limit + 1).collect()))
    }

    /// The place of the page that the caller asks for: `most` items are what there are without a limit, and the most that may be asked for.
    pub(super) fn place(&self, most: usize) -> Result<Place, Problem> {
        let limit = match self.query("limit") {
            None => most,
            Some(text) => match text.parse() {
                Ok(limit) if (1..=most).contains(&limit) => limit,
                _ => {
                    return Err(Problem::invalid(format!(
                        "request.query.limit must be from 1 to {most}"
                    )));
                }
            },
        };
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
