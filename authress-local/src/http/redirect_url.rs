//! Addresses that users are sent back to after a login: which texts are such.

use http::Uri;

use super::answer::Problem;

/// Schemes whose addresses are no places but programs or contents.
const NO_PLACES: [&str; 4] = ["blob", "data", "javascript", "vbscript"];

/// Refuses texts at `place` of the request that are no addresses.
pub(super) fn check_each(place: &str, urls: &[String]) -> Result<(), Problem> {
    match urls.iter().position(|url| !is_redirect_url(url)) {
        None => Ok(()),
        Some(number) => Err(Problem::invalid(format!(
            "request.{place}[{number}]: must be an absolute URL with a host and without user information"
        ))),
    }
}

/// Web addresses, and those of programs on the user's device, as `com.example.app://login`.
fn is_redirect_url(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else {
        return false;
    };
    let is_place = uri
        .scheme_str()
        .is_some_and(|scheme| !NO_PLACES.contains(&scheme.to_ascii_lowercase().as_str()));
    let has_host = uri.host().is_some_and(|host| !host.is_empty());
    let names_a_user = uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'));
    is_place && has_host && !names_a_user
}

#[cfg(test)]
mod tests {
    use super::is_redirect_url;

    #[test]
    fn redirect_urls_are_absolute_have_a_host_and_name_no_user() {
        for url in [
            "https://example.com",
            "https://example.com:8443/back?x=1#y",
            "http://localhost:3000/",
            "http://[::1]:3000",
            "com.example.app://login",
        ] {
            assert!(is_redirect_url(url), "{url}");
        }
        for text in [
            "",
            "example.com",
            "/back",
            "https://",
            "https:///back",
            "https:example.com",
            "https://example.com@evil.example",
            "https://user:secret@example.com/",
            "javascript:alert(1)",
            "javascript://x/%0aalert(1)",
            "data:text/html,x",
            "https://exa mple.com",
            "https://example.com/a b",
            "https://example.com/\n",
        ] {
            assert!(!is_redirect_url(text), "{text}");
        }
    }
}
