//! Where a login may send a user back to (RFC 9700 section 2.1): a code that goes elsewhere is a stolen one.

use url::{Host, Url};

use crate::http::answer::Problem;

/// Longest address, in bytes; what an application registers is at most half of it.
const MAX_URL: usize = 2_048;

/// Reads an address to send a browser to: an absolute one, without a user name, a password or a fragment (RFC 6749 section 3.1.2).
pub(super) fn parse(place: &str, text: &str) -> Result<Url, Problem> {
    let invalid = |title: &str| Problem::invalid(format!("request.{place}: {title}"));
    if text.len() > MAX_URL {
        return Err(invalid("is too long"));
    }
    let url = Url::parse(text).map_err(|_| invalid("is no absolute URL"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(invalid("must be https or http"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("must not hold a user name or password"));
    }
    if url.fragment().is_some() {
        return Err(invalid("must not have a fragment"));
    }
    Ok(url)
}

/// Whether `url` is one that an application has with `registered`: the same, one of a subdomain, or one with more of a path or a query.
pub(super) fn is_of_application(url: &Url, registered: &[String]) -> bool {
    registered
        .iter()
        .filter_map(|known| Url::parse(known).ok())
        .any(|known| extends(url, &known))
}

fn extends(url: &Url, known: &Url) -> bool {
    let host = match (url.host(), known.host()) {
        (Some(Host::Domain(host)), Some(Host::Domain(known))) => host
            .strip_suffix(known)
            .is_some_and(|before| before.is_empty() || before.ends_with('.')),
        (host, known) => host.is_some() && host == known,
    };
    // What is added to a path begins a segment: `/app` allows `/app/x`, not `/apple`.
    let path = url
        .path()
        .strip_prefix(known.path())
        .is_some_and(|more| more.is_empty() || more.starts_with('/') || known.path().ends_with('/'));
    let query = known.query().is_none_or(|query| {
        let found = url.query().unwrap_or_default();
        url.path() == known.path()
            && found
                .strip_prefix(query)
                .is_some_and(|more| more.is_empty() || more.starts_with('&'))
    });
    host && path
        && query
        && url.scheme() == known.scheme()
        && url.port_or_known_default() == known.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_allows_its_subdomains_and_more_of_a_path_or_query_and_nothing_else() {
        for (url, known, allowed) in [
            ("https://a.com/", "https://a.com", true),
            ("https://a.com/x?y", "https://a.com", true),
            ("https://app.a.com/", "https://a.com", true),
            ("https://a.com:443/", "https://a.com", true),
            ("https://a.com/app/x", "https://a.com/app", true),
            ("https://a.com/app?x", "https://a.com/app", true),
            ("https://a.com/app/", "https://a.com/app/", true),
            ("https://a.com/?a=1&b", "https://a.com/?a=1", true),
            ("http://127.0.0.1:3000/x", "http://127.0.0.1:3000", true),
            ("http://a.com/", "https://a.com", false),
            ("https://a.com:444/", "https://a.com", false),
            ("https://nota.com/", "https://a.com", false),
            ("https://a.com.b.com/", "https://a.com", false),
            ("https://com/", "https://a.com", false),
            ("https://a.com/apple", "https://a.com/app", false),
            ("https://a.com/app/../x", "https://a.com/app", false),
            ("https://a.com/app/%2e%2e/x", "https://a.com/app", false),
            ("https://a.com/?a=12", "https://a.com/?a=1", false),
            ("https://a.com/x?a=1", "https://a.com/?a=1", false),
            ("http://1.127.0.0.1/", "http://127.0.0.1", false),
        ] {
            // What is no URL at all is refused before.
            let fits = Url::parse(url).is_ok_and(|url| is_of_application(&url, &[known.to_owned()]));
            assert_eq!(fits, allowed, "{url} for {known}");
        }
        let url = Url::parse("https://a.com/").unwrap();
        assert!(!is_of_application(&url, &[]) && !is_of_application(&url, &["*".to_owned(), String::new()]));
    }

    #[test]
    fn an_address_is_absolute_and_without_anything_that_hides_where_it_leads() {
        for (text, fits) in [
            ("https://a.com/x?y", true),
            ("http://localhost:3000", true),
            ("/x", false),
            ("//a.com", false),
            ("javascript:alert(1)", false),
            ("https://a.com@b.com/", false),
            ("https://:p@b.com/", false),
            ("https://a.com/#x", false),
            ("", false),
        ] {
            assert_eq!(parse("x", text).is_ok(), fits, "{text}");
        }
        for (length, fits) in [(2_048, true), (2_049, false)] {
            assert_eq!(parse("x", &format!("{:x<length$}", "https://a.com/")).is_ok(), fits);
        }
    }
}
