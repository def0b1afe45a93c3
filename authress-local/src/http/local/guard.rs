//! Who may see what is under `/_local`, where no token is asked for: people at this machine, and no web page of anybody else.
//!
//! A browser sends requests for every page that it shows. Another site's are told by `Sec-Fetch-Site` and `Origin`; those of a site whose name was
//! made to lead here (DNS rebinding), by a `Host` that is a name.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::uri::Authority;
use http::{HeaderMap, HeaderName, Method, StatusCode, request::Parts};

use super::{PAGE, Problem};
use crate::http::access::forbidden;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Refuses what another site may have caused.
pub(super) fn check(parts: &Parts) -> Result<(), Problem> {
    let headers = &parts.headers;
    let host = only(headers, &HOST)?.unwrap_or_default();
    let target_is_here = parts.uri.authority().is_none_or(|it| is_here(it.as_str()));
    if !is_here(host) || !target_is_here {
        return Err(forbidden(
            "This is answered at localhost and at IP addresses alone, not at other names",
        ));
    }
    if let Some(origin) = only(headers, &ORIGIN)? {
        let own = origin.strip_prefix("http://");
        if !own.is_some_and(|own| own.eq_ignore_ascii_case(host)) {
            return Err(forbidden("This is not answered to pages of other origins"));
        }
    }
    let is_own = matches!(only(headers, &SEC_FETCH_SITE)?, None | Some("same-origin" | "none"));
    if !is_own && !is_link_to_the_page(parts)? {
        return Err(forbidden("This is not answered to pages of other sites"));
    }
    // No form of another page can say this, and no script without asking first.
    let changes_nothing = [Method::GET, Method::HEAD, Method::OPTIONS].contains(&parts.method);
    if !changes_nothing && !is_json(only(headers, &CONTENT_TYPE)?.unwrap_or_default()) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UnsupportedMediaType",
            "request.headers.Content-Type: must be application/json",
        ));
    }
    Ok(())
}

/// Whether a person follows a link to the page from elsewhere; the page shows and changes nothing by being opened.
fn is_link_to_the_page(parts: &Parts) -> Result<bool, Problem> {
    Ok(parts.method == Method::GET
        && parts.uri.path() == PAGE
        && only(&parts.headers, &SEC_FETCH_MODE)? == Some("navigate")
        && only(&parts.headers, &SEC_FETCH_DEST)? == Some("document"))
}

/// The one value of a header; of two, whoever decides might read the other.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Problem> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(|value| value.to_str());
    match (value, values.next()) {
        (None, _) => Ok(None),
        (Some(Ok(value)), None) => Ok(Some(value)),
        _ => Err(forbidden(format!("The header {name} is there twice or is no text"))),
    }
}

/// Whether a host is `localhost` or an IP address, which no name server can lead elsewhere.
fn is_here(host: &str) -> bool {
    let Some(authority) = host.parse::<Authority>().ok().filter(|_| !host.contains('@')) else {
        return false;
    };
    let name = authority.host();
    let v6 = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<Ipv4Addr>().is_ok()
        || v6.is_some_and(|name| name.parse::<Ipv6Addr>().is_ok())
}

fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_here_when_it_is_localhost_or_an_ip_address() {
        for host in [
            "localhost",
            "LocalHost:8888",
            "127.0.0.1:1",
            "192.168.0.2",
            "[::1]",
            "[::1]:8888",
        ] {
            assert!(is_here(host), "{host}");
        }
        for host in [
            "",
            "local",
            "localhost.",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil@localhost",
            "127.1",
            "0x7f.0.0.1",
            "[::1",
            "localhost:80:80",
            "a b",
        ] {
            assert!(!is_here(host), "{host}");
        }
    }

    #[test]
    fn json_is_told_by_its_media_type_alone() {
        for media in ["application/json", "Application/JSON; charset=utf-8"] {
            assert!(is_json(media), "{media}");
        }
        for media in [
            "",
            "text/plain",
            "text/plain; application/json",
            "application/jsonx",
            "application/x-www-form-urlencoded",
        ] {
            assert!(!is_json(media), "{media}");
        }
    }
}
