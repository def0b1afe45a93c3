//! Scheme, host and port of a base URL: what an issuer is compared with.

use crate::BaseUrl;

/// The origin of `url` (RFC 6454 section 4): scheme, host in lower case, and the port when it is not the scheme's own. No path.
pub(crate) fn origin(url: &BaseUrl) -> &str {
    let text = url.as_str();
    let host_start = text.find("://").map_or(0, |at| at + "://".len());
    let path_start = text
        .get(host_start..)
        .and_then(|rest| rest.find('/'))
        .map(|at| host_start + at);
    path_start.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The host of `url`, in lower case; an IPv6 address in its brackets.
pub(crate) fn host(url: &BaseUrl) -> &str {
    let origin = origin(url);
    let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
    match authority.rsplit_once(':') {
        // A colon within the brackets of an IPv6 address is not that of a port.
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_and_port_are_told_from_the_host() {
        for (written, expected_origin, expected_host) in [
            ("login.example.com", "https://login.example.com", "login.example.com"),
            (
                "HTTPS://LOGIN.Example.com:443/a/b",
                "https://login.example.com",
                "login.example.com",
            ),
            (
                "https://login.example.com:8443/a",
                "https://login.example.com:8443",
                "login.example.com",
            ),
            ("localhost:8888", "http://localhost:8888", "localhost"),
            ("http://[::1]:8888/a", "http://[::1]:8888", "[::1]"),
            ("http://[::1]", "http://[::1]", "[::1]"),
        ] {
            let url = BaseUrl::parse(written).unwrap();
            assert_eq!(
                (origin(&url), host(&url)),
                (expected_origin, expected_host),
                "{written}"
            );
        }
    }
}
