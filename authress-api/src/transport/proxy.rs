//! The proxy for https: from the environment, or as a setting.

use reqwest::{NoProxy, Proxy};

use crate::Error;

/// The variables that name the proxy for https, the first that is set counting.
const VARIABLES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// The proxy for https that the environment names, if any.
pub(super) fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Proxy>, Error> {
    let found = VARIABLES.into_iter().find_map(|name| {
        let url = variable(name).filter(|url| !url.trim().is_empty())?;
        Some((name, url))
    });
    let Some((name, url)) = found else { return Ok(None) };
    Ok(Some(https(name, &url)?.no_proxy(NoProxy::from_env())))
}

/// The proxy at `url`, for https alone.
///
/// # Errors
/// An [`Error`] for the setting `name` when it is no URL of a proxy. It does not repeat the URL, which may hold a password.
pub(super) fn https(name: &str, url: &str) -> Result<Proxy, Error> {
    Proxy::https(url.trim()).map_err(|_| Error::invalid_argument(name, "it is no URL of a proxy"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(variables: &[(&str, &str)]) -> Result<Option<Proxy>, Error> {
        of_environment(|name| {
            let set = variables.iter().find(|(set, _)| *set == name)?;
            Some(set.1.to_owned())
        })
    }

    #[test]
    fn the_environments_proxy_counts_for_https_and_never_for_http() {
        for variables in [
            &[][..],
            &[("HTTP_PROXY", "http://p")],
            &[("http_proxy", "http://p")],
            &[("HTTPS_PROXY", " ")],
        ] {
            assert!(proxy(variables).unwrap().is_none(), "{variables:?}");
        }
        for name in VARIABLES {
            let shown = format!(
                "{:?}",
                proxy(&[(name, "http://proxy.example.com:3128")]).unwrap().unwrap()
            );
            assert!(shown.contains("proxy.example.com"), "{shown}");
            assert!(shown.contains("Https"), "{shown}");
        }
    }

    #[test]
    fn a_proxy_that_is_no_url_is_refused_by_name_without_being_shown() {
        let error = proxy(&[("HTTPS_PROXY", "http://user:hush@[")]).unwrap_err();
        assert_eq!(error.argument(), Some("HTTPS_PROXY"));
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}
